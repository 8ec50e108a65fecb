import type { Pause } from '../protocol/collector';
import type { Milliseconds, ProgramClock } from '../protocol/units';

/**
 * Answers how long the program itself has waited since a moment: the time the debugger held it does not count (R9).
 * Built once per reading, then asked once per handle: O(log pauses) each.
 *
 * @param pauses In order of their start, not overlapping; only the last may be open.
 */
export function waitingClock(pauses: readonly Pause[], now: ProgramClock): (since: ProgramClock) => Milliseconds {
  // Not by Math.max, which makes an object of its result.
  if (pauses.length === 0) return (since) => (now > since ? now - since : 0);
  const starts = pauses.map((pause) => Math.min(pause.start, now));
  const ends = pauses.map((pause) => Math.min(pause.end ?? now, now));
  // pausedFrom[i]: paused time from the start of pause i on.
  const pausedFrom = new Array<Milliseconds>(pauses.length + 1).fill(0);
  for (let i = pauses.length - 1; i >= 0; i--) {
    pausedFrom[i] = (pausedFrom[i + 1] ?? 0) + Math.max(0, (ends[i] ?? 0) - (starts[i] ?? 0));
  }
  return (since) => {
    let low = 0;
    let high = pauses.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? 0) <= since) low = middle + 1;
      else high = middle;
    }
    // Pause `low` is the first that ends after `since`; a handle cannot have been made while it was on, but clocks are
    // compared across processes, so a few milliseconds of overlap happen.
    const overlap = Math.max(0, since - (starts[low] ?? since));
    return Math.max(0, now - since - ((pausedFrom[low] ?? 0) - overlap));
  };
}

/** How many pauses are sent with a request: older ones are joined, which errs by the time the program ran between them. */
const MAX_PAUSES = 500;

/** Keeps the pauses of a session in the program's clock, as the debugger reports them. */
export class PauseLog {
  readonly #pauses: Pause[] = [];

  get isPaused(): boolean {
    return this.#pauses.at(-1)?.end === null;
  }

  /** Starts a pause; nothing when one is on. */
  pausedAt(clock: ProgramClock): void {
    if (this.isPaused) return;
    this.#pauses.push({ start: Math.max(clock, this.#pauses.at(-1)?.end ?? clock), end: null });
    if (this.#pauses.length > MAX_PAUSES) {
      const [first, second] = this.#pauses;
      if (first && second) this.#pauses.splice(0, 2, { start: first.start, end: second.end });
    }
  }

  /** Ends the pause that is on; nothing when none is. */
  resumedAt(clock: ProgramClock): void {
    const last = this.#pauses.at(-1);
    if (last?.end !== null) return;
    this.#pauses[this.#pauses.length - 1] = { start: last.start, end: Math.max(last.start, clock) };
  }

  toArray(): Pause[] {
    return [...this.#pauses];
  }
}
