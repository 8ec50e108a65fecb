import './allocations.css';
import './allocationTree.css';
import * as l10n from '@vscode/l10n';
import { useContext, useEffect } from 'preact/hooks';
import { formatClock, formatEstimate, formatBytes } from '../../model/format';
import type { AllocationMeasure } from '../../protocol/allocations';
import type { AllocationsFacts, SessionStatus } from '../../protocol/profile';
import type { ShownAllocations } from '../state';
import { ALLOCATION_LOOKS } from './allocationLook';
import { ALLOCATION_SORTS, DEFAULT_CHOICES, useAllocationQuery, type ChosenQuery } from './allocationQuery';
import { AllocationTools } from './allocationTools';
import type { Sorting } from './columnHeads';
import { PageContext } from './context';
import { useGridState } from './gridState';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import { useAllocationList } from './listsContext';
import { pure } from './pure';
import { useReveal, type RowToReveal } from './reveal';
import { RowGrid } from './rowGrid';

interface AllocationsProps {
  readonly facts: AllocationsFacts | null;
  readonly status: SessionStatus | null;
  readonly reveal: RowToReveal | null;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

const LINES_NOTE = l10n.t('Lines are where each function starts: V8’s sampler knows functions, not lines.');
const READ_ON_DEMAND = l10n.t('Each reading collects garbage, so none was taken yet: choose “Collect garbage, then read”.');
const NONE: readonly string[] = [];

/** Where memory is allocated: by stack, function, file, package or as a call tree, in use, in all, or since the mark. */
export const Allocations = pure(({ facts, status, reveal, waiting }: AllocationsProps) => {
  const page = useContext(PageContext);
  const chosen = useAllocationQuery();
  const { query } = chosen;
  const grid = useGridState('allocations', query.grouping === 'sites' ? query.expanded : NONE);
  const list = useAllocationList(grid, query);
  useEffect(() => {
    // The rows that can be asked for are those of the sidebar.
    if (reveal?.list === 'allocations') chosen.choose({ ...DEFAULT_CHOICES });
  }, [reveal]);
  useReveal(reveal, 'allocations', grid, chosen);
  // Rows of one grouping must not stand under the head of another, nor figures of one measure beside those of another while they change.
  const { grouping, measure } = list?.query ?? query;
  return (
    <ListCard
      id="allocations"
      title={l10n.t('Allocations')}
      notes={[...(list?.notes ?? []), LINES_NOTE]}
      content={contentOf(facts, list, waiting)}
      tools={
        <AllocationTools
          facts={facts}
          chosen={chosen}
          count={list?.count ?? null}
          host={page?.host ?? null}
          sessionId={page?.sessionId ?? null}
          isRunning={waiting !== null}
          status={status}
        />
      }
    >
      {list && (
        <RowGrid key={`${grouping} ${measure}`} label={l10n.t('Allocations')} list={list} look={ALLOCATION_LOOKS[grouping]} grid={grid} expansion={chosen} sorting={sortingOf(chosen)} />
      )}
    </ListCard>
  );
});

function sortingOf({ query, choose }: ChosenQuery): Sorting {
  return { by: query.sort, choose: (by) => choose({ sort: ALLOCATION_SORTS.find((known) => known === by) ?? query.sort }) };
}

export function contentOf(facts: AllocationsFacts | null, list: ShownAllocations | null, waiting: string | null): ListContent {
  if (!facts) return waiting === null ? NEVER_READ : { kind: 'waiting', text: waiting };
  if (facts.missing !== null) return { kind: 'missing', text: facts.missing };
  if (facts.readAt === null) return { kind: 'missing', text: facts.mode === 'onDemand' ? READ_ON_DEMAND : l10n.t('The sampler has not been read yet.') };
  if (!list) return { kind: 'waiting', text: l10n.t('Loading…') };
  const { measure, filter } = list.query;
  if (list.total === null) return { kind: 'missing', text: notKnown(measure, facts) };
  if (list.count > 0) return { kind: 'rows', figure: totals(list.total.bytes, measure, facts.readAt) };
  if (filter !== '') return { kind: 'empty', text: l10n.t('Nothing has this text in its function or file.') };
  return { kind: 'empty', text: EMPTY[measure] };
}

/** Why a measure has no figures. */
function notKnown(measure: AllocationMeasure, { mode, baseline }: AllocationsFacts): string {
  switch (measure) {
    case 'inUse':
      return l10n.t('What is in use is not sampled while all allocations are recorded: choose “Allocated”, or stop recording.');
    case 'allocated':
      return l10n.t('All allocations are not counted: record them, or run the program on Node.js 26.1 or later.');
    case 'growth':
      return baseline === null ? l10n.t('Set a mark first: “Mark now”.') : l10n.t('What is in use is not known{0}.', mode === 'recording' ? l10n.t(' while all allocations are recorded') : l10n.t(', here or there'));
    case 'allocatedSince':
      return baseline === null ? l10n.t('Set a mark first: “Mark now”.') : l10n.t('All allocations were not counted when the mark was set.');
    case 'interval':
      return l10n.t('What was allocated then is not known: select a time in a chart in which all allocations were counted and the panel was open.');
  }
}

const EMPTY: Readonly<Record<AllocationMeasure, string>> = {
  inUse: l10n.t('The sampler has not seen an allocation that is still in use.'),
  allocated: l10n.t('The sampler has not seen an allocation.'),
  growth: l10n.t('Nothing has grown since.'),
  allocatedSince: l10n.t('Nothing has been allocated since.'),
  interval: l10n.t('Nothing was allocated in that time.'),
};

function totals(total: number, measure: AllocationMeasure, readAt: number): string {
  const bytes = formatEstimate(`${measure === 'growth' && total > 0 ? '+' : ''}${formatBytes(total)}`);
  return l10n.t('{0} at {1}', bytes, formatClock(readAt, true));
}
