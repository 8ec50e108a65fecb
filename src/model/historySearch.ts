import type { HistoryPoint } from '../protocol/profile';
import type { EpochMilliseconds, Milliseconds } from '../protocol/units';

/** Index of the first point that is not before `time`; the length when there is none. O(log n). */
export function firstFrom(history: readonly HistoryPoint[], time: EpochMilliseconds): number {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((history[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the point that is nearest to `time`; -1 when there is none. */
export function nearestIndex(history: readonly HistoryPoint[], time: EpochMilliseconds): number {
  const after = firstFrom(history, time);
  if (after === 0) return history.length > 0 ? 0 : -1;
  const before = history[after - 1];
  const next = history[after];
  return before && next && next.time - time < time - before.time ? after : after - 1;
}

/** The point that is nearest to `time`; undefined where none is within `gap`: nothing was measured then. */
export function pointNear(history: readonly HistoryPoint[], time: EpochMilliseconds, gap: Milliseconds): HistoryPoint | undefined {
  const point = history[nearestIndex(history, time)];
  return point && Math.abs(point.time - time) <= gap ? point : undefined;
}
