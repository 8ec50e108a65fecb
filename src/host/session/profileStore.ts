import { EventEmitter } from 'node:events';
import * as l10n from '@vscode/l10n';
import { arrivalCoverage } from '../../model/coverage';
import { countsOf, GroupArrivals, type GroupCounts } from '../../model/groupTrends';
import { formatClock } from '../../model/format';
import { frameOrigin } from '../../model/frameOrigin';
import { currentFigures, historyPoint } from '../../model/historyPoint';
import { History, type Pace } from '../../model/history';
import type { AllocationReading, Baseline, ExternalMemory } from '../../protocol/allocations';
import type { HandleReading, RuntimeSample } from '../../protocol/collector';
import type { Frame, RawFrame } from '../../protocol/frames';
import type { CurrentFigures, HandlesView, HistoryBand, HistoryEvent, HistoryPoint, Interval } from '../../protocol/profile';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';
import { AllocationStore } from './allocationStore';
import { handlesView, type Mark, type ToFrame } from './readings';

interface StoreEvents {
  point: [HistoryPoint, CurrentFigures];
  bands: [readonly HistoryBand[]];
  happenings: [readonly HistoryEvent[]];
  /** What is known of allocations has changed: ask for what is on show. */
  allocations: [AllocationStore];
  handles: [HandlesView];
  cleared: [];
}

/** All that is known of one session's program. It outlives the program: views come and go, and read it anew. */
export class ProfileStore {
  readonly events = new EventEmitter<StoreEvents>();
  readonly allocations: AllocationStore;
  readonly #toFrame: ToFrame;
  readonly #history: History;
  #lastSample: RuntimeSample | null = null;
  /** The program tells a delay of its loop once: what a reading between two ticks was told belongs to the next point. */
  #delayMeanwhile: Milliseconds | null = null;
  #current: CurrentFigures | null = null;
  #handles: HandlesView | null = null;
  #handleCounts: GroupCounts | null = null;
  #arrivals = new GroupArrivals();
  #interval: Interval | null = null;
  #mark: Mark | null = null;
  #readAt: EpochMilliseconds | null = null;

  constructor(pace: Pace, toFrame: ToFrame, allocations = new AllocationStore(toFrame)) {
    this.#history = new History(pace);
    this.#toFrame = toFrame;
    this.allocations = allocations;
  }

  /** A saved profile, as it was. */
  static ofSaved({ allocations, allocationsReadAt, external, sampler, current, history, bands, events, handles, savedAt }: SavedProfile): ProfileStore {
    const time = Date.parse(savedAt);
    const store = new ProfileStore(SAVED_PACE, keepPlace, allocations ? AllocationStore.ofSaved(allocations, external, sampler, Date.parse(allocationsReadAt ?? savedAt)) : undefined);
    store.#history.restore(history, bands, events);
    store.#current = current;
    store.#handles = handles;
    store.#readAt = time;
    return store;
  }

  /** A copy, oldest first. */
  get history(): HistoryPoint[] {
    return this.#history.points;
  }

  get bands(): HistoryBand[] {
    return this.#history.bands;
  }

  /** What happened, oldest first. */
  get happenings(): HistoryEvent[] {
    return this.#history.events;
  }

  get current(): CurrentFigures | null {
    return this.#current;
  }

  get handles(): HandlesView | null {
    return this.#handles;
  }

  /** When the newest figures were read. */
  get readAt(): EpochMilliseconds | null {
    return this.#readAt;
  }

  /** Begins a new stretch of measuring: what comes next is not compared with what was before. */
  setBaseline(sample: RuntimeSample): void {
    this.#lastSample = sample;
    this.#delayMeanwhile = null;
    this.#handleCounts = null;
    this.#arrivals = new GroupArrivals();
    this.#interval = null;
    this.#mark = null;
    this.allocations.reset();
  }

