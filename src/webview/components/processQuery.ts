import { useCallback, useContext, useState } from 'preact/hooks';
import type { ProcessQuery, ProcessSort } from '../../protocol/processes';
import { PageContext } from './context';

/** The name under which the choices outlive the page, which VS Code throws away when the panel is hidden. */
const VIEW = 'View of processes';

export const PROCESS_SORTS: readonly ProcessSort[] = ['tree', 'name', 'cpu', 'rss', 'heap', 'handles', 'stuck'];

export interface ChosenProcesses {
  readonly query: ProcessQuery;
  choose(change: Partial<ProcessQuery>): void;
}

/** What the user wants to see of the programs. */
export function useProcessQuery(): ChosenProcesses {
  const host = useContext(PageContext)?.host;
  const [query, setQuery] = useState<ProcessQuery>(() => {
    const [sort, search] = host?.recall(VIEW) ?? [];
    return { search: search ?? '', sort: PROCESS_SORTS.find((known) => known === sort) ?? 'tree' };
  });
  const choose = useCallback(
    (change: Partial<ProcessQuery>) =>
      setQuery((before) => {
        const after = { ...before, ...change };
        host?.remember(VIEW, [after.sort, after.search]);
        return after;
      }),
    [host],
  );
  return { query, choose };
}
