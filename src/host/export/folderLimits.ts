import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bytes } from '../../protocol/units';

export interface FolderLimits {
  /** Files, and bytes of all of them, that are kept; the newest always is. */
  readonly files: number;
  readonly bytes: Bytes;
}

/** What is kept in such a folder; other files are nobody's to remove. */
const EXTENSION = '.bifrost.json';

/** Removes the oldest profiles of a folder until it is within its limits. @param newest Stays. @throws the file system's Error. */
export async function removeOldest(folder: string, newest: string, limits: FolderLimits): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(EXTENSION));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const { mtimeMs, size } = await stat(file);
      return { file, size, time: file === newest ? Infinity : mtimeMs };
    }),
  );
  let bytes = 0;
  for (const [index, { file, size }] of files.sort((a, b) => b.time - a.time).entries()) {
    bytes += size;
    if (index > 0 && (index >= limits.files || bytes > limits.bytes)) await rm(file, { force: true });
  }
}
