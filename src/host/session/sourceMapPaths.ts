/**
 * Where the files are that scripts and source maps name. The rules are js-debug's own (1.117: `sourceMapSourceToAbsolute`,
 * and the default `sourceMapPathOverrides`), so that the file named is the one in the editor's call stack. Where js-debug on
 * another system would make up a file from a Windows path, the path is given as it is.
 *
 * | name in the map                     | file                                                                       |
 * |-------------------------------------|----------------------------------------------------------------------------|
 * | `webpack://name/./src/a.ts`         | `src/a.ts` in the workspace folder; also without a name, or a scoped one    |
 * | `webpack:///./~/pg/a.js`            | `node_modules/pg/a.js` in the workspace folder                              |
 * | `webpack:////app/a.ts`              | `/app/a.ts`                                                                 |
 * | `file:///app/a.ts`, `/app/a.ts`     | that                                                                        |
 * | `C:\app\a.ts`, `file:///C:/app/a.ts` | `c:\app\a.ts`                                                              |
 * | `../src/a.ts`                       | from `sourceRoot`, which counts from the running script, not from the map   |
 */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fileVersion, isFolder } from './localFile';

/** Folders that names in a source map may count from. */
export interface SourceFolders {
  /** Absolute path of the running script. */
  readonly script: string;
  /** The folders open in the editor; the one that holds the script is used, or the first. */
  readonly workspaceFolders: readonly string[];
}

const WINDOWS_PATH = /^[a-z]:[\\/]/i;
/** Two letters at least: one is a drive. */
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** What bundlers put before a path that counts from the project's folder; the first that fits. `$1` is the path. */
const BUNDLER_NAMES: readonly (readonly [RegExp, (rest: string) => string])[] = [
  [/^webpack:\/\/\/([a-z]:\/.+)$/i, (file) => file],
  [/^turbopack:\/\/\/?\[project\]\/(.*)$/i, below],
  [/^webpack:\/\/@[^/]*\/[^/]*\/(.*)$/i, below],
  [/^webpack:\/\/\/\.\/~\/(.*)$/i, (rest) => below(`node_modules/${rest}`)],
  [/^meteor:\/\/💻app\/(.*)$/iu, below],
  [/^webpack:\/\/\/\/(.*)$/i, (rest) => `/${rest}`],
  // Modules of webpack's `eval` devtools, which a map of js-debug's defaults does not know.
  [/^webpack-internal:\/\/\/(?:\([^)]*\)\/)?(.*)$/i, below],
  [/^webpack:\/\/[^/]*\/(.*)$/i, below],
];

/** Marks a path that counts from the project's folder. No path has a NUL. */
const PROJECT = '\0';

function below(rest: string): string {
  return PROJECT + rest;
}

/**
 * The file that a source map means by the name of a source, normalized, or undefined when that is no file (`https:`, a
 * bundler's virtual module). It need not be there: sources are often not shipped.
 */
export async function sourceFile(name: string, sourceRoot: string, folders: SourceFolders): Promise<string | undefined> {
  const source = withoutQuery(name);
  const full = sourceRoot === '' ? source : `${sourceRoot.replace(/\/?$/, '/')}${source}`;
  const bundled = bundlerPath(source) ?? bundlerPath(full);
  if (bundled !== undefined) return bundled.startsWith(PROJECT) ? projectFile(bundled.slice(PROJECT.length), folders) : normalized(bundled);
  if (/^file:/i.test(source)) return fileUrlPath(source);
  if (path.isAbsolute(source) || WINDOWS_PATH.test(source)) return normalized(source);
  if (OTHER_SCHEME.test(source)) return undefined;
  const root = await rootFolder(sourceRoot, folders);
  return root === undefined ? undefined : joined(root, source);
}

/**
 * The files that the URL of a source map may mean, the likeliest first; none when it is on another machine. A name is a URL,
 * but some tools write it without escaping what is special in one.
 */
