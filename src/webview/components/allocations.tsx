import './allocations.css';
import { useCallback, useContext } from 'preact/hooks';
import { displayName } from '../../model/displayName';
import { frameTitle } from '../../model/displayPath';
import { formatClock, formatEstimate, formatBytes, formatCompactCount, formatCount } from '../../model/format';
import { headlineFrame } from '../../model/stackFrames';
import type { AllocationRow } from '../../protocol/allocations';
import type { AllocationsView } from '../../protocol/profile';
import { useAllocationQuery } from './allocationQuery';
import { AllocationTools } from './allocationTools';
import { AllocationTree } from './allocationTree';
import { PageContext } from './context';
import { FrameLink } from './frameLink';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import { RowList } from './rowList';
import { Stack } from './stack';

interface AllocationsProps {
  readonly allocations: AllocationsView | null;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

const LINES_NOTE = 'Lines are where each function starts: V8’s sampler knows functions, not lines.';

/** Where memory is allocated: by stack, function, file, package or as a call tree, in use, in all, or since the mark. */
export function Allocations({ allocations, waiting }: AllocationsProps) {
  const page = useContext(PageContext);
  const query = useAllocationQuery();
  const { grouping } = query.query;
  const isOfQuery = allocations?.query.grouping === grouping && allocations.query.measure === query.query.measure;
  const rows = isOfQuery ? allocations.rows : [];
  return (
    <ListCard
      id="allocations"
      title="Allocations"
      notes={allocations === null ? [LINES_NOTE] : [...allocations.notes, LINES_NOTE]}
      content={contentOf(isOfQuery ? allocations : null, waiting)}
      tools={<AllocationTools allocations={allocations} query={query} host={page?.host ?? null} sessionId={page?.sessionId ?? null} />}
    >
      {grouping === 'sites' ? <Sites rows={rows} /> : <AllocationTree rows={rows} grouping={grouping} query={query} />}
    </ListCard>
  );
}

function contentOf(allocations: AllocationsView | null, waiting: string | null): ListContent {
  if (!allocations) return waiting === null ? NEVER_READ : { kind: 'waiting', text: waiting };
  if (allocations.missing !== null) return { kind: 'missing', text: allocations.missing };
  if (allocations.readAt === null) return { kind: 'missing', text: 'The sampler has not been read yet.' };
  if (allocations.total === null) return { kind: 'missing', text: notKnown(allocations) };
  if (allocations.rows.length > 0) return { kind: 'rows', figure: totals(allocations) };
  if (allocations.query.filter !== '') return { kind: 'empty', text: 'Nothing has this text in its function or file.' };
  return { kind: 'empty', text: EMPTY[allocations.query.measure] };
}

/** Why a measure has no figures. */
function notKnown({ query: { measure }, mode, baseline }: AllocationsView): string {
  switch (measure) {
    case 'inUse':
      return 'What is in use is not sampled while all allocations are recorded: choose “Allocated”, or stop recording.';
    case 'allocated':
      return 'All allocations are not counted: record them, or run the program on Node.js 26.1 or later.';
    case 'growth':
      return baseline === null ? 'Set a mark first: “Mark now”.' : `What is in use is not known${mode === 'recording' ? ' while all allocations are recorded' : ', here or there'}.`;
    case 'allocatedSince':
      return baseline === null ? 'Set a mark first: “Mark now”.' : 'All allocations were not counted when the mark was set.';
    case 'interval':
      return 'What was allocated then is not known: select a time in a chart in which all allocations were counted and the panel was open.';
  }
}

const EMPTY: Readonly<Record<AllocationsView['query']['measure'], string>> = {
  inUse: 'The sampler has not seen an allocation that is still in use.',
  allocated: 'The sampler has not seen an allocation.',
  growth: 'Nothing has grown since.',
  allocatedSince: 'Nothing has been allocated since.',
  interval: 'Nothing was allocated in that time.',
};

function totals({ total, readAt, query }: AllocationsView): string {
  if (total === null) return '';
  const bytes = formatEstimate(`${query.measure === 'growth' && total.bytes > 0 ? '+' : ''}${formatBytes(total.bytes)}`);
  return readAt === null ? bytes : `${bytes} at ${formatClock(readAt, true)}`;
}

function Sites({ rows }: { readonly rows: readonly AllocationRow[] }) {
  const head = useCallback((row: AllocationRow) => <AllocationHead row={row} />, []);
  return (
    <>
      <div class="columns site-columns" aria-hidden="true">
        <span>Bytes</span>
        <span>Objects</span>
        <span>Function</span>
        <span>Source</span>
      </div>
      <RowList label="Allocation sites" rows={rows} nameOf={allocationName} dataOf={allocationData} head={head} body={allocationBody} />
    </>
  );
}

export function allocationName(row: AllocationRow): string {
  return `${siteLabel(row)}, ${formatBytes(row.self.bytes)}`;
}

function siteLabel(row: AllocationRow): string {
  return row.kind === 'site' ? displayName(headlineFrame(row.stack)?.functionName ?? '') : displayName(row.label);
}

export function allocationData(row: AllocationRow) {
  return { 'data-kind': row.kind, 'data-bytes': String(Math.round(row.self.bytes)), 'data-new': String(row.isNew) } as const;
}

export function allocationBody(row: AllocationRow) {
  if (row.kind === 'external') return <p class="row-text">Outside of V8’s heap: Node.js counts it exactly, and does not know who allocated it.</p>;
  return <Stack frames={row.stack} label="Call stack" />;
}

export function AllocationHead({ row }: { readonly row: AllocationRow }) {
  const frame = headlineFrame(row.stack);
  const isExact = row.kind === 'external';
  return (
    <div class="site">
      <AllocatedBytes bytes={row.self.bytes} share={row.share} isExact={isExact} />
      <span class="site-count" title={isExact ? '' : `About ${formatCount(row.self.count)} objects`}>
        {isExact ? '' : formatEstimate(formatCompactCount(row.self.count))}
      </span>
      <span class="row-name" title={frame && frameTitle(frame)}>
        {row.isNew && <span class="new-badge">new</span>}
        {siteLabel(row)}
      </span>
      {frame && <FrameLink frame={frame} />}
    </div>
  );
}

interface AllocatedBytesProps {
  readonly bytes: number;
  readonly share: number;
  readonly isExact?: boolean;
}

/** Bytes, with a bar behind them that shows their share. */
export function AllocatedBytes({ bytes, share, isExact = false }: AllocatedBytesProps) {
  const percent = share * 100;
  return (
    <span class="site-bytes" title={isExact ? 'Exact' : `${percent.toFixed(1)}% of all`}>
      {!isExact && <span class="site-bar" style={{ width: `${Math.min(100, Math.max(0, percent)).toFixed(1)}%` }} />}
      <span class="site-figure">{formatBytes(bytes)}</span>
    </span>
  );
}
