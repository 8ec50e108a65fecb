import { useEffect } from 'preact/hooks';
import type { PanelList } from '../../protocol/panel';

/** A row that the host asked for. Each request is an object of its own, so that the same row can be asked for again. */
export interface RowToReveal {
  readonly list: PanelList;
  readonly id: string;
}

/** Frames that a tab may take to be drawn with its rows. */
const PATIENCE = 60;

/** Shows the list of a row that was asked for, opens the row and gives it the focus. A row that is not listed any more is left. */
export function useReveal(row: RowToReveal | null, show: (list: PanelList) => void): void {
  useEffect(() => {
    if (row === null) return;
    show(row.list);
    let left = PATIENCE;
    let request = requestAnimationFrame(function look() {
      const toggle = document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(row.id)}"] .row-toggle`);
      if (toggle === null) {
        if (left-- > 0) request = requestAnimationFrame(look);
        return;
      }
      if (toggle.getAttribute('aria-expanded') !== 'true') toggle.click();
      toggle.focus();
      toggle.scrollIntoView({ block: 'center' });
    });
    return () => cancelAnimationFrame(request);
    // `show` is another function with each drawing; what is to be shown is told by the row alone.
  }, [row]);
}
