import type { Milliseconds } from '../protocol/units';
import { builtin } from './builtins';
import { programClock } from './programClock';

/**
 * How busy the event loop's thread is. Node's own `eventLoopUtilization` asks `process.hrtime` of the program, which may be a
 * fake timer's or tell that it was asked; how long the loop has been idle it tells without. Before the loop turns for the
 * first time the main script has the thread to itself.
 */
export class LoopUtilization {
  readonly #timing = builtin('node:perf_hooks').performance.nodeTiming;
  #at = programClock();
  #idle: Milliseconds = this.#timing.idleTime;

  /** The share of the time since the read before that the loop was not idle, 0 to 1. */
  read(): number {
    const now = programClock();
    const idle = this.#timing.idleTime;
    const elapsed = now - this.#at;
    const share = elapsed > 0 ? 1 - (idle - this.#idle) / elapsed : 1;
    this.#at = now;
    this.#idle = idle;
    // Two clocks: the sum of both may be off by a little.
    return Math.min(1, Math.max(0, share));
  }
}
