import type { RowChange } from '../protocol/lists';
import { sameData } from './sameData';

/**
 * What has to be sent for the rows: new ones whole, of known ones the properties that differ. The figures change with every
 * reading, the stacks hardly ever, and they are the part that is long.
 *
 * @param known The rows that were sent last, by id.
 */
export function rowChanges<Row extends { readonly id: string }>(known: ReadonlyMap<string, Row>, rows: readonly Row[]): RowChange<Row>[] {
  return rows.flatMap((row) => {
    const before = known.get(row.id);
    if (before === undefined) return [row];
    // Only another part of the same reading is in sight.
    if (before === row) return [];
    const changed = (Object.keys(row) as (keyof Row)[]).filter((key) => !sameData(before[key], row[key]));
    if (changed.length === 0) return [];
    return [Object.fromEntries([['id', row.id], ...changed.map((key) => [key, row[key]])]) as RowChange<Row>];
  });
}

/**
 * The other end: the rows of a window, in order. A row without a change keeps its object, so that "same object" means
 * "nothing to draw".
 *
 * @param known The rows before.
 */
export function changedRows<Row extends { readonly id: string }>(known: readonly Row[], order: readonly string[] | null, changes: readonly RowChange<Row>[]): readonly Row[] {
  if (order === null && changes.length === 0) return known;
  const rows = new Map<string, Row>(known.map((row) => [row.id, row]));
  for (const change of changes) {
    const before = rows.get(change.id);
    // A change of a row that is not known is the row.
    rows.set(change.id, before === undefined ? (change as Row) : { ...before, ...change });
  }
  const ids = order ?? known.map(({ id }) => id);
  return ids.flatMap((id) => rows.get(id) ?? []);
}
