import * as l10n from '@vscode/l10n';
import { displayName } from '../../model/displayName';
import { displayPath, frameTitle } from '../../model/displayPath';
import { formatBytes, formatCompactCount, formatCount, formatEstimate } from '../../model/format';
import { allocationRowText } from '../../model/rowText';
import { headlineFrame } from '../../model/stackFrames';
import type { AllocationGrouping, AllocationRow } from '../../protocol/allocations';
import { useContext } from 'preact/hooks';
import { ColumnHeads, type Column } from './columnHeads';
import { PageContext } from './context';
import { CopyButton } from './copyButton';
import { FrameLink } from './frameLink';
import type { RowLook } from './rowLook';
import { Stack } from './stack';

const COMMON = {
  levelOf: (row: AllocationRow) => row.depth + 1,
  dataOf: (row: AllocationRow) => ({ 'data-kind': row.kind, 'data-bytes': String(Math.round(row.self.bytes)), 'data-new': String(row.isNew) }),
  textOf: allocationRowText,
};

const SITE_COLUMNS: readonly Column[] = [
  { text: l10n.t('Bytes'), sort: 'size' },
  { text: l10n.t('Objects'), sort: 'objects' },
  { text: l10n.t('Function'), sort: 'name', order: 'ascending' },
  { text: l10n.t('Source') },
];

/** What the rows of a tree are, where they are no functions. */
const NAMES: Readonly<Partial<Record<AllocationGrouping, string>>> = { packages: l10n.t('Package'), files: l10n.t('File') };

/** A site: one stack, which opens to its frames. */
export const siteLook: RowLook<AllocationRow> = {
  ...COMMON,
  height: 27,
  nameOf: (row) => `${siteLabel(row)}, ${formatBytes(row.self.bytes)}`,
  isExpandable: () => true,
  frameOf: (row) => headlineFrame(row.stack) ?? null,
  head: (row) => <SiteHead row={row} />,
  body: (row) => <SiteBody row={row} />,
  columns: (sorting) => <ColumnHeads name="site-columns" columns={SITE_COLUMNS} sorting={sorting} />,
};

/** A function, file, package or node of the call tree, which opens to more rows. */
function treeLook(grouping: AllocationGrouping): RowLook<AllocationRow> {
  const isTopDown = grouping === 'callTree';
  const columns: readonly Column[] = [
    { text: isTopDown ? l10n.t('Total') : l10n.t('Self'), sort: 'size' },
    { text: isTopDown ? l10n.t('Self') : l10n.t('Total'), sort: 'other' },
    { text: l10n.t('Objects'), sort: 'objects' },
    { text: NAMES[grouping] ?? l10n.t('Function'), sort: 'name', order: 'ascending' },
  ];
  const bytesOf = (row: AllocationRow) => (isTopDown ? row.total.bytes : row.self.bytes);
  return {
    ...COMMON,
    height: 27,
    nameOf: (row) => `${displayName(row.label)}, ${formatBytes(bytesOf(row))}`,
    dataOf: (row) => ({ ...COMMON.dataOf(row), 'data-bytes': String(Math.round(bytesOf(row))) }),
    isExpandable: ({ expandable }) => expandable,
    frameOf: ({ frame }) => frame,
    head: (row) => <TreeHead row={row} isTopDown={isTopDown} />,
    body: null,
    columns: (sorting) => <ColumnHeads name="tree-columns" columns={columns} sorting={sorting} />,
  };
}

export const ALLOCATION_LOOKS: Readonly<Record<AllocationGrouping, RowLook<AllocationRow>>> = {
  sites: siteLook,
  functions: treeLook('functions'),
  files: treeLook('files'),
  packages: treeLook('packages'),
  callTree: treeLook('callTree'),
};

function siteLabel(row: AllocationRow): string {
  return row.kind === 'site' ? displayName(headlineFrame(row.stack)?.functionName ?? '') : displayName(row.label);
}

function SiteHead({ row }: { readonly row: AllocationRow }) {
  const frame = headlineFrame(row.stack);
  return (
    <div class="site">
      <AllocatedBytes row={row} bytes={row.self.bytes} />
      <ObjectCount row={row} count={row.self.count} />
      <span class="row-name" role="gridcell" title={frame && frameTitle(frame)}>
        {row.isNew && <span class="new-badge">{l10n.t('new')}</span>}
        {siteLabel(row)}
      </span>
      <span class="site-place" role="gridcell">
        {frame && <FrameLink frame={frame} isInHead />}
      </span>
    </div>
  );
}

function SiteBody({ row }: { readonly row: AllocationRow }) {
  if (row.kind === 'external') return <p class="row-text">{l10n.t('Outside of V8’s heap: Node.js counts it exactly, and does not know who allocated it.')}</p>;
  return (
    <>
      <Stack frames={row.stack} label={l10n.t('Call stack')} />
      <CopyButton stack={row.stack} />
    </>
  );
}

function TreeHead({ row, isTopDown }: { readonly row: AllocationRow; readonly isTopDown: boolean }) {
  const [first, second] = isTopDown ? [row.total, row.self] : [row.self, row.total];
  return (
    <div class="tree-cells">
      <AllocatedBytes row={row} bytes={first.bytes} />
      <span class="tree-second" role="gridcell" title={isTopDown ? l10n.t('By this function itself') : l10n.t('With all that it calls')}>
        {row.kind === 'external' ? '' : formatBytes(second.bytes)}
      </span>
      <ObjectCount row={row} count={first.count} />
      <span class="tree-name" role="gridcell">
        {row.isNew && <span class="new-badge">{l10n.t('new')}</span>}
        <TreeName row={row} />
      </span>
    </div>
  );
}

function TreeName({ row }: { readonly row: AllocationRow }) {
  const page = useContext(PageContext);
  if (row.kind === 'file') {
    const { folder, name } = displayPath(row.label, page?.workspaceFolders ?? []);
    return (
      <span class="row-name" title={displayName(row.label)}>
        <span class="location-folder">{folder}</span>
        {name}
      </span>
    );
  }
  return (
    <>
      <span class="row-name" title={row.frame ? frameTitle(row.frame) : ''}>
        {displayName(row.label)}
      </span>
      {row.frame && <FrameLink frame={row.frame} isInHead />}
    </>
  );
}

/** Bytes, with a bar behind them that shows their share. */
function AllocatedBytes({ row, bytes }: { readonly row: AllocationRow; readonly bytes: number }) {
  const isExact = row.kind === 'external';
  const percent = row.share * 100;
  return (
    <span class="site-bytes" role="gridcell" title={isExact ? l10n.t('Exact') : l10n.t('{0}% of all', percent.toFixed(1))}>
      {!isExact && <span class="site-bar" style={{ width: `${Math.min(100, Math.max(0, percent)).toFixed(1)}%` }} />}
      <span class="site-figure">{formatBytes(bytes)}</span>
    </span>
  );
}

function ObjectCount({ row, count }: { readonly row: AllocationRow; readonly count: number }) {
  const isExact = row.kind === 'external';
  return (
    <span class="site-count" role="gridcell" title={isExact ? '' : l10n.t('About {0} objects', formatCount(count))}>
      {isExact ? '' : formatEstimate(formatCompactCount(count))}
    </span>
  );
}
