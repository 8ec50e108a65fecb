import type { HandleRow, HandlesView, Hidden } from '../protocol/profile';
import { isHidden } from './hidden';

/** R14: as many problems as are listed. */
const MAX_PROBLEMS = 5;

export interface Problems {
  /** The most urgent, in the order of R10. */
  readonly rows: readonly HandleRow[];
  /** Problems that are not among `rows`. */
  readonly omitted: number;
}

/**
 * R14: groups that have waited long or look stuck, without background work, which waits for as long as the program runs,
 * and without what the user hid. The rows of a reading are in R10's order already, and keep it.
 */
export function problemsOf(handles: HandlesView, hidden: Hidden, limit = MAX_PROBLEMS): Problems {
  const all = handles.rows.filter((row) => isProblem(row) && !isHidden(row, hidden));
  return { rows: all.slice(0, limit), omitted: Math.max(0, all.length - limit) };
}

/** Whether a group is one, hidden or not. */
export function isProblem({ longWaiting, stuck, category }: HandleRow): boolean {
  return (longWaiting || stuck) && category !== 'background';
}
