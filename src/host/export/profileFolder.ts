import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SavedProfile } from '../../protocol/savedProfile';
import { removeOldest, type FolderLimits } from './folderLimits';
import { writeBifrostFile } from './formats/bifrostFile';
import { fileName } from './formats/fileName';

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
    await removeOldest(this.#folder, file, this.#limits);
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
}
