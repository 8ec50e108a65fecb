/** The JSON of a source map, checked. It may be made to harm: it stands where the program says. */
import { decodedMappings, FlattenMap, GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { sourceMapUrl } from './sourceMapText';

/** A source as the map names it. */
export interface NamedSource {
  readonly name: string;
  /** What relative names count from; '' when the map has none. */
  readonly root: string;
  /** The source map that the source's own text names: what was bundled had been compiled before. */
  readonly mapUrl: string | undefined;
}

/** A place in a source: its index in the map's sources, line and column counted from 1. */
export interface PlaceInSource {
  readonly source: number;
  readonly line: number;
  readonly column: number;
}

interface Section {
  readonly offset: { readonly line: number; readonly column: number };
  readonly map: PlainMap;
}

interface PlainMap {
  readonly version: 3;
  readonly names: string[];
  /** Indices in the list of all sources: the library would resolve names, and two that become one are told apart no more. */
  readonly sources: string[];
  readonly mappings: string;
}

/** A decoded segment takes some 100 bytes: with these the host needs half a gigabyte for a second. A bundle of 50 MB has 3 million. */
const MAX_SEGMENTS = 6_000_000;
const MAX_SOURCES = 500_000;
const MAX_SECTIONS = 100_000;
/** Lines of a script. A section may begin at any, and each line before it is an array. */
const MAX_LINES = 5_000_000;
const MAX_NESTED_SECTIONS = 4;

/** Maps places of a script to places in its sources. */
export class ParsedSourceMap {
  /** null where the map has no name for a source. */
  readonly sources: readonly (NamedSource | null)[];
  /** Characters of the map that are kept, decoded or not. */
  readonly size: number;
  readonly #map: TraceMap;

  private constructor(map: TraceMap, sources: readonly (NamedSource | null)[], size: number) {
    this.#map = map;
    this.sources = sources;
    this.size = size;
  }

  /** undefined when the text is no source map, of version 3 or with sections, or one too large to be decoded. */
  static parse(text: string): ParsedSourceMap | undefined {
    try {
      const reader = new Reader();
      const sections = reader.sections(JSON.parse(withoutGuard(text)), { line: 0, column: 0 }, 0);
      const [only] = sections;
      const isPlain = sections.length === 1 && only?.offset.line === 0 && only.offset.column === 0;
      const map = isPlain ? new TraceMap(only.map) : FlattenMap({ version: 3, sections });
      // Decodes, so that what is wrong with it is seen here.
      decodedMappings(map);
      return new ParsedSourceMap(map, reader.sources, reader.size);
    } catch {
      // Cut off while it was written, no JSON, or no source map: the frames stay where they run.
      return undefined;
    }
  }

  /**
   * Where a place, line and column counted from 1, comes from: the mapping that begins at or before it on its line, or else,
   * as for js-debug, the next. null when the line has none.
   */
  find(line: number, column: number): PlaceInSource | null {
    const needle = { line, column: Math.max(0, column - 1) };
    if (!Number.isInteger(needle.line) || !Number.isInteger(needle.column) || line < 1) return null;
    let found = originalPositionFor(this.#map, { ...needle, bias: GREATEST_LOWER_BOUND });
    if (found.line === null) found = originalPositionFor(this.#map, { ...needle, bias: LEAST_UPPER_BOUND });
    if (found.line === null) return null;
    const place = { source: Number(found.source), line: found.line, column: found.column + 1 };
    const isSane = this.sources[place.source] && place.line >= 1 && place.column >= 1;
    return isSane ? place : null;
  }
}

class Reader {
  readonly sources: (NamedSource | null)[] = [];
  size = 0;
  #segments = 0;
  #sections = 0;

  sections(map: unknown, offset: Section['offset'], depth: number): Section[] {
    if (!isObject(map) || depth > MAX_NESTED_SECTIONS) throw new Error('not a source map');
    if (map.sections === undefined) return [{ offset, map: this.#plainMap(map) }];
    return list(map.sections).flatMap((section) => {
      // A section may also name another file with `url`, which no tool writes.
      if (!isObject(section) || !isObject(section.offset)) throw new Error('not a section');
      const { line, column } = section.offset;
      if (!isCount(line) || !isCount(column)) throw new Error('not an offset');
      const begin = { line: offset.line + line, column: line === 0 ? offset.column + column : column };
      if (begin.line > MAX_LINES) throw new Error('too many lines');
      return this.sections(section.map, begin, depth + 1);
    });
  }

  #plainMap(map: Record<string, unknown>): PlainMap {
    const { mappings, sourceRoot } = map;
    if (typeof mappings !== 'string') throw new Error('no mappings');
    // The library takes any other character for a zero.
    if (/[^A-Za-z0-9+/,;]/.test(mappings)) throw new Error('no mappings');
    this.#segments += separators(mappings);
    this.#sections++;
    const names = list(map.sources);
    if (this.#segments > MAX_SEGMENTS || this.#sections > MAX_SECTIONS || this.sources.length + names.length > MAX_SOURCES) throw new Error('too large');
    this.size += mappings.length;
    const contents = Array.isArray(map.sourcesContent) ? (map.sourcesContent as unknown[]) : [];
    const root = typeof sourceRoot === 'string' ? sourceRoot : '';
    const first = this.sources.length;
    names.forEach((name, index) => {
      const source = typeof name === 'string' ? { name, root, mapUrl: mapUrlIn(contents[index]) } : null;
      this.size += (source?.name.length ?? 0) + (source?.mapUrl?.length ?? 0);
      this.sources.push(source);
    });
    return { version: 3, names: [], sources: names.map((_, index) => String(first + index)), mappings };
  }
}

function mapUrlIn(content: unknown): string | undefined {
  // Few have one, and the search wants bytes.
  return typeof content === 'string' && content.includes('sourceMappingURL=') ? sourceMapUrl(Buffer.from(content)) : undefined;
}

function separators(mappings: string): number {
  let count = 0;
  for (let index = 0; index < mappings.length; index++) {
    const code = mappings.charCodeAt(index);
    if (code === 0x2c || code === 0x3b) count++;
  }
  return count;
}

/** Without a byte order mark, and without the `)]}'` that keeps a browser from running the JSON as a script. */
function withoutGuard(text: string): string {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return json.startsWith(')]}') ? json.slice(json.indexOf('\n') + 1) : json;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('not a list');
  return value;
}
