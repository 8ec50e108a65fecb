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
 * Node's histogram notes the time between two of its timer's calls, and after a reset the first call only sets the start.
 * A loop that is blocked over several samples would so never be seen: it is not reset then, and the time since it was last
 * seen to turn is told instead.
 */
export class LoopDelay {
  readonly #histogram: IntervalHistogram;
  #looks = 0;
  #turnedAt = programClock();

  constructor() {
    this.#histogram = builtin('node:perf_hooks').monitorEventLoopDelay({ resolution: RESOLUTION });
    this.#histogram.enable();
  }

  stop(): void {
    this.#histogram.disable();
  }

  /** The lateness since the sample before, or for as long as the loop has been blocked. */
  read(): Pick<RuntimeSample, 'loopDelayP99' | 'loopDelayMax'> {
    const histogram = this.#histogram;
    const now = programClock();
    if (histogram.count === this.#looks) {
      const blocked = Math.max(0, now - this.#turnedAt - 2 * RESOLUTION);
      return { loopDelayP99: blocked, loopDelayMax: blocked };
    }
    const figures = { loopDelayP99: lateness(histogram.percentile(99)), loopDelayMax: lateness(histogram.max) };
    if (histogram.count >= ENOUGH_LOOKS || figures.loopDelayMax > RESOLUTION) histogram.reset();
    this.#looks = histogram.count;
    this.#turnedAt = now;
    return figures;
  }
}

/** The histogram holds whole intervals, in nanoseconds: what is above the resolution came late. */
function lateness(interval: number): Milliseconds {
  return Math.max(0, interval / 1e6 - RESOLUTION);
}
