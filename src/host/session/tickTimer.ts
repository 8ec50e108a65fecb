import { timeToNextTick } from '../../model/tickTimes';
import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';

/** When the program of a session is asked next. */
export class TickTimer {
  readonly #phase: number;
  readonly #onTick: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param phase The session's own, 0 to 1: see `timeToNextTick`. */
  constructor(phase: number, onTick: () => void) {
    this.#phase = phase;
    this.#onTick = onTick;
  }

  /** Whether a tick is to come: not while one is under way. */
  get isSet(): boolean {
    return this.#timer !== undefined;
  }

  /** Has the next tick come after a while, in place of the one that was to come. */
  set(after: Milliseconds): void {
    this.clear();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#onTick();
    }, after);
  }

  /** Has the next tick come on the session's grid. @param started When the one before began. */
  setNext(started: EpochMilliseconds, interval: Milliseconds): void {
    this.set(timeToNextTick(Date.now(), started, interval, this.#phase));
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
