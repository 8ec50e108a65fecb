import './allocationTree.css';
import { displayName } from '../../model/displayName';
import { displayPath, frameTitle } from '../../model/displayPath';
import { formatBytes, formatCompactCount, formatCount, formatEstimate, formatQuantity } from '../../model/format';
import type { AllocationGrouping, AllocationRow } from '../../protocol/allocations';
import { AllocatedBytes } from './allocations';
import type { ChosenQuery } from './allocationQuery';
import { useContext } from 'preact/hooks';
import { PageContext } from './context';
import { FrameLink } from './frameLink';
import { Icon } from './icon';
import { pure } from './pure';
import { moveFocus } from './rowKeys';

const MORE_ROWS = 100;

interface AllocationTreeProps {
  readonly rows: readonly AllocationRow[];
  readonly grouping: AllocationGrouping;
  readonly query: ChosenQuery;
}

/** Functions, files, packages or the call tree: rows that open to more rows, which the host then sends. */
export function AllocationTree({ rows, grouping, query }: AllocationTreeProps) {
  const { expanded, limit } = query.query;
  const showMore = () => query.choose({ limit: limit + MORE_ROWS });
  return (
    <>
      <div class="columns tree-columns" aria-hidden="true">
        <span>{grouping === 'callTree' ? 'Total' : 'Self'}</span>
        <span>{grouping === 'callTree' ? 'Self' : 'Total'}</span>
        <span>Objects</span>
        <span>{grouping === 'packages' ? 'Package' : grouping === 'files' ? 'File' : 'Function'}</span>
      </div>
      <div class="rows" role="tree" aria-label="Allocations" onKeyDown={moveFocus}>
        {rows.map((row) =>
          row.kind === 'more' ? (
            <MoreRow key={row.id} row={row} onClick={showMore} />
          ) : (
            <TreeRow key={row.id} row={row} isTopDown={grouping === 'callTree'} isOpen={expanded.includes(row.id)} onToggle={query.toggle} />
          ),
        )}
      </div>
    </>
  );
}

interface TreeRowProps {
  readonly row: AllocationRow;
  readonly isTopDown: boolean;
  readonly isOpen: boolean;
  onToggle(id: string): void;
}

const TreeRow = pure<TreeRowProps>(({ row, isTopDown, isOpen, onToggle }) => {
  const [first, second] = isTopDown ? [row.total, row.self] : [row.self, row.total];
  const isExact = row.kind === 'external';
  const toggle = () => row.expandable && onToggle(row.id);
  return (
    <div
      class="row tree-row"
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.expandable ? isOpen : undefined}
      data-test="row"
      data-row-id={row.id}
      data-kind={row.kind}
      data-bytes={Math.round(first.bytes)}
    >
      <div class="row-head" style={{ paddingLeft: `${8 + 14 * row.depth}px` }} onClick={(event) => !isControl(event.target) && toggle()}>
        {row.expandable ? (
          <button type="button" class="row-toggle" aria-expanded={isOpen} aria-label={`${displayName(row.label)}, ${formatBytes(first.bytes)}`} onClick={toggle}>
            <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
          </button>
        ) : (
          <span class="row-toggle" />
        )}
        <div class="tree-cells">
          <AllocatedBytes bytes={first.bytes} share={row.share} isExact={isExact} />
          <span class="tree-second" title={isTopDown ? 'By this function itself' : 'With all that it calls'}>
            {isExact ? '' : formatBytes(second.bytes)}
          </span>
          <span class="site-count" title={isExact ? '' : `About ${formatCount(first.count)} objects`}>
            {isExact ? '' : formatEstimate(formatCompactCount(first.count))}
          </span>
          <span class="tree-name">
            {row.isNew && <span class="new-badge">new</span>}
            <RowName row={row} />
          </span>
        </div>
      </div>
    </div>
  );
});

function RowName({ row }: { readonly row: AllocationRow }) {
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
      {row.frame && <FrameLink frame={row.frame} />}
    </>
  );
}

function MoreRow({ row, onClick }: { readonly row: AllocationRow; onClick(): void }) {
  return (
    <button type="button" class="show-more" onClick={onClick}>
      {formatQuantity(Number(row.label), 'more row')}, {formatBytes(row.self.bytes)}: show {formatCount(MORE_ROWS)} more
    </button>
  );
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
