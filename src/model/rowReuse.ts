import type { HandleRow, SiteRow } from '../protocol/profile';

/**
 * Takes over the objects of the rows that did not change. A message brings every row as a new object; with this, "same
 * object" means "nothing to draw".
 */
export function reuseRows<T extends SiteRow | HandleRow>(previous: readonly T[], next: readonly T[]): readonly T[] {
  const known = new Map(previous.map((row) => [row.id, row]));
  return next.map((row) => {
    const old = known.get(row.id);
    if (old === undefined) return row;
    if (sameData(old, row)) return old;
    // The figures change with every reading, the stack hardly ever, and it is the part that is long.
    return sameData(old.stack, row.stack) ? { ...row, stack: old.stack } : row;
  });
}

/**
 * The rows in the order they had, new ones behind: a list under the mouse pointer must not move the row away that is about
 * to be clicked.
 */
export function keepOrder<T extends { readonly id: string }>(rows: readonly T[], previousIds: readonly string[]): readonly T[] {
  const places = new Map(previousIds.map((id, index) => [id, index]));
  const place = (row: T) => places.get(row.id) ?? previousIds.length;
  return [...rows].sort((a, b) => place(a) - place(b));
}

/** Equality of plain data, as it comes from JSON. */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const entries = Object.entries(a);
  const others = new Map<string, unknown>(Object.entries(b));
  return entries.length === others.size && entries.every(([key, value]) => others.has(key) && sameData(value, others.get(key)));
}
