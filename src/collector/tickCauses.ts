import type { Cause } from './trackedHandle';

/** Node's name of the resource under which a call of `process.nextTick` waits. */
export const TICK = 'TickObject';

interface Tick {
  readonly callback?: unknown;
  readonly args?: unknown;
}

/**
 * Remembers who queued those ticks in which Node opens a handle for the program, when the caller is no longer on the
 * stack: the tick is the only trace of the call.
 */
export class TickCauses {
  readonly #causes = new Map<number, Cause>();

  add(asyncId: number, cause: Cause): void {
    this.#causes.set(asyncId, cause);
  }

  get(asyncId: number): Cause | undefined {
    return this.#causes.get(asyncId);
  }

  forget(asyncId: number): void {
    if (this.#causes.size > 0) this.#causes.delete(asyncId);
  }

  clear(): void {
    this.#causes.clear();
  }
}

/**
 * Whether a handle will be opened in this tick. Asked for every tick of the program, so the first look mostly settles it,
 * and only plain values are compared: the arguments are the program's own.
 *
 * `listen()` with a host: Node looks every host up first, and answers for an address in a tick.
 * `http.request()`: the request gets its socket, new or kept alive, in a tick.
 */
export function opensHandle(tick: object): boolean {
  const { callback, args } = tick as Tick;
  if (!Array.isArray(args)) return false;
  return args[0] === null ? isLookupAnswer(args) : args.length === 3 && functionName(callback) === 'onSocketNT';
}

/** `dns.lookup` calling back: with `(null, address, family)` on Node 20, `(null, [{ address, family }])` from 22 on. */
function isLookupAnswer(args: readonly unknown[]): boolean {
  if (args.length === 3) return isFamily(args[2]);
  const answers: unknown = args[1];
  return args.length === 2 && Array.isArray(answers) && isFamily((answers[0] as { family?: unknown } | undefined)?.family);
}

/** What Node 20 queues for each HTTP/2 stream that a client opens: `emit(session, 'stream', stream, headers, flags, raw)`. */
export function openedStream(tick: object): { readonly stream: object; readonly headers: object } | null {
  const { args } = tick as Tick;
  if (!Array.isArray(args) || args.length !== 6 || args[1] !== 'stream') return null;
  const [, , stream, headers] = args as unknown[];
  return isObject(stream) && isObject(headers) ? { stream, headers } : null;
}

function isFamily(value: unknown): boolean {
  return value === 4 || value === 6;
}

function functionName(value: unknown): string {
  return typeof value === 'function' ? value.name : '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
