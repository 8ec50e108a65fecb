import type { HistoryPoint } from '../protocol/profile';
import type { EpochMilliseconds } from '../protocol/units';

/** A history as a chart wants it: times, then one list of values per series, all of one length. */
export interface ChartColumns {
  readonly times: readonly EpochMilliseconds[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Points may come late; past this many intervals something was missed. */
const GAP_INTERVALS = 3;

/**
 * Where points are missing (the program did not answer) a row without values breaks the lines: joining the ends would show
 * a trend that nobody measured.
 */
export function chartColumns(
  history: readonly HistoryPoint[],
  series: readonly ((point: HistoryPoint) => number | null)[],
  intervalSeconds: number,
): ChartColumns {
  const times: EpochMilliseconds[] = [];
  const values: (number | null)[][] = series.map(() => []);
  const gap = GAP_INTERVALS * intervalSeconds * 1000;
  let previous = history[0]?.time ?? 0;
  for (const point of history) {
    if (point.time - previous > gap) {
      times.push(previous + 1);
      for (const list of values) list.push(null);
    }
    times.push(point.time);
    series.forEach((value, index) => values[index]?.push(value(point)));
    previous = point.time;
  }
  return { times, values };
}
