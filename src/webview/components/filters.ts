import { useCallback, useContext, useState } from 'preact/hooks';
import { isHandleFilter, toggleFilter, type HandleFilter } from '../../model/handleFilter';
import { PageContext } from './context';

/** The name under which the choice outlives the page, which VS Code throws away when the panel is hidden. */
const MEMORY = 'Filters of open handles';

export interface Filters {
  readonly chosen: readonly HandleFilter[];
  toggle(filter: HandleFilter): void;
  /** Gives up all others. */
  only(...filters: readonly HandleFilter[]): void;
}

/** Which filters of the handle list are chosen. */
export function useFilters(): Filters {
  const host = useContext(PageContext)?.host;
  const [chosen, setChosen] = useState<readonly HandleFilter[]>(() => (host?.recall(MEMORY) ?? []).filter(isHandleFilter));
  const choose = useCallback(
    (next: readonly HandleFilter[]) => {
      host?.remember(MEMORY, next);
      setChosen(next);
    },
    [host],
  );
  return { chosen, toggle: (filter) => choose(toggleFilter(chosen, filter)), only: (...filters) => choose(filters) };
}