  /** Adds a point: rates over the time since the sample before. Nothing without a baseline. */
  addSample(sample: RuntimeSample, time: EpochMilliseconds): void {
    const before = this.#lastSample;
    this.#setCurrent(withDelay(sample, this.#delayMeanwhile), time);
    this.#lastSample = sample;
    this.#delayMeanwhile = null;
    if (this.#current === null || before === null) return;
    const point = historyPoint(time, this.#current, before);
    const isMarked = this.#history.add(point);
    this.events.emit('point', point, this.#current);
    if (isMarked) this.#tellBands();
  }

  /**
   * Shows a sample's figures without a point in the history: for a reading between two ticks. Its rates stay those of the
   * last tick, since a rate over a few milliseconds says nothing.
   */
  updateCurrent(sample: RuntimeSample, time: EpochMilliseconds): void {
    const rates = this.#current && ratesOf(this.#current);
    this.#delayMeanwhile = longerDelay(this.#delayMeanwhile, sample.loopDelayP99);
    this.#setCurrent(sample, time);
    if (rates && this.#current) this.#current = { ...this.#current, ...rates };
  }

  /** @param sample Taken with the reading. */
  setAllocations(reading: AllocationReading, sample: RuntimeSample, time: EpochMilliseconds): void {
    this.allocations.add(reading, externalMemory(sample), sample.clock, time);
    this.events.emit('allocations', this.allocations);
  }

  /** Changes what the views of allocations compare with, or look at. */
  changeAllocations(change: (allocations: AllocationStore) => void): void {
    change(this.allocations);
    this.events.emit('allocations', this.allocations);
  }

  setHandles(reading: HandleReading, time: EpochMilliseconds = Date.now()): void {
    const view = handlesView(reading, { previous: this.#handleCounts, mark: this.#mark }, this.#toFrame);
    const counts = countsOf(view.rows);
    this.#arrivals.add(time, this.#handleCounts, counts);
    this.#handleCounts = counts;
    this.#handles = this.#withArrivals(view);
    this.events.emit('handles', this.#handles);
  }

  /** Looks at a stretch of the history: what was allocated in it, and which handles came. Null for none. */
  selectInterval(interval: Interval | null): void {
    this.#interval = interval;
    this.changeAllocations((allocations) => allocations.selectInterval(interval));
    if (this.#handles === null) return;
    this.#handles = this.#withArrivals(this.#handles);
    this.events.emit('handles', this.#handles);
  }

  /** What one must know to read what came in the selected time: a sentence each. */
  get arrivalNotes(): string[] {
    return this.#interval === null ? [] : arrivalCoverage(this.#interval, this.#arrivals.covered(this.#interval.from, this.#interval.to));
  }

  #withArrivals(view: HandlesView): HandlesView {
    const came = this.#interval && this.#arrivals.between(this.#interval.from, this.#interval.to);
    return { ...view, rows: view.rows.map((row) => ({ ...row, appeared: came && (came.get(row.id) ?? 0) })) };
  }

  /** Marks the newest readings: what comes is compared with them. Does nothing to lists that have not been read yet. */
  setMark(time: EpochMilliseconds): void {
    const baseline: Baseline = { kind: 'mark', name: l10n.t('at the mark ({0})', formatClock(time, true)), time };
    this.changeAllocations((allocations) => allocations.setMark(baseline));
    this.addEvent({ kind: 'mark', time, text: l10n.t('Mark') });
    if (this.#handleCounts === null || this.#handles === null) return;
    this.#mark = { counts: this.#handleCounts, time };
    this.#handles = { ...this.#handles, rows: this.#handles.rows.map((row) => ({ ...row, sinceMark: 0 })), markedAt: time };
    this.events.emit('handles', this.#handles);
  }

  clearHistory(): void {
    this.#history.clear();
    this.events.emit('cleared');
    this.#tellBands();
    this.events.emit('happenings', this.happenings);
  }

  #setCurrent(sample: RuntimeSample, time: EpochMilliseconds): void {
    if (this.#lastSample === null) return;
    this.#current = currentFigures(this.#lastSample, sample, { heapObjects: this.allocations.liveObjects });
    this.#readAt = time;
  }

  setPace(pace: Pace): void {
    this.#history.setPace(pace);
  }

  /** A stretch without usual figures begins; nothing while one of its kind lasts. */
  beginBand(kind: HistoryBand['kind'], time: EpochMilliseconds): void {
    this.#history.begin(kind, time);
    this.#tellBands();
  }

  endBand(kind: HistoryBand['kind'], time: EpochMilliseconds): void {
    this.#history.end(kind, time);
    this.#tellBands();
  }

  /** The program did not answer in between; marked when that was longer than a tick. */
  addUnanswered(from: EpochMilliseconds, to: EpochMilliseconds): void {
    if (this.#history.unanswered(from, to)) this.#tellBands();
  }

  addEvent(event: HistoryEvent): void {
    this.#history.happened(event);
    this.events.emit('happenings', this.happenings);
  }

  /** The program is gone. */
  endHistory(event: HistoryEvent): void {
    this.#history.endAll(event.time);
    this.#tellBands();
    this.addEvent(event);
  }

  #tellBands(): void {
    this.events.emit('bands', this.bands);
  }
}

/** Nothing is added to a saved history: it has room for whatever the file holds. */
const SAVED_PACE: Pace = { capacity: 1, interval: 0 };

/** Frames of a saved profile are mapped already. */
function keepPlace({ functionName, url, line, column }: RawFrame): Frame {
  return { functionName, file: url, line, column, origin: frameOrigin(url) };
}

function externalMemory({ externalBytes, arrayBufferBytes }: RuntimeSample): ExternalMemory | null {
  if (externalBytes === null || arrayBufferBytes === null) return null;
  return { arrayBufferBytes, otherExternalBytes: Math.max(0, externalBytes - arrayBufferBytes) };
}

function withDelay(sample: RuntimeSample, delay: Milliseconds | null): RuntimeSample {
  return { ...sample, loopDelayP99: longerDelay(sample.loopDelayP99, delay) };
}

function longerDelay(one: Milliseconds | null, other: Milliseconds | null): Milliseconds | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

type Rates = Pick<CurrentFigures, 'cpuPercent' | 'cpuUserSeconds' | 'cpuSystemSeconds' | 'loopDelayP99' | 'loopUtilization'>;

function ratesOf({ cpuPercent, cpuUserSeconds, cpuSystemSeconds, loopDelayP99, loopUtilization }: CurrentFigures): Rates {
  return { cpuPercent, cpuUserSeconds, cpuSystemSeconds, loopDelayP99, loopUtilization };
}
