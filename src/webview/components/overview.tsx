import './overview.css';
import { isHidden } from '../../model/hidden';
import type { PageState } from '../state';
import { AllocationHead, allocationBody, allocationData, allocationName } from './allocations';
import { handleBody, handleData, handleHead, handleName } from './handleRows';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import type { TabId } from './lists';
import { Problems } from './problems';
import { RowList } from './rowList';

/** How many rows of each list stand here. */
const TOP_ROWS = 5;

interface OverviewProps {
  readonly state: PageState;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
  onShow(tab: TabId): void;
  onShowProblems(): void;
}

/** How the program is: its problems, and the first rows of each list. */
export function Overview({ state, waiting, onShow, onShowProblems }: OverviewProps) {
  const { allocations, handles, hidden } = state;
  const sites = (allocations?.rows ?? []).filter(({ depth, kind }) => depth === 0 && kind !== 'more').slice(0, TOP_ROWS);
  const groups = (handles?.rows ?? [])
    .filter((row) => !isHidden(row, hidden))
    .sort((a, b) => b.count - a.count)
    .slice(0, TOP_ROWS);
  return (
    <>
      <Problems handles={handles} hidden={hidden} onShowAll={onShowProblems} />
      <div class="overview">
        <ListCard
          id="top-allocations"
          title="Most memory in use"
          notes={[]}
          content={topContent(sites.length, allocations?.missing ?? null, allocations === null ? waiting : null, allocations === null)}
        >
          <RowList label="Most memory in use" rows={sites} nameOf={allocationName} dataOf={allocationData} head={topHead} body={allocationBody} />
          <button type="button" class="show-more" onClick={() => onShow('allocations')}>
            All allocations
          </button>
        </ListCard>
        <ListCard
          id="top-handles"
          title="Most open"
          notes={[]}
          content={topContent(groups.length, handles?.missing ?? null, handles === null ? waiting : null, handles === null)}
        >
          <RowList label="Most open" rows={groups} nameOf={handleName} dataOf={handleData} head={handleHead} body={handleBody} />
          <button type="button" class="show-more" onClick={() => onShow('handles')}>
            All handles and pending operations
          </button>
        </ListCard>
      </div>
    </>
  );
}

function topHead(row: Parameters<typeof AllocationHead>[0]['row']) {
  return <AllocationHead row={row} />;
}

function topContent(count: number, missing: string | null, waiting: string | null, isUnread: boolean): ListContent {
  if (isUnread) return waiting === null ? NEVER_READ : { kind: 'waiting', text: waiting };
  if (missing !== null) return { kind: 'missing', text: missing };
  return count > 0 ? { kind: 'rows', figure: '' } : { kind: 'empty', text: 'Nothing yet.' };
}
