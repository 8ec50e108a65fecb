import type { CallTreeData } from '../protocol/allocations';
import { noAmounts, type NodeAmounts } from './nodeAmounts';

/** What each node comes to with all below it. Children stand behind their parents, so one pass from the end does. */
export function subtreeSums({ parents }: Pick<CallTreeData, 'parents'>, values: Float64Array): Float64Array {
  const sums = new Float64Array(parents.length);
  sums.set(values.subarray(0, parents.length));
  for (let node = parents.length - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    sums[parent] = (sums[parent] ?? 0) + (sums[node] ?? 0);
  }
  return sums;
}

/** A tree from top to bottom: each node is followed by all that is below it, siblings in the order of their numbers. */
export interface TreeOrder {
  /** The nodes by their place. */
  readonly nodes: Int32Array;
  /** The place of each node. */
  readonly places: Int32Array;
  /** How many places each node takes with all that is below it. */
  readonly sizes: Int32Array;
}

export function treeOrder({ parents }: Pick<CallTreeData, 'parents'>): TreeOrder {
  const sizes = new Int32Array(parents.length).fill(1);
  for (let node = parents.length - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    sizes[parent] = (sizes[parent] ?? 0) + (sizes[node] ?? 0);
  }
  const nodes = new Int32Array(parents.length);
  const places = new Int32Array(parents.length);
  /** Of each node where its next child goes. */
  const free = new Int32Array(parents.length);
  free[0] = 1;
  for (let node = 1; node < parents.length; node++) {
    const parent = parents[node] ?? 0;
    const place = free[parent] ?? 0;
    free[parent] = place + (sizes[node] ?? 0);
    free[node] = place + 1;
    places[node] = place;
    nodes[place] = node;
  }
  return { nodes, places, sizes };
}

/** The children of a node, in the order of their numbers. */
export function childrenIn({ nodes, places, sizes }: TreeOrder, parent: number): number[] {
  const children: number[] = [];
  const end = (places[parent] ?? 0) + (sizes[parent] ?? 0);
  for (let place = (places[parent] ?? 0) + 1; place < end; ) {
    const child = nodes[place] ?? 0;
    children.push(child);
    place += sizes[child] ?? 1;
  }
  return children;
}

/**
 * What groups of frames come to with all that they call. A function that calls itself, also by way of others, counts
 * once: only its topmost frame on a stack brings its total.
 *
 * @param groupOf The group of each frame, from 0 to `groups` - 1.
 * @returns Amounts by group.
 */
export function groupTotals({ frameOf }: Pick<CallTreeData, 'frameOf'>, { nodes, sizes }: TreeOrder, totals: NodeAmounts, groupOf: Int32Array, groups: number): NodeAmounts {
  /** Of each group the place behind all that is below its topmost frame. */
  const ends = new Int32Array(groups);
  const sums = noAmounts(groups);
  for (let place = 1; place < nodes.length; place++) {
    const node = nodes[place] ?? 0;
    const group = groupOf[frameOf[node] ?? 0] ?? 0;
    if (place < (ends[group] ?? 0)) continue;
    ends[group] = place + (sizes[node] ?? 1);
    sums.bytes[group] = (sums.bytes[group] ?? 0) + (totals.bytes[node] ?? 0);
    sums.counts[group] = (sums.counts[group] ?? 0) + (totals.counts[node] ?? 0);
  }
  return sums;
}
