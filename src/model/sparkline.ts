import type { HistoryPoint } from '../protocol/profile';
import type { Milliseconds } from '../protocol/units';

/** A line that changes by less than this share of its height is drawn flat: noise must not look like an event. */
const FLAT_SHARE = 0.1;

/**
 * The first point of each stretch of time, and the newest: more would be in one place. Stretches are aligned to
 * the time, so that the same points are kept while the line moves on.
 */
export function sparsePoints(history: readonly HistoryPoint[], stretch: Milliseconds): readonly HistoryPoint[] {
  const kept: HistoryPoint[] = [];
  let last = Number.NaN;
  for (const point of history) {
    const at = Math.floor(point.time / stretch);
    if (at !== last) kept.push(point);
    last = at;
  }
  const newest = history.at(-1);
  if (newest && kept.at(-1) !== newest) kept.push(newest);
  return kept;
}

/**
 * The path of a small line chart in the box `width` × `height`, newest value at the right edge, for the `d` of an SVG path.
 * `capacity` is how many values span the width: a short history begins somewhere in the middle.
 */
export function sparkline(values: readonly (number | null)[], capacity: number, width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return '';
  const high = Math.max(...known);
  const low = Math.min(...known);
  const range = Math.max(high - low, Math.abs(high) * FLAT_SHARE, Number.MIN_VALUE);
  const middle = (high + low) / 2;
  const start = Math.max(0, capacity - values.length);
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = ((start + index) / Math.max(1, capacity - 1)) * width;
    const y = height / 2 - ((value - middle) / range) * height;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}
