import type { CurrentFigures, HandlesView, HistoryBand, HistoryEvent, HistoryPoint } from '../../protocol/profile';
import type { AllocationStore } from '../session/allocationStore';
import type { ProfiledSession } from '../session/profiledSession';
import type { Profiler } from '../session/profiler';

/** What a view wants to hear of the session on show. */
export interface StoreReader {
  /** Another session is on show. */
  onSession?(): void;
  onSessions?(): void;
  onPoint?(point: HistoryPoint, current: CurrentFigures): void;
  onBands?(bands: readonly HistoryBand[]): void;
  onHappenings?(events: readonly HistoryEvent[]): void;
  onAllocations?(allocations: AllocationStore): void;
  onHandles?(handles: HandlesView): void;
  onCleared?(): void;
}

/** Follows the session on show for one view: while the view is active it hears of every change, and the lists are read. */
export class StoreListener {
  readonly #profiler: Profiler;
  readonly #reader: StoreReader;
  readonly #onCurrent = (): void => {
    this.#attach();
    this.#reader.onSession?.();
  };
  readonly #onSessions = (): void => this.#reader.onSessions?.();
  #isActive = false;
  #detach: (() => void) | null = null;

  constructor(profiler: Profiler, reader: StoreReader) {
    this.#profiler = profiler;
    this.#reader = reader;
    profiler.events.on('current', this.#onCurrent);
    profiler.events.on('sessions', this.#onSessions);
  }

  setActive(isActive: boolean): void {
    if (isActive === this.#isActive) return;
    this.#isActive = isActive;
    this.#attach();
  }

  dispose(): void {
    this.#detach?.();
    this.#profiler.events.off('current', this.#onCurrent);
    this.#profiler.events.off('sessions', this.#onSessions);
  }

  #attach(): void {
    this.#detach?.();
    const session = this.#profiler.current;
    this.#detach = this.#isActive && session ? this.#listenTo(session) : null;
  }

  #listenTo(session: ProfiledSession): () => void {
    const release = session.readLists();
    const { events } = session.store;
    const onPoint = (point: HistoryPoint, current: CurrentFigures) => this.#reader.onPoint?.(point, current);
    const onBands = (bands: readonly HistoryBand[]) => this.#reader.onBands?.(bands);
    const onHappenings = (happenings: readonly HistoryEvent[]) => this.#reader.onHappenings?.(happenings);
    const onAllocations = (allocations: AllocationStore) => this.#reader.onAllocations?.(allocations);
    const onHandles = (handles: HandlesView) => this.#reader.onHandles?.(handles);
    const onCleared = () => this.#reader.onCleared?.();
    events.on('point', onPoint).on('bands', onBands).on('happenings', onHappenings).on('allocations', onAllocations).on('handles', onHandles).on('cleared', onCleared);
    return () => {
      release();
      events.off('point', onPoint).off('bands', onBands).off('happenings', onHappenings).off('allocations', onAllocations).off('handles', onHandles).off('cleared', onCleared);
    };
  }
}
