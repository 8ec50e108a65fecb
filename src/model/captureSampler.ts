import type { Milliseconds, ProgramClock } from '../protocol/units';
import { RandomGaps } from './randomGaps';

export interface SamplerBudget {
  /** Samples that may be taken at once after a quiet time: below this rate everything is taken, and counts are exact. */
  readonly burst: number;
  /** Samples per second that may be taken for long. */
  readonly perSecond: number;
}

/** One event in a million is sampled at the least: no program makes more than that between two looks. */
const MAX_INTERVAL = 2 ** 20;

/**
 * Decides which events of a stream are sampled, so that the cost stays within a budget however fast they come, and with
 * which weight: an event taken while one in N is taken stands for N. The choice is random, with uniform gaps between 1 and
 * 2N - 1, because programs make promises and timers in fixed patterns and every N-th would always hit the same one. The
 * weight is fixed before the event is seen, so the sum of the weights is an unbiased estimate of the number of events
 * (Horvitz and Thompson, 1952).
 *
 * When the budget of a stretch is spent the interval doubles; it halves again for each second that stays under it.
 */
export class CaptureSampler {
  readonly #budget: SamplerBudget;
  #share = 1;
  #interval = 1;
  #gap = 1;
  #tokens: number;
  #refilledAt: ProgramClock = 0;
  readonly #gaps = new RandomGaps(0x9e3779b9);

  constructor(budget: SamplerBudget) {
    this.#budget = budget;
    this.#tokens = budget.burst;
  }

  /** How many events a sample stands for at present. */
  get interval(): number {
    return this.#interval;
  }

  /** Keeps to a share of the budget from now on. */
  limit(share: number): void {
    if (share === this.#share) return;
    // At once when there is less to spend; when there is more the interval finds the new rate by itself. Where little has been
    // spent there is nothing to save: a program's one server keeps its stack.
    const hasSpent = this.#interval > 1 || this.#tokens < this.#budget.burst / 2;
    if (share < this.#share) {
      if (hasSpent) this.#interval = Math.min(MAX_INTERVAL, (this.#interval * this.#share) / share);
      this.#tokens = Math.min(this.#tokens, (this.#budget.burst * share) / 2);
    }
    this.#share = share;
  }

  /** The weight of this event, or 0 when it is not sampled. Called for every event: the common way out is one decrement. */
  take(): number {
    if (--this.#gap > 0) return 0;
    const weight = this.#interval;
    if (--this.#tokens < 0 && this.#interval < MAX_INTERVAL) {
      // A burst of any length costs at most half of the burst's budget for each doubling.
      this.#interval *= 2;
      this.#tokens = (this.#budget.burst * this.#share) / 2;
    }
    this.#gap = this.#interval === 1 ? 1 : this.#gaps.next(this.#interval);
    return weight;
  }

  /** To be called about once a second: gives back budget for the time that has passed. */
  refill(now: ProgramClock): void {
    const seconds: Milliseconds = Math.min(10, Math.max(0, (now - this.#refilledAt) / 1000));
    if (seconds < 0.5) return;
    this.#refilledAt = now;
    const burst = this.#budget.burst * this.#share;
    const perSecond = this.#budget.perSecond * this.#share;
    this.#tokens = Math.min(burst, this.#tokens + perSecond * seconds);
    // Twice the rate must fit into the budget before twice as many are taken.
    if (this.#interval > 1 && this.#tokens > burst / 2) {
      this.#interval /= 2;
      this.#tokens -= burst / 2;
      // What is left of a gap shrinks with the interval: a long one would leave out all that comes after a burst.
      this.#gap = this.#interval === 1 ? 1 : Math.ceil(this.#gap / 2);
    }
  }
}
