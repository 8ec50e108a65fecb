import type { ProcessesView } from '../../protocol/processes';
import type { Milliseconds } from '../../protocol/units';
import type { Profiler } from '../session/profiler';

/** Sixty-four programs tick sixty-four times a second: the tree is made for all of them at once. */
const TOLD_EVERY: Milliseconds = 500;

/** Tells a view of all programs as they change, while it is active. */
export class ProcessesFeed {
  readonly #profiler: Profiler;
  readonly #tell: (processes: ProcessesView) => void;
  readonly #onChange = (): void => this.#schedule();
  #isActive = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(profiler: Profiler, tell: (processes: ProcessesView) => void) {
    this.#profiler = profiler;
    this.#tell = tell;
    profiler.events.on('sessions', this.#onChange).on('point', this.#onChange);
  }

  setActive(isActive: boolean): void {
    this.#isActive = isActive;
    if (!isActive) this.#cancel();
  }

  dispose(): void {
    this.#profiler.events.off('sessions', this.#onChange).off('point', this.#onChange);
    this.setActive(false);
  }

  #schedule(): void {
    if (!this.#isActive || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell(this.#profiler.processes);
    }, TOLD_EVERY);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
