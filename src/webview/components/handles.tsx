import './handles.css';
import * as l10n from '@vscode/l10n';
import { formatClock, formatCount, formatMembers, formatQuantity } from '../../model/format';
import type { HandleSort } from '../../protocol/lists';
import type { HandlesFacts } from '../../protocol/panel';
import type { Hidden } from '../../protocol/profile';
import type { ShownHandles } from '../state';
import type { Sorting } from './columnHeads';
import { useExpansion } from './expansion';
import { FilterBar } from './filterBar';
import { useGridState } from './gridState';
import type { ChosenHandles } from './handleQuery';
import { handleLook } from './handleLook';
import { HiddenList } from './hiddenList';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import { useHandleList } from './listsContext';
import { pure } from './pure';
import { useReveal, type RowToReveal } from './reveal';
import { RowGrid } from './rowGrid';
import { SearchField, SortSelect } from './searchField';

interface HandlesProps {
  readonly facts: HandlesFacts | null;
  readonly hidden: Hidden;
  readonly chosen: ChosenHandles;
  readonly reveal: RowToReveal | null;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

const SORTS: readonly (readonly [HandleSort, string])[] = [
  ['urgency', l10n.t('urgency')],
  ['count', l10n.t('count')],
  ['wait', l10n.t('longest wait')],
  ['grown', l10n.t('growth')],
  ['name', l10n.t('name')],
];

/** What the program is still waiting for, by what opened it: stuck first, then the longest wait. */
export const Handles = pure(({ facts, hidden, chosen, reveal, waiting }: HandlesProps) => {
  const { query } = chosen;
  const expansion = useExpansion('Open handles');
  const grid = useGridState('handles', expansion.ids);
  const list = useHandleList(grid, query);
  useReveal(reveal, 'handles', grid, expansion);
  const hasGroups = facts?.missing === null && facts.groups > 0;
  return (
    <ListCard
      id="handles"
      title={l10n.t('Open handles & pending operations')}
      notes={notesOf(facts)}
      content={contentOf(facts, list, waiting)}
      tools={
        hasGroups && (
          <>
            <div class="handle-tools">
              <SearchField
                id="handle-search"
                label={l10n.t('Search handles by kind, state, subject, function or file')}
                placeholder={l10n.t('Search')}
                value={query.search}
                count={list?.count ?? null}
                onInput={(search) => chosen.choose({ search })}
              />
              <SortSelect id="handle-sort" options={SORTS} value={query.sort} onChange={(sort) => chosen.choose({ sort })} />
            </div>
            {list && <FilterBar left={list.left} chosen={chosen} hasMark={facts.markedAt !== null} hasInterval={facts.hasInterval} />}
            <HiddenList hidden={hidden} />
          </>
        )
      }
    >
      {list && (
        <RowGrid label={l10n.t('Open handles and pending operations')} list={list} look={handleLook} grid={grid} expansion={expansion} sorting={sortingOf(chosen)} />
      )}
    </ListCard>
  );
});

function sortingOf({ query, choose }: ChosenHandles): Sorting {
  return { by: query.sort, choose: (by) => choose({ sort: SORTS.find(([known]) => known === by)?.[0] ?? query.sort }) };
}

/** What one must know to read the list: one line on the list as such, one on this reading. */
function notesOf(facts: HandlesFacts | null): readonly string[] {
  const always = l10n.t('Grouped by type, state and the stack that opened them. Time paused in the debugger does not count as waiting.');
  if (facts?.missing !== null) return [always];
  const { pendingMissing, pendingMode, markedAt, hasInterval, arrivalNotes } = facts;
  const now = [
    pendingMissing ?? (pendingMode === 'sampled' ? l10n.t('Counts marked ~ are estimates from a sample.') : ''),
    markedAt === null ? '' : l10n.t('The mark was set at {0}.', formatClock(markedAt, true)),
    ...(hasInterval ? arrivalNotes : []),
  ].filter((sentence) => sentence !== '');
  return now.length === 0 ? [always] : [always, now.join(' ')];
}

function contentOf(facts: HandlesFacts | null, list: ShownHandles | null, waiting: string | null): ListContent {
  if (!facts) return waiting === null ? NEVER_READ : { kind: 'waiting', text: waiting };
  if (facts.missing !== null) return { kind: 'missing', text: facts.missing };
  if (facts.groups === 0) return { kind: 'empty', text: l10n.t('Nothing is open that the program waits for.') };
  if (!list) return { kind: 'waiting', text: l10n.t('Loading…') };
  if (list.count > 0) return { kind: 'rows', figure: totals(facts) };
  return { kind: 'empty', text: facts.hiddenGroups === facts.groups ? l10n.t('All groups are hidden.') : l10n.t('No group is left by this search and these filters.') };
}

function totals({ total, members, groups, omittedGroups }: HandlesFacts): string {
  const listed = l10n.t('{0} in {1}', formatMembers(total, members.estimated), formatQuantity(groups + omittedGroups, 'group'));
  return omittedGroups === 0 ? listed : l10n.t('{0}, {1} not listed', listed, formatCount(omittedGroups));
}
