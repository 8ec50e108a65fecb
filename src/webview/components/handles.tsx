import './handles.css';
import { useMemo } from 'preact/hooks';
import { formatClock, formatCount, formatMembers, formatQuantity } from '../../model/format';
import { filterRows, membersOf } from '../../model/handleFilter';
import { isHidden } from '../../model/hidden';
import type { HandlesView, Hidden } from '../../protocol/profile';
import { FilterBar } from './filterBar';
import type { Filters } from './filters';
import { handleBody, handleData, handleHead, handleName } from './handleRows';
import { HiddenList } from './hiddenList';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import { RowList } from './rowList';

interface HandlesProps {
  readonly handles: HandlesView | null;
  readonly hidden: Hidden;
  readonly filters: Filters;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

/** What the program is still waiting for, by what opened it: stuck first, then the longest wait. */
export function Handles({ handles, hidden, filters, waiting }: HandlesProps) {
  const { chosen } = filters;
  const offered = useMemo(() => (handles?.rows ?? []).filter((row) => !isHidden(row, hidden)), [handles, hidden]);
  const rows = useMemo(() => filterRows(offered, chosen), [offered, chosen]);
  const hasRows = handles?.missing === null && handles.rows.length > 0;
  return (
    <ListCard
      id="handles"
      title="Open handles & pending operations"
      notes={notesOf(handles)}
      content={contentOf(handles, rows.length > 0, offered.length > 0, waiting)}
      tools={
        hasRows && (
          <>
            <FilterBar rows={offered} filters={filters} hasMark={handles.markedAt !== null} hasInterval={handles.rows[0]?.appeared != null} />
            <HiddenList hidden={hidden} />
          </>
        )
      }
    >
      <RowList label="Open handles" rows={rows} nameOf={handleName} dataOf={handleData} head={handleHead} body={handleBody} />
    </ListCard>
  );
}

/** What one must know to read the list: one line on the list as such, one on this reading. */
function notesOf(handles: HandlesView | null): readonly string[] {
  const always = 'Grouped by type, state and the stack that opened them. Time paused in the debugger does not count as waiting.';
  if (handles?.missing !== null) return [always];
  const { pendingMissing, pendingMode, markedAt } = handles;
  const now = [
    pendingMissing ?? (pendingMode === 'sampled' ? 'Counts marked ~ are estimates from a sample.' : ''),
    markedAt === null ? '' : `The mark was set at ${formatClock(markedAt, true)}.`,
  ].filter((sentence) => sentence !== '');
  return now.length === 0 ? [always] : [always, now.join(' ')];
}

function contentOf(handles: HandlesView | null, hasRows: boolean, hasOffered: boolean, waiting: string | null): ListContent {
  if (!handles) return waiting === null ? NEVER_READ : { kind: 'waiting', text: waiting };
  if (handles.missing !== null) return { kind: 'missing', text: handles.missing };
  if (handles.rows.length === 0) return { kind: 'empty', text: 'Nothing is open that the program waits for.' };
  if (hasRows) return { kind: 'rows', figure: totals(handles) };
  return { kind: 'empty', text: hasOffered ? 'No group is left by these filters.' : 'All groups are hidden.' };
}

function totals({ total, rows, omittedGroups }: HandlesView): string {
  const { estimated } = membersOf(rows);
  const listed = `${formatMembers(total, estimated)} in ${formatQuantity(rows.length + omittedGroups, 'group')}`;
  return omittedGroups === 0 ? listed : `${listed}, ${formatCount(omittedGroups)} not listed`;
}
