import { useCallback, useContext, useState } from 'preact/hooks';
import { PageContext } from './context';

/** Ids that are remembered per list: those of long gone rows must not pile up. */
const REMEMBERED = 200;

/** Which rows of a list are open; outlives the page, which VS Code throws away when the panel is hidden. */
export function useExpansion(list: string): { readonly isOpen: (id: string) => boolean; readonly toggle: (id: string) => void } {
  const host = useContext(PageContext)?.host;
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(host?.recall(list)));
  const toggle = useCallback(
    (id: string) => {
      setOpen((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        host?.remember(list, [...after].slice(-REMEMBERED));
        return after;
      });
    },
    [host, list],
  );
  return { isOpen: (id) => open.has(id), toggle };
}
