/** The rows of allocations before they are listed: largest first, some of them opened, the rest summed up. */
import type { AllocationQuery, AllocationRow, Amount } from '../protocol/allocations';
import type { Frame } from '../protocol/frames';
import type { Bytes } from '../protocol/units';
import { textHash } from './textHash';

/** A row that may be listed. What costs to find out is asked for only when it is. */
export interface Branch {
  readonly self: Amount;
  readonly total: Amount;
  /** The bytes that decide its place and share; nothing at or below 0 is listed. */
  readonly weight: Bytes;
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
  /** What 1 is as a share. */
  readonly whole: Bytes;
  /** Whether new ones come first. */
  readonly newFirst: boolean;
  /** Whether the totals of siblings add up: those of functions overlap. */
  readonly addsTotals: boolean;
}

/**
 * A new stack stands above a grown one when it is at least this part of the largest: what nobody has seen before is what is
 * looked for, but a single sample must not stand above a leak of a hundred megabytes.
 */
const NOTABLE = 1 / 20;

/** Lists branches, with the children of those that are open behind them. Recursion ends with the ids that are open. */
export function listBranches(branches: readonly Branch[], listing: Listing, parentId = '', depth = 0): AllocationRow[] {
  const { query, whole } = listing;
  const sorted = sortBranches(branches.filter(({ weight }) => weight > 0), listing);
  const rows: AllocationRow[] = [];
  const ids = new Set<string>();
  for (const branch of sorted.slice(0, query.limit)) {
    const { kind, label, frame, stack, key } = branch.describe();
    const id = uniqueId(textHash(`${parentId}/${kind}/${key}`), ids);
    const children = branch.children;
    const isOpen = children !== null && query.expanded.has(id);
    const share = whole > 0 ? branch.weight / whole : 0;
    rows.push({ id, kind, depth, label, frame, self: branch.self, total: branch.total, share, isNew: branch.isNew, stack, expandable: children !== null });
    if (isOpen) rows.push(...listBranches(children(), listing, id, depth + 1));
  }
  const rest = sorted.slice(query.limit);
  if (rest.length > 0) rows.push(moreRow(rest, `${parentId}/more`, depth, listing));
  return rows;
}

function sortBranches(branches: Branch[], { newFirst }: Listing): Branch[] {
  const largest = branches.reduce((most, { weight }) => Math.max(most, weight), 0);
  const rank = ({ isNew, weight }: Branch) => (newFirst && isNew && weight >= largest * NOTABLE ? 0 : 1);
  // Ties stay in the order of the tree, so that equal rows do not jump about.
  return branches.sort((a, b) => rank(a) - rank(b) || b.weight - a.weight || b.self.count - a.self.count);
}

function moreRow(rest: readonly Branch[], key: string, depth: number, { whole, addsTotals }: Listing): AllocationRow {
  const self = sumOf(rest.map((branch) => branch.self));
  return {
    id: textHash(key),
    kind: 'more',
    depth,
    label: String(rest.length),
    frame: null,
    self,
    total: addsTotals ? sumOf(rest.map((branch) => branch.total)) : self,
    share: whole > 0 ? rest.reduce((sum, { weight }) => sum + weight, 0) / whole : 0,
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
