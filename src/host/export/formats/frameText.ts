/**
 * What frames are called in files that other programs read. Names come from the program: `go tool pprof` prints them to a
 * terminal as they are, escape sequences and all, so whatever is invisible is written out.
 */
import path from 'node:path';
import { TITLE_LIMIT, visibleText } from '../../../model/displayName';
import type { Frame } from '../../../protocol/frames';

/** Longer than any sensible path. */
const FILE_LIMIT = 2_000;

/** V8 has no name for many functions: their place tells them apart where a reader adds up by name. */
export function nameOf({ functionName, file, line, column }: Frame): string {
  if (functionName !== '') return visibleText(functionName, TITLE_LIMIT);
  return file === '' ? '(anonymous)' : `(anonymous ${visibleText(baseName(file), TITLE_LIMIT)}:${line}:${column})`;
}

/** '' for what has no source. */
export function fileOf({ file }: Frame): string {
  return visibleText(file, FILE_LIMIT);
}

/** The last part of a path of either kind of system: a profile may come from another one than this. */
export function baseName(file: string): string {
  return path.posix.basename(file.replaceAll('\\', '/'));
}
