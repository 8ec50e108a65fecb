import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { EpochMilliseconds } from '../../protocol/units';
import { removeOldest, type FolderLimits } from './folderLimits';
import { readBifrostFile, writeBifrostFile, type ReadFile } from './formats/bifrostFile';

/** A run whose allocations are kept. */
export interface EarlierRun {
  readonly file: string;
  /** When its allocations were read. */
  readonly readAt: EpochMilliseconds;
}

/** `<which program>.<when its allocations were read>.bifrost.json`: so that a run is found without reading any. */
const NAME = /^[\w-]+\.(\d+)\.bifrost\.json$/;

/**
 * The last run of each program that the workspace launches, so that a run can be compared with the one before also after the
 * editor was restarted. Of each program one file is kept: a newer run takes the place of the one before.
 */
export class EarlierRuns {
  readonly #folder: string;
  readonly #limits: FolderLimits;
  /** One after the other: two programs that end at once must not both make room. */
  #keeping: Promise<unknown> = Promise.resolve();

  /** @param folder The workspace's, made when the first run comes. All profiles in it are taken for its own. */
  constructor(folder: string, limits: FolderLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Keeps a run in place of the one before; nothing when it has no allocations. @throws the file system's Error. */
  keep(run: string, saved: SavedProfile): Promise<void> {
    const kept = this.#keeping.then(() => this.#keep(run, saved));
    // Who asked is told; the next one is kept all the same.
    this.#keeping = kept.catch(() => undefined);
    return kept;
  }

  /** The run that is kept of a program; null for none. @throws the file system's Error. */
  async find(run: string): Promise<EarlierRun | null> {
    await this.#keeping;
    const [newest] = (await this.#runsOf(run)).sort((a, b) => b.readAt - a.readAt);
    return newest ?? null;
  }

  /** @throws the file system's Error. */
  async read({ file }: EarlierRun): Promise<ReadFile> {
    return readBifrostFile(await readFile(file, 'utf8'));
  }

  /** Until what is being kept is on disk. */
  async settle(): Promise<void> {
    await this.#keeping;
  }

  async #keep(run: string, saved: SavedProfile): Promise<void> {
    if (saved.allocationsReadAt === null) return;
    await mkdir(this.#folder, { recursive: true });
    const before = await this.#runsOf(run);
    const file = path.join(this.#folder, `${hashOf(run)}.${Date.parse(saved.allocationsReadAt)}.bifrost.json`);
    // Another window must not find half a file.
    const half = `${file}.${process.pid}.part`;
    await writeFile(half, writeBifrostFile(saved));
    await rename(half, file);
    for (const { file: other } of before) if (other !== file) await rm(other, { force: true });
    await removeOldest(this.#folder, file, this.#limits);
  }

  async #runsOf(run: string): Promise<EarlierRun[]> {
    const hash = hashOf(run);
    return (await namesIn(this.#folder))
      .filter((name) => name.startsWith(`${hash}.`))
      .flatMap((name) => {
        const [, readAt] = NAME.exec(name) ?? [];
        return readAt === undefined ? [] : [{ file: path.join(this.#folder, name), readAt: Number(readAt) }];
      });
  }
}

/** What a program is called is anything: a file is not named by it. */
function hashOf(run: string): string {
  return createHash('sha256').update(run).digest('base64url').slice(0, 22);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Nothing has been kept yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
