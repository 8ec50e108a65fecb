import './allocations.css';
import { useCallback } from 'preact/hooks';
import { displayName } from '../../model/displayName';
import { frameTitle } from '../../model/displayPath';
import { formatBytes, formatCompactCount, formatCount, formatEstimate, formatQuantity } from '../../model/format';
import { headlineFrame } from '../../model/stackFrames';
import type { AllocationsView, SiteRow } from '../../protocol/profile';
import { FrameLink } from './frameLink';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import { RowList } from './rowList';
import { Stack } from './stack';

interface AllocationsProps {
  readonly allocations: AllocationsView | null;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

/** Where the memory in use was allocated, largest first. */
export function Allocations({ allocations, waiting }: AllocationsProps) {
  const totalBytes = allocations?.totalBytes ?? 0;
  const head = useCallback((row: SiteRow) => <SiteHead row={row} share={totalBytes > 0 ? row.bytes / totalBytes : 0} />, [totalBytes]);
  return (
    <ListCard
      id="allocations"
      title="Allocation sites in use"
      notes={['Allocated since profiling began and still live. Lines are where each function starts: V8’s sampler knows functions, not lines.']}
      content={contentOf(allocations, waiting)}
    >
      <div class="columns site-columns" aria-hidden="true">
        <span>In use</span>
        <span>Objects</span>
        <span>Function</span>
        <span>Source</span>
      </div>
      <RowList label="Allocation sites" rows={allocations?.rows ?? []} nameOf={siteName} head={head} body={siteBody} />
    </ListCard>
  );
}

function contentOf(allocations: AllocationsView | null, waiting: string | null): ListContent {
  if (!allocations) return waiting === null ? NEVER_READ : { kind: 'waiting', text: waiting };
  if (allocations.missing !== null) return { kind: 'missing', text: allocations.missing };
  if (allocations.rows.length > 0) return { kind: 'rows', figure: totals(allocations) };
  return { kind: 'empty', text: 'The sampler has not seen an allocation that is still in use.' };
}

function totals({ totalBytes, rows, omittedSites }: AllocationsView): string {
  const listed = `${formatEstimate(formatBytes(totalBytes))} in ${formatQuantity(rows.length + omittedSites, 'site')}`;
  return omittedSites === 0 ? listed : `${listed}, ${formatCount(omittedSites)} not listed`;
}

function siteName(row: SiteRow): string {
  return `${displayName(headlineFrame(row.stack)?.functionName ?? '')}, ${formatBytes(row.bytes)}`;
}

function siteBody(row: SiteRow) {
  return <Stack frames={row.stack} label="Call stack" />;
}

function SiteHead({ row, share }: { readonly row: SiteRow; readonly share: number }) {
  const frame = headlineFrame(row.stack);
  const name = displayName(frame?.functionName ?? '');
  const percent = share * 100;
  return (
    <div class="site">
      <span class="site-bytes" title={`${percent.toFixed(1)}% of all sites`}>
        <span class="site-bar" style={{ width: `${Math.min(100, percent).toFixed(1)}%` }} />
        <span class="site-figure">{formatBytes(row.bytes)}</span>
      </span>
      <span class="site-count" title={`About ${formatCount(row.count)} objects`}>
        {formatEstimate(formatCompactCount(row.count))}
      </span>
      <span class="row-name" title={frame && frameTitle(frame)}>
        {name}
      </span>
      {frame && <FrameLink frame={frame} />}
    </div>
  );
}