export function sourceMapFiles(url: string, script: string): readonly string[] {
  if (WINDOWS_PATH.test(url)) return process.platform === 'win32' ? [path.normalize(url)] : [];
  if (OTHER_SCHEME.test(url) && !/^file:/i.test(url)) return [];
  const files: string[] = [];
  try {
    files.push(fileURLToPath(new URL(url, pathToFileURL(script))));
  } catch {
    // A `%` that escapes nothing, or the host of another machine.
  }
  if (!/^(file:|[\\/]{2})/i.test(url)) files.push(path.resolve(path.dirname(script), url));
  return files;
}

/** The path of a `file:` URL, of either system: a map may have been made on another one. undefined for another machine's. */
export function fileUrlPath(url: string): string | undefined {
  const onDrive = /^file:\/\/\/([a-z](?::|%3a)\/.*)$/i.exec(url);
  try {
    if (onDrive?.[1] !== undefined) return normalized(decodeURIComponent(onDrive[1]));
    return normalized(fileURLToPath(url));
  } catch {
    // A `%` that escapes nothing, an escaped slash, or a host.
    return undefined;
  }
}

function bundlerPath(name: string): string | undefined {
  const forward = name.replaceAll('\\', '/');
  for (const [pattern, file] of BUNDLER_NAMES) {
    const rest = pattern.exec(forward)?.[1];
    if (rest !== undefined) return file(rest);
  }
  return undefined;
}

/** Where a path is that counts from the project's folder: below the workspace folder or, in a monorepo, the script's package. */
async function projectFile(rest: string, folders: SourceFolders): Promise<string> {
  const inWorkspace = workspaceFolder(folders);
  if (inWorkspace !== undefined && (await fileVersion(joined(inWorkspace, rest)))) return joined(inWorkspace, rest);
  const inPackage = await packageFolder(folders.script);
  if (inPackage !== undefined && (inWorkspace === undefined || (await fileVersion(joined(inPackage, rest))))) return joined(inPackage, rest);
  return joined(inWorkspace ?? path.dirname(folders.script), rest);
}

async function rootFolder(sourceRoot: string, folders: SourceFolders): Promise<string | undefined> {
  const beside = path.dirname(folders.script);
  if (sourceRoot === '') return beside;
  if (/^file:/i.test(sourceRoot)) return fileUrlPath(sourceRoot);
  if (WINDOWS_PATH.test(sourceRoot)) return sourceRoot;
  if (OTHER_SCHEME.test(sourceRoot)) return undefined;
  if (!path.isAbsolute(sourceRoot)) return joined(beside, sourceRoot);
  if (sourceRoot !== '/' && (await isFolder(sourceRoot))) return sourceRoot;
  // `/` and `/src` as a web server would see them.
  return (await packageFolder(folders.script)) ?? joined(workspaceFolder(folders) ?? '/', sourceRoot);
}

function workspaceFolder({ script, workspaceFolders }: SourceFolders): string | undefined {
  const holding = workspaceFolders.filter((folder) => script.startsWith(folder.replace(/[\\/]?$/, path.sep)));
  return holding.sort((a, b) => b.length - a.length)[0] ?? workspaceFolders[0];
}

/** The nearest folder above a script that has a `package.json`. */
async function packageFolder(script: string): Promise<string | undefined> {
  for (let folder = path.dirname(script); ; folder = path.dirname(folder)) {
    if (await fileVersion(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** webpack appends `?` and a hash; a path with NUL is a bundler's virtual module. Vue's parts of one file differ in the query only. */
function withoutQuery(name: string): string {
  const source = name.replaceAll('\0', '');
  const query = source.lastIndexOf('?');
  return query < 0 || source.slice(0, query).endsWith('.vue') ? source : source.slice(0, query);
}

function joined(folder: string, rest: string): string {
  if (WINDOWS_PATH.test(folder)) return normalized(path.win32.join(folder, rest));
  // No tool writes a backslash for anything but a separator, and a map made on Windows may be read here.
  return path.join(folder, rest.replaceAll('\\', '/'));
}

/** As js-debug and VS Code write it: the drive small, and its own system's separators. */
function normalized(file: string): string {
  if (!WINDOWS_PATH.test(file)) return path.normalize(file);
  const windows = path.win32.normalize(file);
  return windows.charAt(0).toLowerCase() + windows.slice(1);
}
