import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';

/** Asks a program one question at a time: one that is busy must not find a heap of them when it is free. */
export class QuestionQueue {
  readonly #busyAfter: Milliseconds;
  readonly #onBusy: (asked: EpochMilliseconds) => void;
  readonly #onAnswered: (asked: EpochMilliseconds) => void;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param onBusy Called when there is no answer after `busyAfter`; it is still waited for.
   * @param onAnswered Called after every question, also one that failed. Both are told when it was asked.
   */
  constructor(busyAfter: Milliseconds, onBusy: (asked: EpochMilliseconds) => void, onAnswered: (asked: EpochMilliseconds) => void) {
    this.#busyAfter = busyAfter;
    this.#onBusy = onBusy;
    this.#onAnswered = onAnswered;
  }

  /** Asks when everything that was asked before is answered. Rejects as the question does. */
  ask<T>(question: () => Promise<T>): Promise<T> {
    const timed = async () => {
      const asked = Date.now();
      const busy = setTimeout(() => this.#onBusy(asked), this.#busyAfter);
      try {
        return await question();
      } finally {
        clearTimeout(busy);
        this.#onAnswered(asked);
      }
    };
    const answer = this.#last.then(timed, timed);
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
