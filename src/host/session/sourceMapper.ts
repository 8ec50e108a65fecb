import { fileURLToPath } from 'node:url';
import type { Frame, RawFrame } from '../../protocol/frames';
import type { Milliseconds } from '../../protocol/units';
import { frameOrigin } from '../../model/frameOrigin';
import type { FileSourceMaps } from './fileSourceMaps';
import { MapBacklog } from './mapBacklog';

/** A place in a source, line and column counted from 0: what js-debug's `getPreferredUILocation` takes and gives. */
export interface UiLocation {
  readonly source?: { readonly path?: string; readonly name?: string; readonly sourceReference?: number };
  readonly line: number;
  readonly column: number;
}

/** Asks the debugger where a place in the running code is in the source that the editor shows. js-debug knows what has no path of its own by its URL. */
export type AskDebugger = (location: { originalUrl?: string; source: { path: string }; line: number; column: number }) => Promise<unknown>;

interface Mapped {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Told by the file's own map, because the debugger could not. While the session lives it is asked again later. */
  readonly isStandIn: boolean;
}

interface Question {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface SourceMapperOptions {
  /** Left out when there is no debugger, as for a saved profile. */
  readonly ask?: AskDebugger | undefined;
  /** Tells what the debugger cannot. Left out, such frames stay where they run. */
  readonly maps?: Pick<FileSourceMaps, 'original'> | undefined;
  readonly now?: () => Milliseconds;
}

/** Questions under way at once: js-debug answers each in 5-10 ms and has a session to debug besides. */
const CONCURRENCY = 4;
/** Answers of a file's own map given at once; the host has other work too. */
const FILE_ANSWERS_AT_ONCE = 1_000;
/** Answers kept. A program that names its scripts anew all the time must not fill the host; past this they are asked again. */
const MAX_KEPT = 50_000;
/** A file without a source map is asked about again after this long: its map may only have been slow to load. */
const UNMAPPED_FOR: Milliseconds = 30_000;

/**
 * Gives frames the location that the editor's own call stack would show: js-debug's mapping while the session lives, the
 * file's own source map when js-debug cannot be asked or does not know the script. Answers are cached. A frame not asked
 * about yet is given as it runs; `settle` waits for the answers.
 */
export class SourceMapper {
  readonly #ask: AskDebugger | undefined;
  readonly #maps: Pick<FileSourceMaps, 'original'> | undefined;
  readonly #now: () => Milliseconds;
  readonly #mapped = new Map<string, Mapped>();
  readonly #asked = new Set<string>();
  readonly #unmappedFiles = new Map<string, Milliseconds>();
  /** Files that the debugger shows as they are. They stay so once it is gone: it may have been told to ignore their maps. */
  readonly #ownSources = new Set<string>();
  /** For the debugger. */
  #queue: Question[] = [];
  readonly #backlog = new MapBacklog();
  /** What the debugger is asked right now. */
  readonly #underWay = new Set<Question>();
  /** For the files' own maps, one after the other: that is work of the host itself. */
  readonly #fileQueue: { readonly question: Question; readonly isStandIn: boolean }[] = [];
  #isReadingFiles = false;
  #closed = false;
  #idle: (() => void)[] = [];

  /** @param options The debugger alone, or with what else there is. */
  constructor(options: SourceMapperOptions | AskDebugger = {}) {
    const { ask, maps, now = Date.now }: SourceMapperOptions = typeof options === 'function' ? { ask: options } : options;
    this.#ask = ask;
    this.#maps = maps;
    this.#now = now;
    this.#closed = ask === undefined;
  }

