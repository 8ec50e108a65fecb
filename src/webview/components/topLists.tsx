/** The first rows of the lists, for the overview. */
import * as l10n from '@vscode/l10n';
import { formatQuantity } from '../../model/format';
import type { AllocationListQuery, HandleQuery, RowWindow } from '../../protocol/lists';
import type { HandlesFacts } from '../../protocol/panel';
import type { AllocationsFacts } from '../../protocol/profile';
import { siteLook } from './allocationLook';
import { contentOf } from './allocations';
import { useExpansion } from './expansion';
import { useGridState } from './gridState';
import { handleLook } from './handleLook';
import { ListCard, NEVER_READ } from './listCard';
import { useAllocationList, useHandleList } from './listsContext';
import { RowGrid } from './rowGrid';

const TOP: RowWindow = { first: 0, count: 5 };
const SITES: AllocationListQuery = { grouping: 'sites', measure: 'inUse', expanded: [], filter: '', sort: 'size', opens: 'expanded' };
const LARGEST: HandleQuery = { filters: [], search: '', sort: 'count' };

interface TopListProps<Facts> {
  readonly facts: Facts | null;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
  onShowAll(): void;
}

export function TopSites({ facts, waiting, onShowAll }: TopListProps<AllocationsFacts>) {
  const expansion = useExpansion('Most memory in use');
  const grid = useGridState('topSites', expansion.ids, TOP);
  const list = useAllocationList(grid, SITES);
  return (
    <ListCard id="top-allocations" title={l10n.t('Most memory in use')} notes={[]} content={contentOf(facts, list, waiting)}>
      {list && <RowGrid label={l10n.t('Most memory in use')} list={{ ...list, count: list.rows.length }} look={siteLook} grid={grid} expansion={expansion} />}
      <button type="button" class="show-more" onClick={onShowAll}>
        {list && hasMore(list) ? l10n.t('All {0}', formatQuantity(list.count, 'allocation site')) : l10n.t('All allocations')}
      </button>
    </ListCard>
  );
}

/** Else "all" are those that are shown. */
function hasMore({ count, rows }: { readonly count: number; readonly rows: readonly unknown[] }): boolean {
  return count > rows.length;
}

export function LargestGroups({ facts, waiting, onShowAll }: TopListProps<HandlesFacts>) {
  const expansion = useExpansion('Most open');
  const grid = useGridState('largestGroups', expansion.ids, TOP);
  const list = useHandleList(grid, LARGEST);
  return (
    <ListCard id="top-handles" title={l10n.t('Most open or pending')} notes={[]} content={content()}>
      {list && <RowGrid label={l10n.t('Most open or pending')} list={{ ...list, count: list.rows.length }} look={handleLook} grid={grid} expansion={expansion} />}
      <button type="button" class="show-more" onClick={onShowAll}>
        {list && hasMore(list) ? l10n.t('All {0}', formatQuantity(list.count, 'group')) : l10n.t('All handles and pending operations')}
      </button>
    </ListCard>
  );

  function content() {
    if (!facts) return waiting === null ? NEVER_READ : ({ kind: 'waiting', text: waiting } as const);
    if (facts.missing !== null) return { kind: 'missing', text: facts.missing } as const;
    if (!list) return { kind: 'waiting', text: l10n.t('Loading…') } as const;
    return list.count > 0 ? ({ kind: 'rows', figure: '' } as const) : ({ kind: 'empty', text: l10n.t('Nothing is open that the program waits for.') } as const);
  }
}
