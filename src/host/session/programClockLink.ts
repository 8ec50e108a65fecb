import type { Milliseconds, ProgramClock } from '../../protocol/units';

/**
 * Translates the host's clock into the program's. Each answer of the program brings its clock; it was read somewhere
 * between question and answer, and the closest pair of the two binds it best.
 */
export class ProgramClockLink {
  #offset: Milliseconds | null = null;
  #tightest: Milliseconds = Infinity;

  /** @param sent @param received By the host's monotonic clock. */
  observe(sent: Milliseconds, received: Milliseconds, clock: ProgramClock): void {
    const uncertainty = received - sent;
    if (uncertainty > this.#tightest) return;
    this.#tightest = uncertainty;
    this.#offset = clock - (sent + received) / 2;
  }

  /** Null before the first answer. */
  programTime(host: Milliseconds): ProgramClock | null {
    return this.#offset === null ? null : host + this.#offset;
  }
}
