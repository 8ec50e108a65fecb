import type { Collected, CollectRequest } from '../../protocol/collector';
import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';
import { CdpError } from './cdpConnection';
import type { ProfileSource } from './profileSource';
import { ProgramPauses } from './programPauses';
import { QuestionQueue } from './questionQueue';
import { withTimeout } from './withTimeout';

/** Without an answer for this long the program counts as busy; its answer is still waited for. */
const BUSY_AFTER: Milliseconds = 3_000;
/** Blocked in a native call for this long, the program is given up on. */
const ANSWER_TIMEOUT: Milliseconds = 10 * 60_000;

/** Something to ask the source; it takes no longer than `timeout`. */
export type Question<T> = (source: ProfileSource, timeout: Milliseconds) => Promise<T>;

/** The way to the program of a session, while there is one: one question at a time, also across a new connection. */
export class ProgramLink {
  readonly pauses = new ProgramPauses();
  readonly #questions: QuestionQueue;
  #source: ProfileSource | null = null;

  /** @param onBusy @param onAnswered As in QuestionQueue. */
  constructor(onBusy: (asked: EpochMilliseconds) => void, onAnswered: (asked: EpochMilliseconds) => void) {
    this.#questions = new QuestionQueue(BUSY_AFTER, onBusy, onAnswered);
  }

  /** Null while none is at work. */
  get source(): ProfileSource | null {
    return this.#source;
  }

  open(source: ProfileSource): void {
    this.#source = source;
  }

  close(): void {
    this.#source = null;
  }

  /** Asks when everything that was asked before is answered. @throws CdpError `closed` when the program is not profiled; as the question. */
  async ask<T>(question: Question<T>): Promise<T> {
    const source = this.#source;
    if (source === null) throw new CdpError('closed', 'The program is not being profiled.');
    return this.#questions.ask(() => question(source, ANSWER_TIMEOUT));
  }

  /** The same, for somebody who does not wait longer than that: @throws CdpError `timeout`. The answer is dropped then. */
  askWithin<T>(timeout: Milliseconds, question: Question<T>): Promise<T> {
    return withTimeout(this.ask(question), timeout, () => new CdpError('timeout', 'The program did not answer.'));
  }

  /** One reading; its sample also tells the program's clock. */
  collect(request: CollectRequest): Promise<Collected> {
    return this.ask(async (source, timeout) => {
      const sent = performance.now();
      const collected = await source.collect(request, timeout);
      return { ...collected, sample: this.pauses.observe(sent, performance.now(), collected.sample) };
    });
  }
}
