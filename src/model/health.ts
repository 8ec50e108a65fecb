import type { HandlesView, HistoryPoint } from '../protocol/profile';

/** How the program's open handles look as a whole. */
export type Health = 'healthy' | 'longWait' | 'stuck';

/** Points before the newest that growth is measured against. */
const GROWTH_POINTS = 5;
const GROWTH_FACTOR = 1.1;

/**
 * Background work is left out of the long waits: a listening server waits for as long as the program runs, and that is
 * its job.
 */
export function healthOf(handles: HandlesView): Health {
  if (handles.summary.potentiallyStuck > 0) return 'stuck';
  return longWaits(handles) > 0 ? 'longWait' : 'healthy';
}

/** Handles that have waited long and are no background work. */
export function longWaits(handles: HandlesView): number {
  let count = 0;
  for (const row of handles.rows) if (row.longWaiting && row.category !== 'background') count += row.count;
  return count;
}

/** By how much the used heap is above the mean of the five points before, as a share; null when it is not growing. */
export function heapGrowth(history: readonly HistoryPoint[]): number | null {
  const now = history.at(-1);
  const before = history.slice(-GROWTH_POINTS - 1, -1);
  if (now === undefined || before.length < GROWTH_POINTS) return null;
  const mean = before.reduce((sum, point) => sum + point.usedHeapBytes, 0) / before.length;
  return mean > 0 && now.usedHeapBytes > GROWTH_FACTOR * mean ? now.usedHeapBytes / mean - 1 : null;
}
