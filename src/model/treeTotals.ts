import type { CallTreeData } from '../protocol/allocations';
import { noAmounts, type NodeAmounts } from './nodeAmounts';

/** What each node comes to with all below it. Children stand behind their parents, so one pass from the end does. */
export function subtreeTotals({ parents }: CallTreeData, amounts: NodeAmounts): NodeAmounts {
  const totals = noAmounts(parents.length);
  totals.bytes.set(amounts.bytes.subarray(0, parents.length));
  totals.counts.set(amounts.counts.subarray(0, parents.length));
  for (let node = parents.length - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    totals.bytes[parent] = (totals.bytes[parent] ?? 0) + (totals.bytes[node] ?? 0);
    totals.counts[parent] = (totals.counts[parent] ?? 0) + (totals.counts[node] ?? 0);
  }
  return totals;
}

/** The children of each node, as linked lists: `first[node]` is one of them, `next[child]` the one after it; 0 for none. */
export interface Children {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

export function childrenOf({ parents }: CallTreeData): Children {
  const first = new Int32Array(parents.length);
  const next = new Int32Array(parents.length);
  for (let node = parents.length - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    next[node] = first[parent] ?? 0;
    first[parent] = node;
  }
  return { first, next };
}

/**
 * What groups of frames come to with all that they call. A function that calls itself, also by way of others, counts
 * once: only its topmost frame on a stack brings its total. Walks the tree without recursion.
 *
 * @param groupOf The group of each frame, from 0 to `groups` - 1.
 * @returns Amounts by group.
 */
export function groupTotals(tree: CallTreeData, totals: NodeAmounts, groupOf: Int32Array, groups: number): NodeAmounts {
  const { first, next } = childrenOf(tree);
  const onStack = new Int32Array(groups);
  const sums = noAmounts(groups);
  const enter = (node: number) => {
    const group = groupOf[tree.frameOf[node] ?? 0] ?? 0;
    if (onStack[group] === 0) {
      sums.bytes[group] = (sums.bytes[group] ?? 0) + (totals.bytes[node] ?? 0);
      sums.counts[group] = (sums.counts[group] ?? 0) + (totals.counts[node] ?? 0);
    }
    onStack[group] = (onStack[group] ?? 0) + 1;
  };
  const leave = (node: number) => {
    const group = groupOf[tree.frameOf[node] ?? 0] ?? 0;
    onStack[group] = (onStack[group] ?? 0) - 1;
  };
  let node = first[0] ?? 0;
  if (node > 0) enter(node);
  while (node > 0) {
    let following = first[node] ?? 0;
    while (following === 0 && node > 0) {
      leave(node);
      following = next[node] ?? 0;
      if (following === 0) node = tree.parents[node] ?? 0;
    }
    node = following;
    if (node > 0) enter(node);
  }
  return sums;
}
