import type { FrameTable } from '../model/frameTable';

/** An unformatted capture: V8 formats it when `stack` is first read. Until then it keeps every frame's `this` alive. */
export interface Capture {
  readonly stack?: unknown;
}

/** Frames captured per handle: `http.get` puts some 15 of Node's own between the socket and the caller. */
const CAPTURED_FRAMES = 24;

/** Frames above the resource that are only how the hook was reached. */
const HOOK_SCRIPT = 'node:internal/async_hooks';

const TEXT_FRAME = /^\s*at (?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/;

/** Takes creation stacks cheaply and formats them later, into indices of a frame table. */
export class StackCapture {
  readonly #table: FrameTable;
  /** With --frozen-intrinsics these properties cannot be set: the limit stays Node's 10, and stacks are read as text. */
  readonly #canSwap = canAssign('stackTraceLimit') && canAssign('prepareStackTrace');

  constructor(table: FrameTable) {
    this.#table = table;
  }

  /** A capture of the current stack from the caller of `below` on. 4-15 µs, not formatted. */
  capture(below: (...args: never[]) => unknown): Capture {
    const capture: Capture = {};
    if (!this.#canSwap) {
      Error.captureStackTrace(capture, below);
      return capture;
    }
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = CAPTURED_FRAMES;
    try {
      Error.captureStackTrace(capture, below);
    } finally {
      Error.stackTraceLimit = limit;
    }
    return capture;
  }

  /**
   * Formats captures. In batches, because a capture is formatted by whatever `Error.prepareStackTrace` is set when it is
   * read: the program's own is put aside for the batch, then put back as it was.
   */
  format(captures: readonly Capture[]): (readonly number[])[] {
    if (!this.#canSwap) return captures.map((capture) => this.#framesFromText(String(capture.stack)));
    const own = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    Error.prepareStackTrace = (_error, sites) => this.#framesFromSites(sites);
    try {
      return captures.map(({ stack }) => (Array.isArray(stack) ? (stack as number[]) : []));
    } finally {
      if (own) Object.defineProperty(Error, 'prepareStackTrace', own);
      else Reflect.deleteProperty(Error, 'prepareStackTrace');
    }
  }

  #framesFromSites(sites: readonly NodeJS.CallSite[]): number[] {
    const frames: number[] = [];
    for (const site of sites) {
      const url = site.getFileName() ?? site.getScriptNameOrSourceURL();
      if (typeof url === 'string' && url.startsWith(HOOK_SCRIPT)) continue;
      frames.push(
        this.#table.indexOf(functionName(site), typeof url === 'string' ? url : '', site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0),
      );
    }
    return frames;
  }

  #framesFromText(text: string): number[] {
    return text.split('\n').flatMap((line) => {
      const match = TEXT_FRAME.exec(line);
      if (!match || match[2]?.startsWith(HOOK_SCRIPT)) return [];
      return this.#table.indexOf(match[1] ?? '', match[2] ?? '', Number(match[3]), Number(match[4]));
    });
  }
}

/** The name as V8 writes it in a stack trace: `async fetchAll`, `new Pool`, `Pool.acquire`. */
function functionName(site: NodeJS.CallSite): string {
  const name = site.getFunctionName() ?? '';
  const prefix = site.isAsync() ? 'async ' : '';
  if (site.isConstructor()) return `${prefix}new ${name || '(anonymous)'}`;
  if (name === '') return prefix.trimEnd();
  // In strict code V8 gives no receiver type; elsewhere the type is part of how people know a method.
  const type = site.isToplevel() || prefix ? null : site.getTypeName();
  return type && type !== 'Object' && !name.includes('.') ? `${type}.${name}` : prefix + name;
}

function canAssign(property: 'stackTraceLimit' | 'prepareStackTrace'): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(Error, property);
  return descriptor ? descriptor.writable === true && descriptor.configurable === true : Object.isExtensible(Error);
}
