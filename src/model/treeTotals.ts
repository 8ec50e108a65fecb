import type { CallTreeData } from '../protocol/allocations';
import { noAmounts, type NodeAmounts } from './nodeAmounts';

/**
 * A tree from top to bottom: each node is followed by all that is below it, siblings in the order of their numbers. What is
 * gone through in that order is kept in it, by place: with 400,000 nodes, to look up each by its number took five times as long.
 */
export interface TreeOrder {
  /** The place of each node. */
  readonly places: Int32Array;
  readonly nodes: Int32Array;
  /** The number of the frame; -1 for the root. */
  readonly frames: Int32Array;
  /** The place of the parent; -1 for the root. */
  readonly parents: Int32Array;
  /** The place behind all that is below. */
  readonly ends: Int32Array;
}

/** @param tree Its parents stand before their children. */
export function treeOrder({ parents, frameOf }: Pick<CallTreeData, 'parents' | 'frameOf'>): TreeOrder {
  const size = parents.length;
  const sizes = new Int32Array(size).fill(1);
  for (let node = size - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    sizes[parent] = (sizes[parent] ?? 0) + (sizes[node] ?? 0);
  }
  const order = { places: new Int32Array(size), nodes: new Int32Array(size), frames: new Int32Array(size), parents: new Int32Array(size), ends: new Int32Array(size) };
  order.frames[0] = order.parents[0] = -1;
  order.ends[0] = size;
  /** By place, where the next child goes. */
  const free = new Int32Array(size);
  free[0] = 1;
  for (let node = 1; node < size; node++) {
    const parent = order.places[parents[node] ?? 0] ?? 0;
    const place = free[parent] ?? 0;
    const end = place + (sizes[node] ?? 0);
    free[parent] = end;
    free[place] = place + 1;
    order.places[node] = place;
    order.nodes[place] = node;
    order.frames[place] = frameOf[node] ?? -1;
    order.parents[place] = parent;
    order.ends[place] = end;
  }
  return order;
}

/**
 * What each node comes to with all below it. Children stand behind their parents, so one pass from the end does.
 *
 * @param values By node; what is behind their end is zero.
 * @returns By place.
 */
export function subtreeSums({ nodes, parents }: TreeOrder, values: Float64Array): Float64Array {
  const sums = new Float64Array(nodes.length);
  for (let place = nodes.length - 1; place >= 0; place--) {
    const sum = (sums[place] ?? 0) + (values[nodes[place] ?? 0] ?? 0);
    sums[place] = sum;
    const parent = parents[place] ?? -1;
    if (parent >= 0) sums[parent] = (sums[parent] ?? 0) + sum;
  }
  return sums;
}

/** The places of a node's children, in order. */
export function childrenIn({ ends }: TreeOrder, parent: number): number[] {
  const children: number[] = [];
  const end = ends[parent] ?? 0;
  for (let place = parent + 1; place < end; place = ends[place] ?? end) children.push(place);
  return children;
}

/**
 * What groups of frames come to with all that they call. A function that calls itself, also by way of others, counts
 * once: only its topmost frame on a stack brings its total.
 *
 * @param totals By place.
 * @param groupOf The group of each frame, from 0 to `groups` - 1.
 * @returns Amounts by group.
 */
export function groupTotals({ frames, ends }: TreeOrder, totals: NodeAmounts, groupOf: Int32Array, groups: number): NodeAmounts {
  /** Of each group the place behind all that is below its topmost frame. */
  const coveredTo = new Int32Array(groups);
  const sums = noAmounts(groups);
  for (let place = 1; place < frames.length; place++) {
    const group = groupOf[frames[place] ?? 0] ?? 0;
    if (place < (coveredTo[group] ?? 0)) continue;
    coveredTo[group] = ends[place] ?? 0;
    sums.bytes[group] = (sums.bytes[group] ?? 0) + (totals.bytes[place] ?? 0);
    sums.counts[group] = (sums.counts[group] ?? 0) + (totals.counts[place] ?? 0);
  }
  return sums;
}
