import { useCallback, useContext, useState } from 'preact/hooks';
import type { AllocationGrouping, AllocationMeasure } from '../../protocol/allocations';
import type { AllocationListQuery, AllocationSort } from '../../protocol/lists';
import { PageContext } from './context';
import { useExpansion } from './expansion';

export const GROUPINGS: readonly AllocationGrouping[] = ['sites', 'functions', 'files', 'packages', 'callTree'];
export const MEASURES: readonly AllocationMeasure[] = ['inUse', 'allocated', 'growth', 'allocatedSince', 'interval'];
export const ALLOCATION_SORTS: readonly AllocationSort[] = ['size', 'other', 'objects', 'name'];

/** The names under which choices outlive the page, which VS Code throws away when the panel is hidden. */
const CHOICE = 'View of allocations';
const EXPANDED = 'Rows of allocations';

type Choices = Omit<AllocationListQuery, 'expanded'>;

export const DEFAULT_CHOICES: Choices = { grouping: 'sites', measure: 'inUse', filter: '', sort: 'size', opens: 'expanded' };

export interface ChosenQuery {
  readonly query: AllocationListQuery;
  choose(change: Partial<Choices>): void;
  /** Opens all rows of a tree, or closes them. */
  openAll(isOpen: boolean): void;
  readonly isOpen: (id: string) => boolean;
  readonly toggle: (id: string) => void;
}

/** What the user wants to see of allocations. The rows are made in the extension host, which has all of them. */
export function useAllocationQuery(): ChosenQuery {
  const host = useContext(PageContext)?.host;
  const [choices, setChoices] = useState<Choices>(() => recalled(host?.recall(CHOICE) ?? []));
  const expansion = useExpansion(EXPANDED);
  const choose = useCallback(
    (change: Partial<Choices>) =>
      setChoices((before) => {
        const after = { ...before, ...change };
        host?.remember(CHOICE, [after.grouping, after.measure, after.sort, after.opens, after.filter]);
        return after;
      }),
    [host],
  );
  const openAll = (isOpen: boolean) => {
    expansion.clear();
    choose({ opens: isOpen ? 'allButExpanded' : 'expanded' });
  };
  const isOpen = (id: string) => expansion.isOpen(id) === (choices.opens === 'expanded');
  return { query: { ...choices, expanded: expansion.ids }, choose, openAll, isOpen, toggle: expansion.toggle };
}

function recalled([grouping, measure, sort, opens, filter]: readonly string[]): Choices {
  return {
    grouping: GROUPINGS.find((known) => known === grouping) ?? DEFAULT_CHOICES.grouping,
    measure: MEASURES.find((known) => known === measure) ?? DEFAULT_CHOICES.measure,
    sort: ALLOCATION_SORTS.find((known) => known === sort) ?? DEFAULT_CHOICES.sort,
    opens: opens === 'allButExpanded' ? opens : 'expanded',
    filter: filter ?? '',
  };
}
