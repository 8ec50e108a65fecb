import { fileURLToPath } from 'node:url';
import type { Frame, RawFrame } from '../../protocol/frames';
import type { Milliseconds } from '../../protocol/units';
import { frameOrigin } from '../../model/frameOrigin';

/** A place in a source, line and column counted from 0: what js-debug's `getPreferredUILocation` takes and gives. */
export interface UiLocation {
  readonly source?: { readonly path?: string; readonly name?: string; readonly sourceReference?: number };
  readonly line: number;
  readonly column: number;
}

/** Asks the debugger where a place in the running code is in the source that the editor shows. */
export type AskDebugger = (location: { source: { path: string }; line: number; column: number }) => Promise<unknown>;

interface Mapped {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Questions under way at once: js-debug answers each in 5-10 ms and has a session to debug besides. */
const CONCURRENCY = 4;
/** Answers kept. A program that names its scripts anew all the time must not fill the host; past this they are asked again. */
const MAX_KEPT = 50_000;
/** A file without a source map is asked about again after this long: its map may only have been slow to load. */
const UNMAPPED_FOR: Milliseconds = 30_000;

/**
 * Gives frames the location that the editor's own call stack would show: js-debug's mapping, cached. A frame not asked
 * about yet is given as it runs; `settle` waits for the answers.
 */
export class SourceMapper {
  readonly #ask: AskDebugger;
  readonly #now: () => Milliseconds;
  readonly #mapped = new Map<string, Mapped>();
  readonly #asked = new Set<string>();
  readonly #unmappedFiles = new Map<string, Milliseconds>();
  readonly #queue: { key: string; file: string; line: number; column: number }[] = [];
  #working = 0;
  #closed = false;
  #idle: (() => void)[] = [];

  constructor(ask: AskDebugger, now: () => Milliseconds = Date.now) {
    this.#ask = ask;
    this.#now = now;
  }

  /** The frame as far as it is known now; asks the debugger when it is not. */
  frame(raw: RawFrame): Frame {
    const origin = frameOrigin(raw.url);
    const functionName = raw.functionName || '(anonymous)';
    const file = filePath(raw.url);
    if ((origin !== 'user' && origin !== 'library') || raw.line === 0) return { functionName, file, line: raw.line, column: raw.column, origin };
    const key = `${raw.line}:${raw.column}:${file}`;
    const mapped = this.#mapped.get(key);
    if (mapped === undefined) {
      this.#enqueue({ key, file, line: raw.line, column: raw.column });
      return { functionName, file, line: raw.line, column: raw.column, origin };
    }
    if (mapped.file === file) return { functionName, ...mapped, origin };
    return { functionName, ...mapped, origin: frameOrigin(mapped.file), generated: { file, line: raw.line, column: raw.column } };
  }

  /** Until every question is answered, or the time is up. */
  settle(timeout: Milliseconds): Promise<void> {
    if (this.#working === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout);
      this.#idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Asks no more: the debug session is gone. What has been mapped stays. */
  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
  }

  #enqueue(question: { key: string; file: string; line: number; column: number }): void {
    if (this.#isUnmapped(question.file)) return;
    if (this.#closed || this.#asked.has(question.key)) return;
    if (this.#asked.size + this.#unmappedFiles.size >= MAX_KEPT) {
      this.#asked.clear();
      this.#mapped.clear();
      this.#unmappedFiles.clear();
    }
    this.#asked.add(question.key);
    this.#queue.push(question);
    if (this.#working < CONCURRENCY) void this.#work();
  }

  #isUnmapped(file: string): boolean {
    const since = this.#unmappedFiles.get(file);
    return since !== undefined && this.#now() - since < UNMAPPED_FOR;
  }

  async #work(): Promise<void> {
    this.#working++;
    for (let question = this.#queue.shift(); question && !this.#closed; question = this.#queue.shift()) {
      const { key, file, line, column } = question;
      // Learnt from another of its frames while this one was waiting.
      if (this.#isUnmapped(file)) {
        this.#asked.delete(key);
        continue;
      }
      try {
        const answer = await this.#ask({ source: { path: file }, line: line - 1, column: Math.max(0, column - 1) });
        this.#remember(key, file, answer);
      } catch {
        // The session ended or the debugger has no such command: the frame stays where it runs.
        this.#unmappedFiles.set(file, this.#now());
        this.#asked.delete(key);
      }
    }
    this.#working--;
    if (this.#working === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #remember(key: string, file: string, answer: unknown): void {
    const location = answer as Partial<UiLocation> | null;
    const path = location?.source?.path;
    if (typeof path !== 'string' || typeof location?.line !== 'number' || typeof location.column !== 'number') return;
    // An unknown or unmapped place is echoed without a name.
    if (path === file && location.source?.name === undefined) {
      this.#unmappedFiles.set(file, this.#now());
      this.#asked.delete(key);
      return;
    }
    this.#mapped.set(key, { file: path, line: location.line + 1, column: location.column + 1 });
  }
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
