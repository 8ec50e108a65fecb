import { RandomGaps } from '../model/randomGaps';
import type { Milliseconds, ProgramClock } from '../protocol/units';
import { programClock } from './programClock';

/** One call in so many is timed, of those that are far too many to time each. */
const ONE_IN = 64;

/** No call of the hooks takes so long: the thread was taken away, or garbage was collected, and it stands for no others. */
const LONGEST_CALL: Milliseconds = 1;

/** Readings of the clock of which the fastest tells what one costs. */
const CLOCK_TRIES = 50;

/**
 * Adds up what the collector takes of the program's thread: all of its answers, and a sample of what it does when the
 * program opens a handle or makes a promise. Not in it: what V8 and Node spend to get to a hook (an empty one costs some
 * 0.1 µs), and collecting the collector's garbage.
 */
export class OverheadMeter {
  readonly #threadCpu = threadCpuTime();
  readonly #clockCost = clockCost();
  #spent: Milliseconds = 0;
  #takenAt: ProgramClock = programClock();
  #gap = 1;
  readonly #gaps = new RandomGaps(0x2545f491);

  /** To be called at the beginning of a frequent call. The moment to be given to `end`, or 0 when this one is not timed. */
  begin(): ProgramClock {
    if (--this.#gap > 0) return 0;
    this.#gap = this.#gaps.next(ONE_IN);
    return programClock();
  }

  /** To be called at the end of a frequent call that is timed. */
  end(begun: ProgramClock): void {
    const took = Math.max(0, programClock() - begun - this.#clockCost);
    this.#spent += took > LONGEST_CALL ? took : took * ONE_IN;
  }

  /** Times work that is rare. */
  whole<T>(work: () => T): T {
    const begun = this.#threadCpu();
    try {
      return work();
    } finally {
      this.#spent += this.#threadCpu() - begun;
    }
  }

  /** What was spent since the last time, and how much time that was. */
  take(): { spent: Milliseconds; elapsed: Milliseconds } {
    const now = programClock();
    const taken = { spent: this.#spent, elapsed: now - this.#takenAt };
    this.#spent = 0;
    this.#takenAt = now;
    return taken;
  }
}

/** The thread's own time where Node tells it (22.19, 23.9 and later): the time that passes counts other programs in. */
function threadCpuTime(): () => Milliseconds {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } };
  if (typeof threadCpuUsage !== 'function') return programClock;
  return () => {
    const { user, system } = threadCpuUsage();
    return (user + system) / 1000;
  };
}

function clockCost(): Milliseconds {
  let least = Infinity;
  for (let attempt = 0; attempt < CLOCK_TRIES; attempt++) {
    const begun = programClock();
    least = Math.min(least, programClock() - begun);
  }
  return least;
}
