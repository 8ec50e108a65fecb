import type { Amount } from '../protocol/allocations';
import type { Bytes } from '../protocol/units';
import type { CallTree } from './callTree';
import type { NodeAmounts } from './nodeAmounts';
import { subtreeSums, type TreeOrder } from './treeTotals';

/**
 * Amounts of one measure over a call tree, with what several views of them need: each is worked out when it is first asked for,
 * and then kept. It is of the tree as it is now: when the tree has grown, another one is needed.
 */
export class MeasuredTree {
  readonly tree: CallTree;
  readonly amounts: NodeAmounts;
  /** What there was at the baseline, for telling what is new; null without one. */
  readonly baseline: NodeAmounts | null;
  #sites: Int32Array | null = null;
  #order: TreeOrder | null = null;
  #totals: NodeAmounts | null = null;
  #weights: Float64Array | null = null;
  #totalsBefore: Float64Array | null = null;
  #sum: Amount | null = null;
  #grownBytes: Bytes | null = null;

  constructor(tree: CallTree, amounts: NodeAmounts, baseline: NodeAmounts | null = null) {
    this.tree = tree;
    this.amounts = amounts;
    this.baseline = baseline;
  }

  /** The nodes that have something of their own, by their numbers. */
  get sites(): Int32Array {
    return (this.#sites ??= nodesWithBytes(this.amounts, this.tree.size));
  }

  /** That of the tree when it was first asked for: places are of it. */
  get order(): TreeOrder {
    return (this.#order ??= this.tree.order);
  }

  /** What each node comes to with all below it, by its place. */
  get totals(): NodeAmounts {
    return (this.#totals ??= { bytes: subtreeSums(this.order, this.amounts.bytes), counts: subtreeSums(this.order, this.amounts.counts) });
  }

  /** The bytes of all that grew below each node, by its place: what shrank beside it must not hide it. */
  get weights(): Float64Array {
    // Only growth can be negative.
    return (this.#weights ??= this.baseline === null ? this.totals.bytes : subtreeSums(this.order, this.amounts.bytes.map(positive)));
  }

  /** The bytes of each node with all below it at the baseline, by its place; null without one. */
  get totalsBefore(): Float64Array | null {
    return (this.#totalsBefore ??= this.baseline && subtreeSums(this.order, this.baseline.bytes));
  }

  /** All of it. */
  get sum(): Amount {
    return (this.#sum ??= { bytes: sumOf(this.amounts.bytes), count: sumOf(this.amounts.counts) });
  }

  /** All that grew: without what shrank. */
  get grownBytes(): Bytes {
    return (this.#grownBytes ??= sumOf(this.amounts.bytes, 0));
  }
}

function nodesWithBytes({ bytes }: NodeAmounts, size: number): Int32Array {
  const nodes = new Int32Array(Math.min(size, bytes.length));
  let count = 0;
  for (let node = 0; node < nodes.length; node++) if (bytes[node] !== 0) nodes[count++] = node;
  return nodes.slice(0, count);
}

function positive(value: number): number {
  return Math.max(0, value);
}

/** @param least What is less is left out. */
function sumOf(values: Float64Array, least = -Infinity): number {
  let sum = 0;
  // By its index: neither an iterator nor `forEach` is compiled to a plain loop, and they took ten times as long.
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index] ?? 0;
    if (value >= least) sum += value;
  }
  return sum;
}
