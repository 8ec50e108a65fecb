/** The rows of allocations before they are listed: largest first, some of them opened, the rest summed up. */
import type { AllocationQuery, AllocationRow, Amount } from '../protocol/allocations';
import type { Frame } from '../protocol/frames';
import type { Bytes } from '../protocol/units';
import { textHash } from './textHash';

/** A row that may be listed. What costs to find out is asked for only when it is. */
export interface Branch {
  readonly self: Amount;
  readonly total: Amount;
  /** True when there was nothing of it at the baseline. */
  readonly isNew: boolean;
  readonly describe: () => BranchText;
  /** Null when it has none. */
  readonly children: (() => Branch[]) | null;
}

export interface BranchText {
  readonly kind: AllocationRow['kind'];
  readonly label: string;
  readonly frame: Frame | null;
  readonly stack: readonly Frame[];
  /** Tells it from its siblings, the same in every reading and run. */
  readonly key: string;
}

/** How the branches of one view are listed. */
export interface Listing {
  readonly query: Pick<AllocationQuery, 'limit'> & { readonly expanded: ReadonlySet<string> };
  /** The bytes that decide order and share. */
  readonly bytesOf: (branch: Branch) => Bytes;
  /** What 1 is as a share. */
  readonly whole: Bytes;
  /** Whether new ones come first. */
  readonly newFirst: boolean;
}

/**
 * A new stack stands above a grown one when it is at least this part of the largest: what nobody has seen before is what is
 * looked for, but a single sample must not stand above a leak of a hundred megabytes.
 */
const NOTABLE = 1 / 20;

/** Lists branches, with the children of those that are open behind them. Recursion ends with the ids that are open. */
export function listBranches(branches: readonly Branch[], listing: Listing, parentId = '', depth = 0): AllocationRow[] {
  const { query, bytesOf, whole } = listing;
  const sorted = sortBranches(branches.filter((branch) => bytesOf(branch) > 0), listing);
  const rows: AllocationRow[] = [];
  const ids = new Set<string>();
  for (const branch of sorted.slice(0, query.limit)) {
    const { kind, label, frame, stack, key } = branch.describe();
    const id = uniqueId(textHash(`${parentId}/${kind}/${key}`), ids);
    const children = branch.children;
    const isOpen = children !== null && query.expanded.has(id);
    const share = whole > 0 ? bytesOf(branch) / whole : 0;
    rows.push({ id, kind, depth, label, frame, self: branch.self, total: branch.total, share, isNew: branch.isNew, stack, expandable: children !== null });
    if (isOpen) rows.push(...listBranches(children(), listing, id, depth + 1));
  }
  const rest = sorted.slice(query.limit);
  if (rest.length > 0) rows.push(moreRow(rest, `${parentId}/more`, depth, whole));
  return rows;
}

function sortBranches(branches: Branch[], { bytesOf, newFirst }: Listing): Branch[] {
  const largest = branches.reduce((most, branch) => Math.max(most, bytesOf(branch)), 0);
  const rank = (branch: Branch) => (newFirst && branch.isNew && bytesOf(branch) >= largest * NOTABLE ? 0 : 1);
  // Ties stay in the order of the tree, so that equal rows do not jump about.
  return branches.sort((a, b) => rank(a) - rank(b) || bytesOf(b) - bytesOf(a) || b.self.count - a.self.count);
}

function moreRow(rest: readonly Branch[], key: string, depth: number, whole: Bytes): AllocationRow {
  const self = sumOf(rest.map((branch) => branch.self));
  return {
    id: textHash(key),
    kind: 'more',
    depth,
    label: String(rest.length),
    frame: null,
    self,
    total: sumOf(rest.map((branch) => branch.total)),
    share: whole > 0 ? self.bytes / whole : 0,
    isNew: false,
    stack: [],
    expandable: false,
  };
}

function sumOf(amounts: readonly Amount[]): Amount {
  let bytes = 0;
  let count = 0;
  for (const amount of amounts) {
    bytes += amount.bytes;
    count += amount.count;
  }
  return { bytes, count };
}

/** Two scripts may carry one name: their rows read alike, but are two. */
function uniqueId(id: string, taken: Set<string>): string {
  let unique = id;
  for (let times = 2; taken.has(unique); times++) unique = `${id}#${times}`;
  taken.add(unique);
  return unique;
}
