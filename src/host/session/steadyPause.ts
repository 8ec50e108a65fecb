import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';

/** What lasts shorter is not shown: "Pause" in Node's own code steps out of it, ten pauses a second for four seconds. */
const STEADY_AFTER: Milliseconds = 250;

/** Whether the debugger holds the program, as a person sees it: without the flicker of a debugger that steps. */
export class SteadyPause {
  readonly #onChange: (isPaused: boolean, since: EpochMilliseconds) => void;
  #isPaused = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange Called once a change has lasted, with when it began. */
  constructor(onChange: (isPaused: boolean, since: EpochMilliseconds) => void) {
    this.#onChange = onChange;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** The debugger stopped the program, or let it go on. */
  set(isPaused: boolean): void {
    clearTimeout(this.#timer);
    if (isPaused === this.#isPaused) return;
    const since = Date.now();
    this.#timer = setTimeout(() => {
      this.#isPaused = isPaused;
      this.#onChange(isPaused, since);
    }, STEADY_AFTER);
  }

  /** Takes it as it is now, at once. */
  settle(isPaused: boolean): void {
    clearTimeout(this.#timer);
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#onChange(isPaused, Date.now());
  }

  /** The program is gone, or is watched no more. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#isPaused = false;
  }
}
