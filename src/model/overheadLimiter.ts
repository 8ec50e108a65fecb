import type { Milliseconds, ProgramClock } from '../protocol/units';

/** What is done less of, step by step, while the collector costs more than it may. */
export const LIMIT_STEPS: readonly LimitStep[] = [
  { captures: 1, followsAwaits: true, slower: 1, reason: '' },
  {
    captures: 1 / 4,
    followsAwaits: true,
    slower: 1,
    reason: 'Bifrost cost more than its budget: for a while it takes 1 in 4 of the stacks that it took before.',
  },
  {
    captures: 1 / 16,
    followsAwaits: true,
    slower: 2,
    reason: 'Bifrost cost more than its budget: for a while it takes 1 in 16 of the stacks that it took before, and looks half as often.',
  },
  {
    captures: 1 / 64,
    followsAwaits: false,
    slower: 4,
    reason: 'Bifrost cost more than its budget: for a while it takes 1 in 64 of the stacks that it took before, follows no awaits, and looks a quarter as often.',
  },
];

export interface LimitStep {
  /** Share of the stacks that are captured without a limit. */
  readonly captures: number;
  /** Whether reactions to promises are followed. */
  readonly followsAwaits: boolean;
  /** How many times as far apart the host's questions are. */
  readonly slower: number;
  /** What is coarser, in one sentence; '' for nothing. */
  readonly reason: string;
}

/** One measurement is made of what comes in at least this time, so that asking more often does not decide faster. */
const WINDOW: Milliseconds = 1_000;

/** Windows over the budget before a step down, as one may hold a burst that is over by then; far over the budget one is enough. */
const WINDOWS_OVER = 2;
const FAR_OVER = 2;

/** A step up makes at most four times as many captures, which must fit into the budget, in so many windows in a row. */
const COARSENING = 4;
const CALM_WINDOWS = 5;

/** A step up that has to be taken back so soon after was a mistake: the next one waits twice as long, up to so many windows. */
const RELAPSE: Milliseconds = 30_000;
const MOST_CALM_WINDOWS = 80;

/**
 * Keeps the collector's cost within a budget: steps down when it has been above for two seconds, or far above for one, and up
 * again when it would stay below.
 */
export class OverheadLimiter {
  readonly #budget: number;
  #step = 0;
  #spent: Milliseconds = 0;
  #elapsed: Milliseconds = 0;
  #over = 0;
  #calm = 0;
  #calmNeeded = CALM_WINDOWS;
  #steppedUpAt: ProgramClock = -Infinity;
  #percent: number | null = null;

  /** @param budget Percent of one CPU. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** 0: nothing is limited; else a number of {@link LIMIT_STEPS}. */
  get step(): number {
    return this.#step;
  }

  /** Percent of one CPU that the last whole window cost; null before there was one. */
  get percent(): number | null {
    return this.#percent;
  }

  /** Takes what the collector spent in some time, and answers whether the step has changed. */
  add(spent: Milliseconds, elapsed: Milliseconds, now: ProgramClock): boolean {
    this.#spent += spent;
    this.#elapsed += elapsed;
    if (this.#elapsed < WINDOW) return false;
    const percent = (100 * this.#spent) / this.#elapsed;
    this.#percent = percent;
    this.#spent = 0;
    this.#elapsed = 0;
    const before = this.#step;
    this.#decide(percent, now);
    return this.#step !== before;
  }

  #decide(percent: number, now: ProgramClock): void {
    if (this.#step === 0 && now - this.#steppedUpAt >= RELAPSE) this.#calmNeeded = CALM_WINDOWS;
    const counts = percent > this.#budget * FAR_OVER ? WINDOWS_OVER : 1;
    this.#over = percent > this.#budget ? this.#over + counts : 0;
    this.#calm = percent * COARSENING < this.#budget ? this.#calm + 1 : 0;
    if (this.#over >= WINDOWS_OVER && this.#step < LIMIT_STEPS.length - 1) {
      if (now - this.#steppedUpAt < RELAPSE) this.#calmNeeded = Math.min(MOST_CALM_WINDOWS, this.#calmNeeded * 2);
      this.#step++;
      this.#over = 0;
    } else if (this.#calm >= this.#calmNeeded && this.#step > 0) {
      this.#step--;
      this.#calm = 0;
      this.#steppedUpAt = now;
    }
  }
}
