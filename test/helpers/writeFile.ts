/** Files that a test writes below a folder that may not be there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Gives the file. */
export function write(file: string, content: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}
