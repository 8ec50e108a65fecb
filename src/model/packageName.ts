import { frameOrigin } from './frameOrigin';

/** What a package row is called that stands for no package. */
export const YOUR_CODE = 'your code';
export const NODES_CODE = 'Node.js';
export const V8S_CODE = 'V8';

const FOLDER = 'node_modules';

/**
 * The package whose file it is: the name behind the last `node_modules`, which is right for nested installs and pnpm's
 * links alike, with its scope. What Node and V8 brought along counts as one package each, and so does all of the user's.
 *
 * @param file A path with either separator, a `node:` name, or ''.
 */
export function packageOf(file: string): string {
  switch (frameOrigin(file)) {
    case 'native':
      return V8S_CODE;
    case 'node':
      return NODES_CODE;
    case 'library':
      return nameBehind(file) ?? YOUR_CODE;
    case 'user':
      return YOUR_CODE;
  }
}

function nameBehind(file: string): string | undefined {
  for (let at = file.lastIndexOf(FOLDER); at > 0; at = file.lastIndexOf(FOLDER, at - 1)) {
    const start = at + FOLDER.length + 1;
    if (!isSeparator(file[at - 1]) || !isSeparator(file[start - 1])) continue;
    let end = nameEnd(file, start);
    if (file[start] === '@' && end < file.length) end = nameEnd(file, end + 1);
    return file.slice(start, end).replace('\\', '/') || undefined;
  }
  return undefined;
}

function nameEnd(file: string, start: number): number {
  let end = start;
  while (end < file.length && !isSeparator(file[end])) end++;
  return end;
}

function isSeparator(character: string | undefined): boolean {
  return character === '/' || character === '\\';
}
