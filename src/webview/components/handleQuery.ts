import { useCallback, useContext, useMemo, useState } from 'preact/hooks';
import { isHandleFilter, toggleFilter } from '../../model/handleFilter';
import type { HandleFilter, HandleQuery, HandleSort } from '../../protocol/lists';
import { PageContext } from './context';

/** The names under which the choices outlive the page, which VS Code throws away when the panel is hidden. */
const FILTERS = 'Filters of open handles';
const VIEW = 'View of open handles';

const SORTS: readonly HandleSort[] = ['urgency', 'count', 'wait', 'grown', 'name'];

export interface ChosenHandles {
  readonly query: HandleQuery;
  choose(change: Partial<HandleQuery>): void;
  toggle(filter: HandleFilter): void;
}

/** What the user wants to see of handles and pending operations. */
export function useHandleQuery(): ChosenHandles {
  const host = useContext(PageContext)?.host;
  const [query, setQuery] = useState<HandleQuery>(() => {
    const [sort, search] = host?.recall(VIEW) ?? [];
    return { filters: (host?.recall(FILTERS) ?? []).filter(isHandleFilter), search: search ?? '', sort: SORTS.find((known) => known === sort) ?? 'urgency' };
  });
  const choose = useCallback(
    (change: Partial<HandleQuery>) =>
      setQuery((before) => {
        const after = { ...before, ...change };
        host?.remember(FILTERS, after.filters);
        host?.remember(VIEW, [after.sort, after.search]);
        return after;
      }),
    [host],
  );
  return useMemo(() => ({ query, choose, toggle: (filter) => choose({ filters: toggleFilter(query.filters, filter) }) }), [query, choose]);
}
