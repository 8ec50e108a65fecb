import { useCallback, useContext, useMemo, useState } from 'preact/hooks';
import type { RowWindow } from '../../protocol/lists';
import { PageContext } from './context';
import type { ListView } from './listsContext';

/** The row that the keyboard acts on. The id is null while its row is still to come. */
export interface ActiveRow {
  readonly id: string | null;
  readonly position: number;
}

/** What a grid shows of its list, and where the keyboard is in it. */
export interface GridState extends ListView {
  readonly active: ActiveRow | null;
  setWindow(window: RowWindow): void;
  setActive(active: ActiveRow): void;
  /** Makes a row the active one, wherever it is, and `revealed` until it has been brought into sight. */
  reveal(id: string): void;
  readonly revealed: string | null;
  endReveal(): void;
  /** Keeps knowing where a row is in which the focus is, however far it scrolls. */
  setPinned(id: string | null): void;
}

/** More than fits on a screen: the first rows come with the first message. */
const FIRST_WINDOW: RowWindow = { first: 0, count: 80 };

/**
 * @param id Names the list; the active row is remembered by it.
 * @param open Rows that show a body below.
 */
export function useGridState(id: string, open: readonly string[], first: RowWindow = FIRST_WINDOW): GridState {
  const host = useContext(PageContext)?.host;
  const memory = `Active row of ${id}`;
  const [window, setWindow] = useState(first);
  const [active, setActiveRow] = useState<ActiveRow | null>(() => {
    const remembered = host?.recall(memory)[0];
    return remembered === undefined ? null : { id: remembered, position: 0 };
  });
  const [pinned, setPinned] = useState<string | null>(null);
  const [revealed, setRevealed] = useState<string | null>(null);
  const setActive = useCallback(
    (row: ActiveRow) => {
      setActiveRow(row);
      if (row.id !== null) host?.remember(memory, [row.id]);
    },
    [host, memory],
  );
  const changeWindow = useCallback((next: RowWindow) => setWindow((before) => (before.first === next.first && before.count === next.count ? before : next)), []);
  const tracked = useMemo(() => [...new Set([...open, active?.id ?? null, pinned].filter((row) => row !== null))], [open, active, pinned]);
  const reveal = (row: string) => {
    setActive({ id: row, position: 0 });
    setRevealed(row);
  };
  return { id, window, tracked, active, setWindow: changeWindow, setActive, reveal, revealed, endReveal: () => setRevealed(null), setPinned };
}
