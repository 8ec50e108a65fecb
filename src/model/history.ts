import type { HistoryBand, HistoryEvent, HistoryPoint } from '../protocol/profile';
import type { EpochMilliseconds, Milliseconds } from '../protocol/units';
import { HistoryBands } from './historyBands';
import { Ring } from './ring';

/** Events kept; past this the oldest go. */
const MAX_EVENTS = 500;

/** How often there is a point, and how many are kept. */
export interface Pace {
  readonly capacity: number;
  readonly interval: Milliseconds;
}

/**
 * The history of one program: its points, the stretches in which it did not run or was not heard, and what happened. All of
 * it goes back as far as the points do. Between two points no tick is missing without a band over it.
 */
export class History {
  #points: Ring<HistoryPoint>;
  #interval: Milliseconds;
  #newest: HistoryPoint | null = null;
  #events: HistoryEvent[] = [];
  readonly #bands = new HistoryBands();

  constructor({ capacity, interval }: Pace) {
    this.#points = new Ring(capacity);
    this.#interval = interval;
  }

  /** Copies, the oldest first. */
  get points(): HistoryPoint[] {
    return this.#points.toArray();
  }

  get bands(): HistoryBand[] {
    return this.#bands.toArray();
  }

  get events(): HistoryEvent[] {
    return [...this.#events];
  }

  /** A history that was saved, as it was. */
  restore(points: readonly HistoryPoint[], bands: readonly HistoryBand[], events: readonly HistoryEvent[]): void {
    this.#points = new Ring(Math.max(1, points.length));
    for (const point of points) this.#points.add(point);
    for (const { kind, from, to } of bands) this.#bands.cover(kind, from, to ?? points.at(-1)?.time ?? from, 0);
    this.#events = [...events];
  }

  /** From now on. Keeps the newest points that fit. */
  setPace({ capacity, interval }: Pace): void {
    this.#interval = interval;
    if (capacity === this.#points.capacity) return;
    const points = this.#points.toArray();
    this.#points = new Ring(capacity);
    for (const point of points) this.#points.add(point);
  }

  /** @returns Whether the bands or events are others now. */
  add(point: HistoryPoint): boolean {
    const before = this.#newest;
    this.#points.add(point);
    this.#newest = point;
    const isMarked = before !== null && point.time - before.time > 2 * this.#interval && this.#bands.cover('lost', before.time, point.time, this.#interval);
    return this.#dropOld() || isMarked;
  }

  begin(kind: HistoryBand['kind'], time: EpochMilliseconds): void {
    this.#bands.begin(kind, time);
  }

  end(kind: HistoryBand['kind'], time: EpochMilliseconds): void {
    this.#bands.end(kind, time);
  }

  /** The program is gone: nothing lasts any more. */
  endAll(time: EpochMilliseconds): void {
    this.#bands.endAll(time);
  }

  /** The program did not answer in between. @returns Whether that is news: it took longer than a tick, and no band says so yet. */
  unanswered(from: EpochMilliseconds, to: EpochMilliseconds): boolean {
    return to - from > this.#interval && this.#bands.cover('busy', from, to, 0);
  }

  happened(event: HistoryEvent): void {
    this.#events.push(event);
    if (this.#events.length > MAX_EVENTS) this.#events.shift();
  }

  clear(): void {
    this.#points.clear();
    this.#newest = null;
    this.#events = [];
    this.#bands.clear();
  }

  #dropOld(): boolean {
    const oldest = this.#points.isFull ? this.#points.oldest : undefined;
    if (oldest === undefined) return false;
    const events = this.#events.filter(({ time }) => time >= oldest.time);
    const areDropped = events.length < this.#events.length;
    if (areDropped) this.#events = events;
    return this.#bands.dropBefore(oldest.time) || areDropped;
  }
}
