import * as v from 'valibot';
import type * as vscode from 'vscode';
import { errorText } from './errorText';
import type { Logger } from './logger';

const KEY = 'bifrost.locatedSources';

/** Folders that are remembered: past this many the oldest is forgotten. */
const MAX_FOLDERS = 50;

const folderSchema = v.object({ from: v.pipe(v.string(), v.maxLength(10_000)), to: v.pipe(v.string(), v.maxLength(10_000)) });

/** A folder of the program's, and where its files are on this machine. */
type LocatedFolder = v.InferOutput<typeof folderSchema>;

/**
 * Where the files are that the program names by paths of another machine, as the user has shown: one file that was found tells
 * of its whole folder. Remembered for the workspace.
 */
export class LocatedSources {
  readonly #memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #log: Logger;
  #folders: readonly LocatedFolder[];

  /** @param memory The workspace's. */
  constructor(memory: Pick<vscode.Memento, 'get' | 'update'>, log: Logger) {
    this.#memory = memory;
    this.#log = log;
    const remembered = memory.get<unknown>(KEY);
    this.#folders = (Array.isArray(remembered) ? remembered : []).filter((folder) => v.is(folderSchema, folder)).slice(-MAX_FOLDERS);
  }

  /** The path on this machine, when the user has shown where such files are; else the same path. */
  find(file: string): string {
    // The longest is the one that was shown for these files.
    const [folder] = this.#folders.filter(({ from }) => file.startsWith(from)).sort((a, b) => b.from.length - a.from.length);
    if (!folder) return file;
    const rest = file.slice(folder.from.length);
    // A backslash in a path of Windows is a separator, and a part of the name elsewhere.
    return folder.to + (/^[a-z]:/i.test(file) && folder.to.startsWith('/') ? rest.replaceAll('\\', '/') : rest);
  }

  /** Remembers where a file was found. @param file As the program names it. @param found An absolute path on this machine. */
  remember(file: string, found: string): void {
    const folder = { from: file, to: found, ...differentFolders(file, found) };
    this.#folders = [...this.#folders.filter(({ from }) => from !== folder.from), folder].slice(-MAX_FOLDERS);
    this.#memory.update(KEY, this.#folders).then(undefined, (error: unknown) => {
      this.#log.warn(`Where sources are could not be remembered: ${errorText(error)}`);
    });
  }
}

/** What is left of two paths without the end that they share, up to a separator; undefined when not even the names agree. */
function differentFolders(file: string, found: string): LocatedFolder | undefined {
  const [one, other] = [file.split(/(?<=[\\/])/), found.split(/(?<=[\\/])/)];
  let shared = 0;
  while (shared < Math.min(one.length, other.length) - 1 && sameName(one.at(-1 - shared), other.at(-1 - shared))) shared++;
  if (shared === 0) return undefined;
  return { from: one.slice(0, -shared).join(''), to: other.slice(0, -shared).join('') };
}

/** The separators of two machines may differ. */
function sameName(one: string | undefined, other: string | undefined): boolean {
  return one?.replace(/[\\/]$/, '') === other?.replace(/[\\/]$/, '');
}
