/**
 * The rows in the order they had, new ones behind: a list under the mouse pointer must not move the row away that is about
 * to be clicked.
 */
export function keepOrder<T extends { readonly id: string }>(rows: readonly T[], previousIds: readonly string[]): readonly T[] {
  const places = new Map(previousIds.map((id, index) => [id, index]));
  const place = (row: T) => places.get(row.id) ?? previousIds.length;
  return [...rows].sort((a, b) => place(a) - place(b));
}
