import { EventEmitter } from 'node:events';
import { stuckMembers } from '../../model/health';
import { isHidden } from '../../model/hidden';
import type { Milliseconds } from '../../protocol/units';
import type { HiddenStore } from './hiddenStore';
import type { ProfiledSession } from './profiledSession';
import type { Profiler } from './profiler';

/** How old a list of handles may be while no view reads it: what is stuck has waited for a minute. */
const READ_EVERY: Milliseconds = 10_000;

/** How much looks stuck in the program on show while it is profiled, known also when no view shows its handles. */
export class StuckWatch {
  readonly events = new EventEmitter<{ change: [] }>();
  readonly #profiler: Profiler;
  readonly #hidden: HiddenStore;
  readonly #update = (): void => this.#follow(this.#profiler.current?.isRunning === true ? this.#profiler.current : null);
  readonly #count = (): void => this.#recount();
  readonly #onHandles = (): void => {
    this.#readAt = performance.now();
    this.#endReading();
    this.#recount();
  };
  #session: ProfiledSession | null = null;
  #readAt: Milliseconds = -Infinity;
  /** While it waits for a list of handles. */
  #release: (() => void) | null = null;
  #groups = 0;
  #members = 0;

  constructor(profiler: Profiler, hidden: HiddenStore) {
    this.#profiler = profiler;
    this.#hidden = hidden;
    profiler.events.on('current', this.#update).on('sessions', this.#update).on('point', this.#update);
    hidden.events.on('change', this.#count);
  }

  /** Groups that look stuck and are not hidden. */
  get groups(): number {
    return this.#groups;
  }

  /** Handles and pending operations in them. */
  get members(): number {
    return this.#members;
  }

  dispose(): void {
    this.#follow(null);
    this.#profiler.events.off('current', this.#update).off('sessions', this.#update).off('point', this.#update);
    this.#hidden.events.off('change', this.#count);
  }

  #follow(session: ProfiledSession | null): void {
    if (session !== this.#session) {
      this.#session?.store.events.off('handles', this.#onHandles);
      this.#endReading();
      this.#readAt = -Infinity;
      session?.store.events.on('handles', this.#onHandles);
      this.#session = session;
      this.#recount();
    }
    // A count of handles alone does not tell what is stuck.
    if (session !== null && this.#release === null && performance.now() - this.#readAt >= READ_EVERY) this.#release = session.readLists();
  }

  #recount(): void {
    const handles = this.#session?.store.handles ?? null;
    const { hidden } = this.#hidden;
    const groups = handles?.rows.filter((row) => row.stuck && !isHidden(row, hidden)).length ?? 0;
    const members = handles === null ? 0 : stuckMembers(handles, hidden);
    if (groups === this.#groups && members === this.#members) return;
    this.#groups = groups;
    this.#members = members;
    this.events.emit('change');
  }

  #endReading(): void {
    this.#release?.();
    this.#release = null;
  }
}
