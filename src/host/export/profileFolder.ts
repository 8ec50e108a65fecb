import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { Bytes } from '../../protocol/units';
import { writeBifrostFile } from './formats/bifrostFile';
import { fileName } from './formats/fileName';

export interface FolderLimits {
  /** Files, and bytes of all of them, that are kept; the newest always is. */
  readonly files: number;
  readonly bytes: Bytes;
}

const EXTENSION = 'bifrost.json';
/** Profiles of one program in one second, before it is given up to find a name. */
const MAX_TRIES = 100;

/** A folder of saved profiles that are named by program and time. Nothing is overwritten; the oldest go when there are too many. */
export class ProfileFolder {
  readonly #folder: string;
  readonly #limits: FolderLimits;

  /** @param folder Made when the first profile comes. All profiles in it are taken for its own. */
  constructor(folder: string, limits: FolderLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Gives the file. @throws the file system's Error. */
  async add(saved: SavedProfile): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const file = await this.#write(fileName(saved.program.name, new Date(saved.savedAt), EXTENSION), writeBifrostFile(saved));
    await this.#prune(file);
    return file;
  }

  async #write(name: string, text: string): Promise<string> {
    for (let number = 1; ; number++) {
      const file = path.join(this.#folder, number === 1 ? name : name.replace(`.${EXTENSION}`, `-${number}.${EXTENSION}`));
      try {
        await writeFile(file, text, { flag: 'wx' });
        return file;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === MAX_TRIES) throw error;
      }
    }
  }

  async #prune(newest: string): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(`.${EXTENSION}`));
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.#folder, name);
        const { mtimeMs, size } = await stat(file);
        return { file, size, time: file === newest ? Infinity : mtimeMs };
      }),
    );
    let bytes = 0;
    for (const [index, { file, size }] of files.sort((a, b) => b.time - a.time).entries()) {
      bytes += size;
      if (index > 0 && (index >= this.#limits.files || bytes > this.#limits.bytes)) await rm(file, { force: true });
    }
  }
}
