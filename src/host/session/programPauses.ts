import { PauseLog } from '../../model/pauses';
import type { Pause, RuntimeSample } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';
import { ProgramClockLink } from './programClockLink';

/** When the debugger held the program, by the program's own clock. */
export class ProgramPauses {
  readonly #log = new PauseLog();
  readonly #clock = new ProgramClockLink();
  /** Paused before the program told its clock. */
  #isPausedUnclocked = false;
  #wasPausedSinceSample = false;

  get isPaused(): boolean {
    return this.#isPausedUnclocked || this.#log.isPaused;
  }

  /** In the order of their start; the last may still be on. */
  toArray(): Pause[] {
    return this.#log.toArray();
  }

  onPaused(): void {
    const clock = this.#clock.programTime(performance.now());
    this.#isPausedUnclocked = clock === null;
    if (clock !== null) this.#log.pausedAt(clock);
    this.#wasPausedSinceSample = true;
  }

  onResumed(): void {
    this.#isPausedUnclocked = false;
    const clock = this.#clock.programTime(performance.now());
    if (clock !== null) this.#log.resumedAt(clock);
  }

  /**
   * Reads the program's clock off a sample. A loop that the debugger held was neither late nor busy: both are then not known.
   *
   * @param sent @param received By the host's monotonic clock.
   */
  observe(sent: Milliseconds, received: Milliseconds, sample: RuntimeSample): RuntimeSample {
    this.#clock.observe(sent, received, sample.clock);
    if (this.#isPausedUnclocked) this.onPaused();
    const wasPaused = this.#wasPausedSinceSample;
    this.#wasPausedSinceSample = this.#log.isPaused;
    return wasPaused ? { ...sample, loopDelayP99: null, loopDelayMax: null, loopUtilization: null } : sample;
  }
}
