import type { IntervalHistogram } from 'node:perf_hooks';
import type { RuntimeSample } from '../protocol/collector';
import type { Milliseconds } from '../protocol/units';
import { builtin } from './builtins';
import { programClock } from './programClock';

/** Time between two looks at the event loop's lateness: unref'd wake-ups, inside libuv. */
const RESOLUTION: Milliseconds = 20;

/**
 * The same while the program rests. 50 wake-ups a second were most of what Bifrost took of a program with nothing to do: 0.3%
 * of a CPU, more than the limit for all of it.
 */
const RESTING_RESOLUTION: Milliseconds = 100;

/** Shares of the time that the loop was busy, below which the program rests, and above which it does not any more. */
const RESTS_BELOW = 0.02;
const WORKS_ABOVE = 0.05;

/** A histogram has told enough, and is emptied, when it holds about so much. */
const ENOUGH: Milliseconds = 800;

/**
 * How late the event loop is, also while it does not turn at all.
 *
 * Node's histogram notes the time between two calls of its timer; after a reset the first call only sets the start. A block
 * that begins before that call, or has not ended yet, is in no interval. So the intervals are added up: what is missing of
 * the time since the reset, beyond the two looks that always are, was spent blocked.
 *
 * A block shows with what is left of it at the next look, so up to a resolution too short.
 */
export class LoopDelay {
  #resolution = RESOLUTION;
  #histogram = startHistogram(RESOLUTION);
  #looks = 0;
  #resetAt = programClock();

  stop(): void {
    this.#histogram.disable();
  }

  /**
   * The lateness since the sample before, or for as long as the loop has been blocked.
   *
   * @param utilization The share of the time since then that the loop was busy, 0 to 1.
   */
  read(utilization: number): Pick<RuntimeSample, 'loopDelayP99' | 'loopDelayMax'> {
    const { count, mean, max } = this.#histogram;
    const now = programClock();
    const noted = count === 0 ? 0 : (count * mean) / 1e6;
    const missing = Math.max(0, now - this.#resetAt - noted - 2 * this.#resolution);
    const loopDelayMax = Math.max(missing, count === 0 ? 0 : this.#lateness(max));
    const loopDelayP99 = Math.max(missing, count === 0 ? 0 : this.#lateness(this.#histogram.percentile(99)));
    const hasTurned = count !== this.#looks;
    this.#looks = count;
    // What was told once is not told again; a block that goes on is told as a whole.
    if (hasTurned && (count * this.#resolution >= ENOUGH || loopDelayMax > RESOLUTION)) this.#reset(now, utilization);
    return { loopDelayP99, loopDelayMax };
  }

  /** The histogram holds whole intervals, in nanoseconds: what is above the resolution came late. */
  #lateness(interval: number): Milliseconds {
    return Math.max(0, interval / 1e6 - this.#resolution);
  }

  #reset(now: number, utilization: number): void {
    const limit = this.#resolution === RESOLUTION ? RESTS_BELOW : WORKS_ABOVE;
    const resolution = utilization < limit ? RESTING_RESOLUTION : RESOLUTION;
    if (resolution === this.#resolution) this.#histogram.reset();
    else {
      this.#histogram.disable();
      this.#histogram = startHistogram(resolution);
      this.#resolution = resolution;
    }
    this.#looks = 0;
    this.#resetAt = now;
  }
}

function startHistogram(resolution: Milliseconds): IntervalHistogram {
  const histogram = builtin('node:perf_hooks').monitorEventLoopDelay({ resolution });
  histogram.enable();
  return histogram;
}
