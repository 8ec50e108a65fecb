import { useCallback, useContext, useState } from 'preact/hooks';
import { PageContext } from './context';

/** Ids that are remembered per list: those of long gone rows must not pile up. */
const REMEMBERED = 200;

export interface Expansion {
  readonly ids: readonly string[];
  readonly isOpen: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
}

/** Which rows of a list are open; outlives the page, which VS Code throws away when the panel is hidden. */
export function useExpansion(list: string): Expansion {
  const host = useContext(PageContext)?.host;
  const [ids, setIds] = useState<readonly string[]>(() => host?.recall(list) ?? []);
  const change = useCallback(
    (next: (before: readonly string[]) => readonly string[]) =>
      setIds((before) => {
        const after = next(before).slice(-REMEMBERED);
        host?.remember(list, after);
        return after;
      }),
    [host, list],
  );
  const toggle = useCallback((id: string) => change((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before, id])), [change]);
  const clear = useCallback(() => change(() => []), [change]);
  return { ids, isOpen: (id) => ids.includes(id), toggle, clear };
}
