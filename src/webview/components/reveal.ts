import { useEffect } from 'preact/hooks';
import type { PanelList } from '../../protocol/panel';
import type { Expansion } from './expansion';
import type { GridState } from './gridState';

/** A row that the host asked for. Each request is an object of its own, so that the same row can be asked for again. */
export interface RowToReveal {
  readonly list: PanelList;
  readonly id: string;
}

/** Those that have been shown: a list that is on show again must not go back to one. */
const shown = new WeakSet<RowToReveal>();

/** Opens the row of a grid that was asked for, and gives it the focus once its place is known. One that is not listed any more is left. */
export function useReveal(row: RowToReveal | null, list: PanelList, grid: GridState, expansion: Pick<Expansion, 'isOpen' | 'toggle'>): void {
  useEffect(() => {
    if (row?.list !== list || shown.has(row)) return;
    shown.add(row);
    if (!expansion.isOpen(row.id)) expansion.toggle(row.id);
    grid.reveal(row.id);
    // Grid and expansion are other objects with each drawing; what is to be shown is told by the row alone.
  }, [row]);
}
