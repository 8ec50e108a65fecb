/** A row of a list, and of a tree how deep it is. */
interface Row {
  readonly id: string;
  readonly depth?: number;
}

/**
 * The rows in the order they had, new ones behind: a list under the mouse pointer must not move the row away that is about
 * to be clicked. What is new below another row stays behind what it comes after: somebody has opened that one.
 */
export function keepOrder<T extends Row>(rows: readonly T[], previousIds: readonly string[]): readonly T[] {
  const places = new Map(previousIds.map((id, index) => [id, index]));
  const place = (row: T) => places.get(row.id) ?? previousIds.length;
  const ahead: T[] = [];
  const kept: T[] = [];
  const behind = new Map<string, T[]>();
  let before: T[] = ahead;
  for (const row of rows) {
    if ((row.depth ?? 0) > 0 && !places.has(row.id)) {
      before.push(row);
      continue;
    }
    before = [];
    behind.set(row.id, before);
    kept.push(row);
  }
  kept.sort((a, b) => place(a) - place(b));
  return ahead.concat(kept.flatMap((row) => [row, ...(behind.get(row.id) ?? [])]));
}
