import type { IntervalHistogram } from 'node:perf_hooks';
import type { RuntimeSample } from '../protocol/collector';
import type { Milliseconds } from '../protocol/units';
import { builtin } from './builtins';
import { programClock } from './programClock';

/** Time between two looks at the event loop's lateness: 50 wake-ups a second, unref'd, inside libuv. */
const RESOLUTION: Milliseconds = 20;

/** Looks after which a histogram has told enough and is emptied: about a second's worth. */
const ENOUGH_LOOKS = 40;

/**
 * How late the event loop is, also while it does not turn at all.
 *
 * Node's histogram notes the time between two calls of its timer; after a reset the first call only sets the start. A block
 * that begins before that call, or has not ended yet, is in no interval. So the intervals are added up: what is missing of
 * the time since the reset, beyond the two looks that always are, was spent blocked.
 */
export class LoopDelay {
  readonly #histogram: IntervalHistogram;
  #looks = 0;
  #resetAt = programClock();

  constructor() {
    this.#histogram = builtin('node:perf_hooks').monitorEventLoopDelay({ resolution: RESOLUTION });
    this.#histogram.enable();
  }

  stop(): void {
    this.#histogram.disable();
  }

  /** The lateness since the sample before, or for as long as the loop has been blocked. */
  read(): Pick<RuntimeSample, 'loopDelayP99' | 'loopDelayMax'> {
    const { count, mean, max } = this.#histogram;
    const now = programClock();
    const noted = count === 0 ? 0 : (count * mean) / 1e6;
    const missing = Math.max(0, now - this.#resetAt - noted - 2 * RESOLUTION);
    const loopDelayMax = Math.max(missing, count === 0 ? 0 : lateness(max));
    const loopDelayP99 = Math.max(missing, count === 0 ? 0 : lateness(this.#histogram.percentile(99)));
    const hasTurned = count !== this.#looks;
    this.#looks = count;
    // What was told once is not told again; a block that goes on is told as a whole.
    if (hasTurned && (count >= ENOUGH_LOOKS || loopDelayMax > RESOLUTION)) {
      this.#histogram.reset();
      this.#looks = 0;
      this.#resetAt = now;
    }
    return { loopDelayP99, loopDelayMax };
  }
}

/** The histogram holds whole intervals, in nanoseconds: what is above the resolution came late. */
function lateness(interval: number): Milliseconds {
  return Math.max(0, interval / 1e6 - RESOLUTION);
}
