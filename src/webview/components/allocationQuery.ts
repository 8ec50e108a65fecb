import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import type { AllocationGrouping, AllocationMeasure, AllocationQuery } from '../../protocol/allocations';
import { PageContext } from './context';

export const GROUPINGS: readonly AllocationGrouping[] = ['sites', 'functions', 'files', 'packages', 'callTree'];
export const MEASURES: readonly AllocationMeasure[] = ['inUse', 'allocated', 'growth', 'allocatedSince', 'interval'];

/** The names under which choices outlive the page, which VS Code throws away when the panel is hidden. */
const CHOICE = 'View of allocations';
const EXPANDED = 'Rows of allocations';

const FIRST_ROWS = 50;
const MOST_EXPANDED = 200;

const DEFAULT: AllocationQuery = { grouping: 'sites', measure: 'inUse', expanded: [], limit: FIRST_ROWS, filter: '' };

export interface ChosenQuery {
  readonly query: AllocationQuery;
  choose(change: Partial<AllocationQuery>): void;
  /** Lists the children of a row, or leaves them out. */
  toggle(id: string): void;
}

/** What the user wants to see of allocations. The rows are made in the extension host, which has all of them. */
export function useAllocationQuery(): ChosenQuery {
  const host = useContext(PageContext)?.host;
  const [query, setQuery] = useState<AllocationQuery>(() => recalled(host?.recall(CHOICE) ?? [], host?.recall(EXPANDED) ?? []));
  useEffect(() => {
    host?.remember(CHOICE, [query.grouping, query.measure]);
    host?.remember(EXPANDED, query.expanded);
    host?.post({ type: 'allocationQuery', query });
  }, [host, query]);
  const choose = useCallback((change: Partial<AllocationQuery>) => setQuery((before) => ({ ...before, limit: FIRST_ROWS, ...change })), []);
  const toggle = useCallback(
    (id: string) =>
      setQuery((before) => {
        const others = before.expanded.filter((other) => other !== id);
        const expanded = others.length < before.expanded.length ? others : [...others, id].slice(-MOST_EXPANDED);
        return { ...before, expanded };
      }),
    [],
  );
  return { query, choose, toggle };
}

function recalled([grouping, measure]: readonly string[], expanded: readonly string[]): AllocationQuery {
  return {
    ...DEFAULT,
    grouping: GROUPINGS.find((known) => known === grouping) ?? DEFAULT.grouping,
    measure: MEASURES.find((known) => known === measure) ?? DEFAULT.measure,
    expanded,
  };
}
