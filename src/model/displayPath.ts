import { NAME_LIMIT, TITLE_LIMIT, visibleText } from './displayName';
import type { Frame } from '../protocol/frames';

/** A path in two parts, so that a narrow row can shorten the folder and keep the file. Joined they are the path. */
export interface DisplayPath {
  /** Ends in a separator, or is ''. */
  readonly folder: string;
  readonly name: string;
}

/** Folders of a file outside the workspace that are shown; the tooltip has all. */
const OUTSIDE_FOLDERS = 2;

/**
 * A file as people know it: relative to its workspace folder (named, when there are several), from the package's name on
 * when it lies in `node_modules`, and by its last folders otherwise.
 */
export function displayPath(file: string, workspaceFolders: readonly string[]): DisplayPath {
  const windows = /^(?:[a-z]:[\\/]|\\\\)/i.test(file);
  // A backslash in a POSIX path is a character of the name.
  const path = windows ? file.replaceAll('\\', '/') : file;
  return split(visibleText(shorten(path, workspaceFolders, windows), NAME_LIMIT));
}

/** The place of a frame in full, for a tooltip: file, line, column, and where the running code is when it was mapped. */
export function frameTitle(frame: Frame): string {
  const lines = [visibleText(frame.functionName === '' ? '(anonymous)' : frame.functionName, TITLE_LIMIT / 2)];
  if (frame.file !== '') lines.push(visibleText(place(frame), TITLE_LIMIT));
  if (frame.generated) lines.push(visibleText(`runs as ${place(frame.generated)}`, TITLE_LIMIT));
  return lines.join('\n').slice(0, TITLE_LIMIT);
}

function shorten(path: string, workspaceFolders: readonly string[], windows: boolean): string {
  const library = /^.*\/node_modules\/(.+)$/s.exec(path)?.[1];
  if (library !== undefined) return library;
  let best: { readonly folder: string; readonly rest: string } | undefined;
  for (const raw of workspaceFolders) {
    const folder = (windows ? raw.replaceAll('\\', '/') : raw).replace(/\/+$/, '');
    // The debugger and VS Code do not agree on the case of a drive letter.
    const inside = windows ? path.toLowerCase().startsWith(`${folder.toLowerCase()}/`) : path.startsWith(`${folder}/`);
    if (inside && folder.length >= (best?.folder.length ?? 0)) best = { folder, rest: path.slice(folder.length + 1) };
  }
  if (best) return workspaceFolders.length > 1 ? `${split(best.folder).name}/${best.rest}` : best.rest;
  const parts = path.split('/');
  const shown = parts.slice(-OUTSIDE_FOLDERS - 1);
  return path.startsWith('node:') || parts.length - shown.length < 2 ? path : `…/${shown.join('/')}`;
}

function split(path: string): DisplayPath {
  // `node:fs/promises` is one name, not a folder and a file.
  const end = path.startsWith('node:') ? 0 : path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, end), name: path.slice(end) };
}

function place(at: { readonly file: string; readonly line: number; readonly column: number }): string {
  if (at.line === 0) return at.file;
  return at.column === 0 ? `${at.file}:${at.line}` : `${at.file}:${at.line}:${at.column}`;
}
