import { dataUrlText, sourceMapUrl } from './sourceMapText';
import { fileUrlPath, sourceFile, sourceMapFiles } from './sourceMapPaths';
import { fileVersion, isLocalPath, readEnd, readWhole } from './localFile';
import { ParsedSourceMap, type PlaceInSource } from './parsedSourceMap';
import { withTimeout } from './withTimeout';
import type { Milliseconds } from '../../protocol/units';
import { frameOrigin } from '../../model/frameOrigin';

/** A place in a source, line and column counted from 1. */
export interface OriginalPlace {
  /** Absolute path. It need not be there: sources are often not shipped. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface FileSourceMapsOptions {
  /** The folders open in the editor, which bundlers' names count from. */
  readonly workspaceFolders?: () => readonly string[];
  readonly now?: () => Milliseconds;
}

interface LoadedMap {
  readonly parsed: ParsedSourceMap;
  /** Where each source is, once somebody asked. */
  readonly files: Map<number, Promise<string | undefined>>;
  /** The maps of sources that had been compiled themselves. */
  readonly inner: Map<number, Promise<LoadedMap | undefined>>;
}

/** What was found for a script, and of which versions of which files. */
interface Kept {
  readonly map: Promise<LoadedMap | undefined>;
  readonly readFrom: Map<string, string>;
  size: number;
  checkedAt: Milliseconds;
  checking: Promise<boolean> | undefined;
}

/** Bundlers write the comment last. An inline map is longer, and the whole script is read then. */
const END_BYTES = 64 * 1024;
const MAX_SCRIPT_BYTES = 64 * 1024 * 1024;
const MAX_MAP_BYTES = 128 * 1024 * 1024;
/** A file on a drive that has gone must not keep all others waiting. */
const MAX_READING: Milliseconds = 15_000;
/** Scripts remembered, most of them as having no map. */
const MAX_SCRIPTS = 5_000;
/** Characters of maps kept; decoded they take ten times as much. The map used last is kept whatever its size. */
const MAX_KEPT_SIZE = 32 * 1024 * 1024;
/** A script that was built anew is noticed after this long. */
const CHECK_AFTER: Milliseconds = 1_000;
/** TypeScript compiled, bundled, and bundled again. Deeper is a map that leads to itself. */
const MAX_STEPS = 4;

/**
 * Maps places of scripts by the source maps on disk, for when no debugger can be asked: the session has ended, or a saved
 * profile is read. Inline maps, maps beside the script or elsewhere, and maps with sections; found and resolved as js-debug
 * does it, see `sourceMapPaths`. Beyond it, a map is found that no comment names, or a block comment.
 *
 * Loaders that compile in memory (tsx, ts-node, Vite's server-side modules) leave no map on disk. There the script that V8
 * names is the source file itself, with lines of the compiled text: its place is not known here, and null is right, so that
 * the frame is shown where it runs. What the debugger told while it lived is known to `SourceMapper`.
 *
 * Only regular files of this machine are read, of bounded size. Nothing is fetched, and nothing a map contains can make a
 * call fail.
 */
export class FileSourceMaps {
  readonly #workspaceFolders: () => readonly string[];
  readonly #now: () => Milliseconds;
  /** By path of the script, the one used last at the end. */
  readonly #kept = new Map<string, Kept>();
  #keptSize = 0;

  constructor({ workspaceFolders = () => [], now = Date.now }: FileSourceMapsOptions = {}) {
    this.#workspaceFolders = workspaceFolders;
    this.#now = now;
  }

  /**
   * Where a place of a script comes from, or null when that is not known: the script has no map that can be read, or the map
   * has nothing for this line. Never rejects.
   *
   * @param script Absolute path or `file:` URL.
   * @param line Counted from 1.
   * @param column Counted from 1; 0 is the first too.
   */
  async original(script: string, line: number, column: number): Promise<OriginalPlace | null> {
    const file = /^file:/i.test(script) ? fileUrlPath(script) : script;
    if (file === undefined || !isLocalPath(file)) return null;
    try {
      return await this.#follow(file, await this.#mapOf(file), line, column);
    } catch {
      // A drive that does not answer. Without a map the frame stays where it runs.
      return null;
    }
  }

