import * as l10n from '@vscode/l10n';
import { formatCount, formatMembers, formatQuantity } from '../../model/format';
import type { HandleQuery, RowWindow } from '../../protocol/lists';
import type { HandlesFacts } from '../../protocol/panel';
import type { Hidden } from '../../protocol/profile';
import { useExpansion } from './expansion';
import { useGridState } from './gridState';
import { handleLook } from './handleLook';
import { HiddenList } from './hiddenList';
import { ListCard, type ListContent } from './listCard';
import { useHandleList } from './listsContext';
import { RowGrid } from './rowGrid';

/** R14: as many problems as are listed. */
const TOP_PROBLEMS: RowWindow = { first: 0, count: 5 };
const PROBLEMS: HandleQuery = { filters: ['problems'], search: '', sort: 'urgency' };

interface ProblemsProps {
  readonly facts: HandlesFacts | null;
  readonly hidden: Hidden;
  /** Shows all problems in the list of handles. */
  onShowAll(): void;
}

/** R14: the most urgent groups that wait for long. Not there when there is none; what was hidden keeps it, with the way back. */
export function Problems({ facts, hidden, onShowAll }: ProblemsProps) {
  const expansion = useExpansion('Problems');
  const grid = useGridState('problems', expansion.ids, TOP_PROBLEMS);
  const list = useHandleList(grid, PROBLEMS);
  if (facts?.missing !== null || !list) return null;
  const { hiddenProblems } = facts;
  if (list.count + hiddenProblems === 0) return null;
  const { count, estimated } = list.left.problems;
  const content: ListContent =
    list.count > 0
      ? { kind: 'rows', figure: l10n.t('{0} in {1}', formatMembers(count, estimated), formatQuantity(list.count, 'group')) }
      : { kind: 'empty', text: l10n.t('Nothing but what you have hidden: {0}.', formatQuantity(hiddenProblems, 'group')) };
  const omitted = list.count - list.rows.length;
  return (
    <ListCard
      id="problems"
      tone={list.rows[0]?.stuck === true ? 'error' : list.count > 0 ? 'warning' : 'none'}
      title={l10n.t('Problems')}
      notes={[l10n.t('Waiting for long, and no background work: what looks stuck first.')]}
      content={content}
      tools={hiddenProblems > 0 && <HiddenList hidden={hidden} />}
    >
      <RowGrid label={l10n.t('Problems')} list={{ ...list, count: list.rows.length }} look={handleLook} grid={grid} expansion={expansion} />
      {omitted > 0 && (
        <button type="button" class="show-more" onClick={onShowAll}>
          {l10n.t('Show {0} more', formatCount(omitted))}
        </button>
      )}
    </ListCard>
  );
}
