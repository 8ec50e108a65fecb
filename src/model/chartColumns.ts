import type { HistoryPoint } from '../protocol/profile';
import type { EpochMilliseconds, Milliseconds } from '../protocol/units';
import { firstFrom } from './historySearch';
import type { TimeRange } from './timeView';

/** A stretch of the history as a chart wants it: times, then one list of values per series, all of one length. */
export interface ChartColumns {
  readonly times: EpochMilliseconds[];
  readonly values: (number | null)[][];
}

export type PointValue = (point: HistoryPoint) => number | null;

export interface ColumnsRequest {
  /** What is on show; a point on each side of it is given too, so that lines go on to the edges. */
  readonly range: TimeRange;
  /** Points further apart have a gap between them. */
  readonly gap: Milliseconds;
  /** How many columns of pixels there are. */
  readonly width: number;
}

/** Width in pixels of the columns that points are thinned out in: what goes up and down in each pixel takes long to draw. */
const COLUMN_WIDTH = 2;
/** Points per column from which on they are thinned out. */
const DENSE = 2;

/**
 * Where points are missing (the program did not answer) a row without values breaks the lines: joining the ends would show
 * a trend that nobody measured. Where points are many, each narrow column gets two rows, with the lowest and the highest of its
 * values: what is drawn looks the same. Columns are aligned to the time, not to the edge, so that a peak does not
 * change its shape while it moves.
 */
export function chartColumns(history: readonly HistoryPoint[], series: readonly PointValue[], request: ColumnsRequest): ChartColumns {
  return new GrowingColumns(series).of(history, request);
}

/** The columns of a history that grows at its end: only what is new is put into them, as long as the view stays as it is. */
export class GrowingColumns {
  readonly #series: readonly PointValue[];
  #rows: Rows | null = null;
  #gap: Milliseconds = 0;
  #start: EpochMilliseconds = 0;
  #newest: HistoryPoint | undefined;

  constructor(series: readonly PointValue[]) {
    this.#series = series;
  }

  /** As `chartColumns` gives them. */
  of(history: readonly HistoryPoint[], { range, gap, width }: ColumnsRequest): ChartColumns {
    const first = Math.max(0, firstFrom(history, range.start) - 1);
    const last = Math.min(history.length - 1, firstFrom(history, range.end));
    const columns = width / COLUMN_WIDTH;
    const isDense = columns > 0 && last - first > DENSE * columns;
    const bucket = isDense ? (range.end - range.start) / columns : 0;
    const known = this.#newest === undefined ? -1 : firstFrom(history, this.#newest.time);
    const goesOn = this.#rows?.bucket === bucket && this.#gap === gap && this.#start <= range.start && known >= first && known <= last && history[known] === this.#newest;
    const rows = goesOn && this.#rows ? this.#rows : new Rows(this.#series, bucket);
    let previous = goesOn ? this.#newest : history[first];
    for (let index = goesOn ? known + 1 : first; index <= last; index++) {
      const point = history[index];
      if (!point) continue;
      if (previous && point.time - previous.time > gap) rows.addGap(previous.time + 1);
      rows.add(point);
      previous = point;
    }
    rows.dropBefore(history[first]?.time ?? range.start);
    [this.#rows, this.#gap, this.#start, this.#newest] = [rows, gap, range.start, previous];
    return rows.columns();
  }
}

/** Rows, oldest first; with `bucket` above 0, two for each stretch of that length. */
class Rows {
  readonly #series: readonly PointValue[];
  readonly bucket: Milliseconds;
  readonly #times: EpochMilliseconds[] = [];
  readonly #values: (number | null)[][];
  #openBucket = Number.NaN;
  /** How many rows the open bucket has. */
  #openRows = 0;

  constructor(series: readonly PointValue[], bucket: Milliseconds) {
    this.#series = series;
    this.bucket = bucket;
    this.#values = series.map(() => []);
  }

  add(point: HistoryPoint): void {
    const bucket = this.bucket > 0 ? Math.floor(point.time / this.bucket) : Number.NaN;
    // NaN is no bucket: it equals nothing.
    if (bucket !== this.#openBucket || this.#openRows === 0) {
      this.#openBucket = bucket;
      this.#openRows = 1;
      this.#push(point);
    } else if (this.#openRows === 1) {
      this.#openRows = 2;
      this.#push(point);
    } else {
      this.#merge(point);
    }
  }

  addGap(time: EpochMilliseconds): void {
    this.#openRows = 0;
    this.#times.push(time);
    for (const list of this.#values) list.push(null);
  }

  /** Forgets what is out of sight. */
  dropBefore(time: EpochMilliseconds): void {
    let count = 0;
    while ((this.#times[count] ?? Infinity) < time) count++;
    if (count === 0) return;
    this.#times.splice(0, count);
    for (const list of this.#values) list.splice(0, count);
    // What is left of the open bucket is too little to be merged into.
    if (this.#times.length < this.#openRows) this.#openRows = 0;
  }

  /** A copy: more may be added. */
  columns(): ChartColumns {
    return { times: [...this.#times], values: this.#values.map((list) => [...list]) };
  }

  #push(point: HistoryPoint): void {
    this.#times.push(point.time);
    for (let index = 0; index < this.#series.length; index++) this.#values[index]?.push(this.#series[index]?.(point) ?? null);
  }

  /** Keeps the two extremes of the bucket, the one that came later on the right. */
  #merge(point: HistoryPoint): void {
    const right = this.#times.length - 1;
    this.#times[right] = point.time;
    for (let index = 0; index < this.#series.length; index++) {
      const value = this.#series[index]?.(point) ?? null;
      const list = this.#values[index];
      if (!list || value === null) continue;
      const low = list[right - 1] ?? null;
      const high = list[right] ?? null;
      if (high === null) list[right] = value;
      else if (low === null) list[right - 1] = value;
      else if (value > Math.max(low, high) || value < Math.min(low, high)) {
        list[right - 1] = value > low ? Math.min(low, high) : Math.max(low, high);
        list[right] = value;
      }
    }
  }
}