  /** Follows the maps from the script to what was written. */
  async #follow(script: string, first: LoadedMap | undefined, line: number, column: number): Promise<OriginalPlace | null> {
    const running: OriginalPlace = { file: script, line, column };
    let reached = running;
    let map = first;
    for (let step = 0; map !== undefined && step < MAX_STEPS; step++) {
      const place = map.parsed.find(reached.line, reached.column);
      if (place === null) break;
      const file = await this.#fileOf(map, place, reached.file);
      if (file === undefined) break;
      reached = { file, line: place.line, column: place.column };
      map = await this.#innerMap(map, place, file);
    }
    return reached === running ? null : reached;
  }

  #fileOf(map: LoadedMap, { source }: PlaceInSource, script: string): Promise<string | undefined> {
    const known = map.files.get(source);
    if (known) return known;
    const named = map.parsed.sources[source];
    const file = named ? sourceFile(named.name, named.root, { script, workspaceFolders: this.#workspaceFolders() }) : Promise.resolve(undefined);
    map.files.set(source, file);
    return file;
  }

  #innerMap(map: LoadedMap, { source }: PlaceInSource, file: string): Promise<LoadedMap | undefined> {
    const known = map.inner.get(source);
    if (known) return known;
    const url = map.parsed.sources[source]?.mapUrl;
    const inner = url === undefined ? Promise.resolve(undefined) : this.#load(file, url, new Map());
    map.inner.set(source, inner);
    return inner;
  }

  async #mapOf(script: string): Promise<LoadedMap | undefined> {
    const kept = this.#kept.get(script);
    if (kept) {
      if (await this.#isCurrent(kept)) {
        if (this.#kept.delete(script)) this.#kept.set(script, kept);
        return kept.map;
      }
      // Another question may have found out the same while this one waited.
      if (this.#kept.get(script) === kept) this.#forget(script);
    }
    return (this.#kept.get(script) ?? this.#keep(script)).map;
  }

  #keep(script: string): Kept {
    const readFrom = new Map<string, string>();
    const map = withTimeout(this.#read(script, readFrom), MAX_READING, () => new Error(`${script} was not read in time.`));
    const kept: Kept = { map, readFrom, size: 0, checkedAt: this.#now(), checking: undefined };
    this.#kept.set(script, kept);
    map.then(
      (loaded) => {
        if (this.#kept.get(script) !== kept) return;
        kept.size = loaded?.parsed.size ?? 0;
        this.#keptSize += kept.size;
        this.#forgetOldest();
      },
      // Asked again next time.
      () => this.#kept.get(script) === kept && this.#forget(script),
    );
    return kept;
  }

  #forgetOldest(): void {
    for (const script of this.#kept.keys()) {
      if (this.#kept.size <= MAX_SCRIPTS && (this.#keptSize <= MAX_KEPT_SIZE || this.#kept.size === 1)) return;
      this.#forget(script);
    }
  }

  #forget(script: string): void {
    this.#keptSize -= this.#kept.get(script)?.size ?? 0;
    this.#kept.delete(script);
  }

  /** Whether the files are still those that were read; looked at once a second at most. */
  async #isCurrent(kept: Kept): Promise<boolean> {
    if (kept.checking) return kept.checking;
    if (this.#now() - kept.checkedAt < CHECK_AFTER) return true;
    kept.checking = this.#isUnchanged(kept);
    try {
      return await withTimeout(kept.checking, MAX_READING, () => new Error('A file was not found in time.'));
    } finally {
      kept.checkedAt = this.#now();
      kept.checking = undefined;
    }
  }

  async #isUnchanged({ map, readFrom }: Kept): Promise<boolean> {
    await map;
    for (const [file, version] of readFrom) if ((await versionText(file)) !== version) return false;
    return true;
  }

  async #read(script: string, readFrom: Map<string, string>): Promise<LoadedMap | undefined> {
    const version = await versionText(script);
    readFrom.set(script, version);
    return version === '' ? undefined : this.#load(script, await urlIn(script), readFrom);
  }

  /** The map that a script names by `url`, or the one beside it. */
  async #load(script: string, url: string | undefined, readFrom: Map<string, string>): Promise<LoadedMap | undefined> {
    const isInline = url !== undefined && /^data:/i.test(url);
    if (isInline && isLibrary(script)) return undefined;
    const text = isInline ? dataUrlText(url) : await externalMap(script, url, readFrom);
    if (text === undefined) return undefined;
    const parsed = ParsedSourceMap.parse(text);
    return parsed && { parsed, files: new Map(), inner: new Map() };
  }
}

async function urlIn(script: string): Promise<string | undefined> {
  const end = await readEnd(script, END_BYTES);
  if (end === undefined) return undefined;
  const url = sourceMapUrl(end);
  if (url !== undefined || end.length < END_BYTES) return url;
  const whole = await readWhole(script, MAX_SCRIPT_BYTES);
  return whole && sourceMapUrl(whole);
}

async function externalMap(script: string, url: string | undefined, readFrom: Map<string, string>): Promise<string | undefined> {
  const candidates = new Set([...(url === undefined ? [] : sourceMapFiles(url, script)), `${script}.map`]);
  for (const file of candidates) {
    if (isLibrary(file)) continue;
    const version = await versionText(file);
    readFrom.set(file, version);
    if (version === '') continue;
    return (await readWhole(file, MAX_MAP_BYTES))?.toString('utf8');
  }
  return undefined;
}

/** js-debug's default for `resolveSourceMapLocations` leaves out the maps of libraries: their sources are seldom there. */
function isLibrary(file: string): boolean {
  return frameOrigin(file) === 'library';
}

/** '' for no file that can be read. */
async function versionText(file: string): Promise<string> {
  const version = await fileVersion(file);
  return version === undefined ? '' : `${version.mtimeMs}:${version.sizeBytes}`;
}
