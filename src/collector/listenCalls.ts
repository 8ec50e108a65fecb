import type { Capture } from './stackCapture';

/** Node's name of the resource under which a call of `process.nextTick` waits. */
export const TICK = 'TickObject';

/** Whether a handle of this type may be opened later than `listen()` was called. */
export function isServer(type: string): boolean {
  return type === 'TCPSERVERWRAP' || type === 'PIPESERVERWRAP';
}

/**
 * Remembers who called `listen()` with an address. Node looks every host up first, and answers for an address one tick
 * later, when the caller is no longer on the stack: that tick is the only trace of the call.
 */
export class ListenCalls {
  readonly #captures = new Map<number, Capture>();

  add(asyncId: number, capture: Capture): void {
    this.#captures.set(asyncId, capture);
  }

  get(asyncId: number): Capture | undefined {
    return this.#captures.get(asyncId);
  }

  forget(asyncId: number): void {
    if (this.#captures.size > 0) this.#captures.delete(asyncId);
  }

  clear(): void {
    this.#captures.clear();
  }
}

/**
 * Whether a tick is `dns.lookup` calling back: with `(null, address, family)` on Node 20, `(null, [{ address, family }])`
 * from 22 on. Asked for every tick of the program, so the first look at the arguments mostly settles it.
 */
export function isLookupAnswer(tick: object): boolean {
  const { args } = tick as { readonly args?: unknown };
  if (!Array.isArray(args) || args[0] !== null) return false;
  if (args.length === 3) return isFamily(args[2]);
  const answers: unknown = args[1];
  return args.length === 2 && Array.isArray(answers) && isFamily((answers[0] as { family?: unknown } | undefined)?.family);
}

function isFamily(value: unknown): boolean {
  return value === 4 || value === 6;
}
