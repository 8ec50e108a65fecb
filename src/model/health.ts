import type { Health } from '../protocol/panel';
import type { HandleRow, HandlesView, Hidden, HistoryPoint } from '../protocol/profile';
import { problemsOf } from './problems';

/** Points before the newest that growth is measured against. */
const GROWTH_POINTS = 5;
const GROWTH_FACTOR = 1.1;

/** Whether anything is known of what the program waits for: its handles, its pending operations, or both. */
export function isWaitingKnown({ missing, pendingMissing }: Pick<HandlesView, 'missing' | 'pendingMissing'>): boolean {
  return missing === null || pendingMissing === null;
}

/** R14, over what the user has not hidden. */
export function healthOf(handles: HandlesView, hidden: Hidden): Health {
  const problems = shownProblems(handles, hidden);
  if (problems.some(({ stuck }) => stuck)) return 'stuck';
  return problems.length > 0 ? 'longWait' : 'healthy';
}

/** How many have waited long, are no background work and are not hidden. */
export function longWaits(handles: HandlesView, hidden: Hidden): number {
  return total(shownProblems(handles, hidden), ({ longCount }) => longCount);
}

/** How many look stuck and are not hidden. */
export function stuckMembers(handles: HandlesView, hidden: Hidden): number {
  return total(shownProblems(handles, hidden), ({ stuckCount }) => stuckCount);
}

/** By how much the used heap is above the mean of the five points before, as a share; null when it is not growing. */
export function heapGrowth(history: readonly HistoryPoint[]): number | null {
  const now = history.at(-1);
  const before = history.slice(-GROWTH_POINTS - 1, -1);
  if (now === undefined || before.length < GROWTH_POINTS) return null;
  const mean = before.reduce((sum, point) => sum + point.usedHeapBytes, 0) / before.length;
  return mean > 0 && now.usedHeapBytes > GROWTH_FACTOR * mean ? now.usedHeapBytes / mean - 1 : null;
}

function shownProblems(handles: HandlesView, hidden: Hidden): readonly HandleRow[] {
  return problemsOf(handles, hidden, Infinity).rows;
}

function total(rows: readonly HandleRow[], figure: (row: HandleRow) => number): number {
  return rows.reduce((sum, row) => sum + figure(row), 0);
}
