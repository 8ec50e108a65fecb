import type { Amounts } from '../protocol/allocations';

/**
 * What each node of a `CallTree` comes to by itself, by the node's number. The tree grows, so an array may end before it:
 * what is behind its end is zero. Read only: every function here makes new arrays.
 */
export interface NodeAmounts {
  readonly bytes: Float64Array;
  readonly counts: Float64Array;
}

/** Nothing of any node. */
export function noAmounts(size: number): NodeAmounts {
  return { bytes: new Float64Array(size), counts: new Float64Array(size) };
}

/**
 * The amounts of a reading by the numbers of the tree it was merged into.
 *
 * @param nodes What `CallTree.merge` gave for the reading.
 * @param size The tree's, after that.
 */
export function nodeAmounts(amounts: Amounts, nodes: Int32Array, size: number): NodeAmounts {
  const sums = noAmounts(size);
  // Several nodes of a reading may be one of the tree.
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] ?? 0;
    sums.bytes[node] = (sums.bytes[node] ?? 0) + (amounts.bytes[index] ?? 0);
    sums.counts[node] = (sums.counts[node] ?? 0) + (amounts.counts[index] ?? 0);
  }
  return sums;
}

/** What is in both together: two runs of the sampler, of which each began at zero. */
export function addAmounts(one: NodeAmounts, other: NodeAmounts): NodeAmounts {
  return { bytes: combined(one.bytes, other.bytes, 1), counts: combined(one.counts, other.counts, 1) };
}

/** How much more there is of each node than at the baseline. Less is negative, so that the sum over a subtree is right. */
export function growth(now: NodeAmounts, baseline: NodeAmounts): NodeAmounts {
  return { bytes: combined(now.bytes, baseline.bytes, -1), counts: combined(now.counts, baseline.counts, -1) };
}

/** The same amounts in arrays of this length; themselves when they have it. */
export function sizedAmounts({ bytes, counts }: NodeAmounts, size: number): NodeAmounts {
  return { bytes: sized(bytes, size), counts: sized(counts, size) };
}

function combined(one: Float64Array, other: Float64Array, sign: 1 | -1): Float64Array {
  const result = new Float64Array(Math.max(one.length, other.length));
  result.set(one);
  for (let index = 0; index < other.length; index++) result[index] = (result[index] ?? 0) + sign * (other[index] ?? 0);
  return result;
}

function sized(values: Float64Array, size: number): Float64Array {
  if (values.length === size) return values;
  const result = new Float64Array(size);
  result.set(values.subarray(0, size));
  return result;
}
