import { formatCount, formatMembers, formatQuantity } from '../../model/format';
import { membersOf } from '../../model/handleFilter';
import { hiddenCount } from '../../model/hidden';
import { isProblem, problemsOf } from '../../model/problems';
import type { HandlesView, Hidden } from '../../protocol/profile';
import { handleBody, handleData, handleHead, handleName } from './handleRows';
import { HiddenList } from './hiddenList';
import { ListCard, type ListContent } from './listCard';
import { RowList } from './rowList';

interface ProblemsProps {
  readonly handles: HandlesView | null;
  readonly hidden: Hidden;
  /** Shows all problems in the list of handles. */
  onShowAll(): void;
}

/** R14: the most urgent groups that wait for long. Not there when there is none; what was hidden keeps it, with the way back. */
export function Problems({ handles, hidden, onShowAll }: ProblemsProps) {
  if (handles?.missing !== null) return null;
  const { rows, omitted } = problemsOf(handles, hidden);
  const { count, estimated } = membersOf(problemsOf(handles, hidden, Infinity).rows);
  const hiddenProblems = hiddenCount(handles.rows.filter(isProblem), hidden);
  if (rows.length + hiddenProblems === 0) return null;
  const content: ListContent =
    rows.length > 0
      ? { kind: 'rows', figure: `${formatMembers(count, estimated)} in ${formatQuantity(rows.length + omitted, 'group')}` }
      : { kind: 'empty', text: `Nothing but what you have hidden: ${formatQuantity(hiddenProblems, 'group')}.` };
  return (
    <ListCard
      id="problems"
      tone={rows.some(({ stuck }) => stuck) ? 'error' : rows.length > 0 ? 'warning' : 'none'}
      title="Problems"
      notes={['Waiting for long, and no background work: what looks stuck first.']}
      content={content}
      tools={hiddenProblems > 0 && <HiddenList hidden={hidden} />}
    >
      <RowList label="Problems" rows={rows} nameOf={handleName} dataOf={handleData} head={handleHead} body={handleBody} />
      {omitted > 0 && (
        <button type="button" class="show-more" onClick={onShowAll}>
          Show {formatCount(omitted)} more below
        </button>
      )}
    </ListCard>
  );
}
