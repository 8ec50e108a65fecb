/** Rows to draw, and whether some of them are not the newest. */
export interface SpreadRows<Row> {
  readonly shown: readonly Row[];
  readonly isLate: boolean;
}

/**
 * Spreads the drawing of changed rows over several frames: of the rows that are drawn already, the first `limit` that changed are
 * taken as they are now, the others as they were. Rows that are not drawn yet are always new, and so is the order.
 *
 * @param drawn What the frame before gave. @param rows What is to be on show, unchanged rows as the same objects.
 */
export function spreadRows<Row extends { readonly id: string }>(drawn: readonly Row[], rows: readonly Row[], limit: number): SpreadRows<Row> {
  const before = new Map(drawn.map((row) => [row.id, row]));
  let changed = 0;
  const shown = rows.map((row) => {
    const old = before.get(row.id) ?? row;
    if (old !== row) changed++;
    return changed <= limit ? row : old;
  });
  return { shown, isLate: changed > limit };
}
