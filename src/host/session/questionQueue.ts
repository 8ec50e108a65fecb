import type { Milliseconds } from '../../protocol/units';

/** Asks a program one question at a time: one that is busy must not find a heap of them when it is free. */
export class QuestionQueue {
  readonly #busyAfter: Milliseconds;
  readonly #onBusy: () => void;
  readonly #onAnswered: () => void;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param onBusy Called when there is no answer after `busyAfter`; it is still waited for.
   * @param onAnswered Called after every question, also one that failed.
   */
  constructor(busyAfter: Milliseconds, onBusy: () => void, onAnswered: () => void) {
    this.#busyAfter = busyAfter;
    this.#onBusy = onBusy;
    this.#onAnswered = onAnswered;
  }

  /** Asks when everything that was asked before is answered. Rejects as the question does. */
  ask<T>(question: () => Promise<T>): Promise<T> {
    const timed = async () => {
      const busy = setTimeout(this.#onBusy, this.#busyAfter);
      try {
        return await question();
      } finally {
        clearTimeout(busy);
        this.#onAnswered();
      }
    };
    const answer = this.#last.then(timed, timed);
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
