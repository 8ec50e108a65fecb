import type { AllocationQuery, Amount } from '../protocol/allocations';
import type { Frame, RawFrame } from '../protocol/frames';
import type { AllocationListQuery } from '../protocol/lists';
import type { Branch } from './allocationBranches';
import { AllocationListing } from './allocationListing';
import { callTreeBranches } from './callTreeBranches';
import { fileBranches, functionBranches, packageBranches } from './functionBranches';
import type { MeasuredTree } from './measuredTree';
import { siteBranches } from './siteBranches';

/** A measured tree as people see it. */
export interface MappedTree {
  readonly measured: MeasuredTree;
  readonly toFrame: (raw: RawFrame) => Frame;
  /** In lower case; '' for none. */
  readonly filter: string;
}

const BRANCHES: Readonly<Record<AllocationQuery['grouping'], (tree: MappedTree) => Branch[]>> = {
  sites: siteBranches,
  functions: functionBranches,
  files: fileBranches,
  packages: packageBranches,
  callTree: callTreeBranches,
};

/** What a list may be asked for: without a limit it has all rows. */
export type ListingQuery = Omit<AllocationQuery, 'limit'> & Partial<Pick<AllocationQuery, 'limit'> & Pick<AllocationListQuery, 'sort' | 'opens'>>;

/**
 * The rows that a query asks for, largest first (R5), and the sum over all of the tree. With growth new stacks come first
 * when they are of note; what has shrunk is no row, but its part of the sums.
 *
 * @param toFrame Where a frame is in the source: asked for frames that are listed, and for all when files are grouped.
 * @param others Rows that stand among those of the first level, beyond the limit, and are no part of the sum.
 */
export function allocationListing(
  measured: MeasuredTree,
  query: ListingQuery,
  toFrame: (raw: RawFrame) => Frame,
  others: readonly Branch[] = [],
): { listing: AllocationListing; total: Amount } {
  const total = measured.sum;
  const isGrowth = query.measure === 'growth';
  const branches = BRANCHES[query.grouping]({ measured, toFrame, filter: query.filter.toLowerCase() });
  const listing = new AllocationListing(branches, others, {
    limit: query.limit ?? Infinity,
    sort: query.sort ?? 'size',
    expanded: new Set(query.expanded),
    opens: query.opens ?? 'expanded',
    whole: isGrowth ? measured.grownBytes : total.bytes,
    newFirst: isGrowth,
    addsTotals: query.grouping === 'callTree',
  });
  return { listing, total };
}
