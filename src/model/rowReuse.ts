import type { AllocationRow } from '../protocol/allocations';
import type { HandleRow } from '../protocol/profile';

/**
 * Takes over the objects of the rows that did not change. A message brings every row as a new object; with this, "same
 * object" means "nothing to draw".
 */
export function reuseRows<T extends AllocationRow | HandleRow>(previous: readonly T[], next: readonly T[]): readonly T[] {
  const known = new Map(previous.map((row) => [row.id, row]));
  return next.map((row) => {
    const old = known.get(row.id);
    if (old === undefined) return row;
    // The figures change with every reading, the stacks hardly ever, and they are the part that is long.
    const kept = keepParts(old, row);
    return sameData(old, kept) ? old : kept;
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

/** The row with those of its stacks from before that did not change. */
function keepParts<T extends AllocationRow | HandleRow>(old: T, row: T): T {
  const kept = sameData(old.stack, row.stack) ? { ...row, stack: old.stack } : row;
  const isSame = 'causeStack' in old && 'causeStack' in kept && sameData(old.causeStack, kept.causeStack);
  return isSame ? { ...kept, causeStack: old.causeStack } : kept;
}

/** Equality of plain data, as it comes from JSON. */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