  /** The frame as far as it is known now; asks when it is not. */
  frame(raw: RawFrame): Frame {
    const origin = frameOrigin(raw.url);
    const functionName = raw.functionName || '(anonymous)';
    const file = filePath(raw.url);
    if ((origin !== 'user' && origin !== 'library') || raw.line === 0) return { functionName, file, line: raw.line, column: raw.column, origin };
    const key = `${raw.line}:${raw.column}:${file}`;
    const known = this.#mapped.get(key);
    if (known === undefined || this.#isOutdated(known, file)) this.#enqueue({ key, file, line: raw.line, column: raw.column });
    if (known === undefined) return { functionName, file, line: raw.line, column: raw.column, origin };
    const place = { file: known.file, line: known.line, column: known.column };
    if (isSamePlace(known, { file, line: raw.line, column: raw.column })) return { functionName, ...place, origin };
    return { functionName, ...place, origin: frameOrigin(place.file), generated: { file, line: raw.line, column: raw.column } };
  }

  /** All of them, once it is known where they are, or the time is up. */
  async frames(raws: readonly RawFrame[], timeout: Milliseconds): Promise<Frame[]> {
    for (const raw of raws) this.frame(raw);
    await this.settle(timeout);
    return raws.map((raw) => this.frame(raw));
  }

  /** Until every question is answered, or the time is up. */
  settle(timeout: Milliseconds): Promise<void> {
    if (this.#isIdle) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout);
      this.#idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Asks the debugger no more: the session is gone. What it told stays; all else is told by the files' own maps. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const unanswered = [...this.#underWay, ...this.#queue];
    this.#queue = [];
    this.#backlog.clear();
    for (const question of unanswered) this.#leaveToFile(question);
    this.#tellIdle();
  }

  /** Asks anew about what is looked at again. */
  forget(): void {
    this.#asked.clear();
    this.#mapped.clear();
    this.#unmappedFiles.clear();
    this.#ownSources.clear();
  }

  /** Whether answers are still to come. */
  get isAsking(): boolean {
    return !this.#isIdle;
  }

  get #isIdle(): boolean {
    // What a dead session was asked may never be answered.
    return (this.#closed || this.#underWay.size === 0) && !this.#isReadingFiles;
  }

  #isOutdated(known: Mapped, file: string): boolean {
    return known.isStandIn && !this.#closed && !this.#isUnmapped(file);
  }

  #enqueue(question: Question): void {
    const isForFile = this.#closed || this.#isUnmapped(question.file);
    if ((isForFile && !this.#maps) || this.#asked.has(question.key)) return;
    if (Math.max(this.#asked.size, this.#mapped.size) + this.#unmappedFiles.size >= MAX_KEPT) this.forget();
    this.#asked.add(question.key);
    if (isForFile) {
      this.#leaveToFile(question);
      return;
    }
    this.#queue.push(question);
    this.#backlog.add(question.file);
    if (this.#underWay.size < CONCURRENCY) void this.#work();
  }

  #isUnmapped(file: string): boolean {
    const since = this.#unmappedFiles.get(file);
    return since !== undefined && this.#now() - since < UNMAPPED_FOR;
  }

  async #work(): Promise<void> {
    for (let question = this.#queue.shift(); question; question = this.#queue.shift()) {
      this.#backlog.remove(question.file);
      // Learnt from another of its frames while this one was waiting.
      if (this.#isUnmapped(question.file)) {
        this.#leaveToFile(question);
        continue;
      }
      this.#underWay.add(question);
      await this.#askDebugger(question);
      this.#underWay.delete(question);
    }
    this.#tellIdle();
  }

  async #askDebugger(question: Question): Promise<void> {
    const { file, line, column } = question;
    try {
      const answer = await this.#ask?.({ ...(isUrl(file) && { originalUrl: file }), source: { path: file }, line: line - 1, column: Math.max(0, column - 1) });
      const place = this.#remember(question, answer);
      if (place && !this.#closed) await this.#compare(question, place);
    } catch {
      // The session ended or the debugger has no such command: the file's own map tells, or the frame stays where it runs.
      this.#unmappedFiles.set(file, this.#now());
      if (!this.#closed) this.#leaveToFile(question);
    }
  }

  /** Takes what the debugger answered; gives the place when it is one in another source. */
  #remember(question: Question, answer: unknown): Mapped | undefined {
    const { key, file } = question;
    const location = answer as Partial<UiLocation> | null | undefined;
    const path = location?.source?.path;
    if (typeof path !== 'string' || typeof location?.line !== 'number' || typeof location.column !== 'number') {
      if (this.#maps && !this.#closed) this.#askFile(question, false);
      return undefined;
    }
    // A script that it does not know is echoed without a name.
    if (path === file && location.source?.name === undefined) {
      this.#unmappedFiles.set(file, this.#now());
      if (!this.#closed) this.#leaveToFile(question);
      return undefined;
    }
    const place = { file: path, line: location.line + 1, column: location.column + 1, isStandIn: false };
    this.#mapped.set(key, place);
    if (isSamePlace(place, question)) {
      this.#ownSources.add(file);
      return undefined;
    }
    this.#ownSources.delete(file);
    return place;
  }

  /**
   * Of a bundle with thousands of frames the debugger is asked for some, and where the file's own map gives the same, that
   * tells the others: the debugger would need half a minute, and the user debugs with it.
   */
  async #compare(question: Question, place: Mapped): Promise<void> {
    if (!this.#maps || !this.#backlog.isLong(question.file)) return;
    const own = await this.#maps.original(question.file, question.line, question.column);
    if (!this.#backlog.compared(question.file, own !== null && isSamePlace(own, place)) || this.#closed) return;
    const left: Question[] = [];
    for (const waiting of this.#queue) {
      if (waiting.file === question.file) this.#askFile(waiting, false);
      else left.push(waiting);
    }
    this.#queue = left;
    this.#backlog.done(question.file);
  }

  /** For want of a debugger that knows. */
  #leaveToFile(question: Question): void {
    if (this.#maps) this.#askFile(question, true);
    else this.#asked.delete(question.key);
  }

  #askFile(question: Question, isStandIn: boolean): void {
    this.#fileQueue.push({ question, isStandIn });
    if (!this.#isReadingFiles) void this.#readFiles();
  }

  async #readFiles(): Promise<void> {
    this.#isReadingFiles = true;
    for (let next = 0; next < this.#fileQueue.length; next++) {
      if (next % FILE_ANSWERS_AT_ONCE === FILE_ANSWERS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
      const entry = this.#fileQueue[next];
      if (entry) await this.#readFile(entry.question, entry.isStandIn);
    }
    this.#fileQueue.length = 0;
    this.#isReadingFiles = false;
    this.#tellIdle();
  }

  async #readFile({ key, file, line, column }: Question, isStandIn: boolean): Promise<void> {
    const place = this.#ownSources.has(file) ? null : await this.#maps?.original(file, line, column);
    // A debugger that answered after all knows better.
    if (this.#mapped.get(key)?.isStandIn === false) return;
    this.#mapped.set(key, { file: place?.file ?? file, line: place?.line ?? line, column: place?.column ?? column, isStandIn });
    if (isStandIn) this.#asked.delete(key);
  }

  #tellIdle(): void {
    if (this.#isIdle) for (const resolve of this.#idle.splice(0)) resolve();
  }
}

interface Place {
  readonly file: string;
  readonly line: number;
  /** 0 is the first too. */
  readonly column: number;
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && Math.max(1, a.column) === Math.max(1, b.column);
}

/** Whether a script is no file: a letter and a colon begin a path of Windows. */
export function isUrl(file: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(file);
}

/** The path of a script: V8 reports a `file:` URL for ES modules and a plain path for CommonJS. */
export function filePath(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    // A file URL of another system, from a remote program: shown as it is.
    return url;
  }
}
