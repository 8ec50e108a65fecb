import './processes.css';
import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { formatQuantity } from '../../model/format';
import { processList, type ListedProcess } from '../../model/processList';
import type { ProcessesView, ProcessSort } from '../../protocol/processes';
import type { ShownList } from '../state';
import type { Sorting } from './columnHeads';
import { useGridState } from './gridState';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import { FigureCells, processLook } from './processLook';
import { PROCESS_SORTS, useProcessQuery, type ChosenProcesses } from './processQuery';
import { pure } from './pure';
import { RowGrid } from './rowGrid';
import { SearchField, SortSelect } from './searchField';

const SORTS: readonly (readonly [ProcessSort, string])[] = [
  ['tree', l10n.t('who started it')],
  ['name', l10n.t('name')],
  ['cpu', l10n.t('CPU')],
  ['rss', l10n.t('RSS')],
  ['heap', l10n.t('heap used')],
  ['handles', l10n.t('handles')],
  ['stuck', l10n.t('stuck')],
];

/** Rows of programs have nothing to open. */
const CLOSED = { isOpen: () => false, toggle: () => undefined };
const NONE: readonly string[] = [];

/** All programs of the launch, with sums: as a tree, or by a figure. */
export const Processes = pure(({ processes }: { readonly processes: ProcessesView }) => {
  const { rows, total } = processes;
  const chosen = useProcessQuery();
  const { query } = chosen;
  const grid = useGridState('processes', NONE);
  const list = useMemo(() => shownList(processList(rows, query)), [rows, query]);
  const isSummedUp = rows.length > 1;
  return (
    <ListCard
      id="processes"
      title={l10n.t('Processes and workers')}
      notes={[l10n.t('CPU and RSS are of whole processes, which their workers share. Sums are over what is current.')]}
      content={contentOf(rows.length, list.count)}
      tools={
        rows.length > 0 && (
          <div class="handle-tools">
            <SearchField
              id="process-search"
              label={l10n.t('Search programs by name, process id or kind')}
              placeholder={l10n.t('Search')}
              value={query.search}
              count={list.count}
              onInput={(search) => chosen.choose({ search })}
            />
            <SortSelect id="process-sort" options={SORTS} value={query.sort} onChange={(sort) => chosen.choose({ sort })} />
          </div>
        )
      }
    >
      <RowGrid
        label={l10n.t('Processes and workers')}
        list={list}
        look={processLook}
        grid={grid}
        expansion={CLOSED}
        sorting={sortingOf(chosen)}
        {...(isSummedUp && {
          foot: (
            <div class="process-cells" data-test="process-total">
              <span class="process-program" role="gridcell">
                {l10n.t('All')}
              </span>
              <FigureCells figures={total} />
            </div>
          ),
        })}
      />
    </ListCard>
  );
});

/** All of them are here, and few: there is no window to ask for. */
function shownList(rows: readonly ListedProcess[]): ShownList<ListedProcess> {
  return { count: rows.length, first: 0, rows, places: new Map(rows.map(({ id }, position) => [id, position])) };
}

function contentOf(programs: number, listed: number): ListContent {
  if (programs === 0) return NEVER_READ;
  if (listed === 0) return { kind: 'empty', text: l10n.t('No program is left by this search.') };
  return { kind: 'rows', figure: formatQuantity(programs, 'program') };
}

function sortingOf({ query, choose }: ChosenProcesses): Sorting {
  return { by: query.sort, choose: (by) => choose({ sort: PROCESS_SORTS.find((known) => known === by) ?? query.sort }) };
}
