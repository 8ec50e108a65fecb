import type { Amount } from '../protocol/allocations';
import type { Bytes } from '../protocol/units';
import type { CallTree } from './callTree';
import type { NodeAmounts } from './nodeAmounts';
import { subtreeSums, treeOrder, type TreeOrder } from './treeTotals';

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
  #callers: Int32Array | null = null;
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

  /**
   * For each node the one that it allocates for: built-ins (`split`, `push`) have no script and work for whoever called them.
   * Those that nobody called stand for themselves.
   */
  get callers(): Int32Array {
    return (this.#callers ??= callersIn(this.tree));
  }

  get order(): TreeOrder {
    return (this.#order ??= treeOrder(this.tree));
  }

  /** What each node comes to with all below it. */
  get totals(): NodeAmounts {
    return (this.#totals ??= { bytes: subtreeSums(this.tree, this.amounts.bytes), counts: subtreeSums(this.tree, this.amounts.counts) });
  }

  /** The bytes of all that grew below each node: what shrank beside it must not hide it. */
  get weights(): Float64Array {
    // Only growth can be negative.
    return (this.#weights ??= this.baseline === null ? this.totals.bytes : subtreeSums(this.tree, this.amounts.bytes.map(positive)));
  }

  /** The bytes of each node with all below it at the baseline; null without one. */
  get totalsBefore(): Float64Array | null {
    return (this.#totalsBefore ??= this.baseline && subtreeSums(this.tree, this.baseline.bytes));
  }

  /** All of it. */
  get sum(): Amount {
    return (this.#sum ??= { bytes: sumOf(this.amounts.bytes), count: sumOf(this.amounts.counts) });
  }

  /** All that grew: without what shrank. */
  get grownBytes(): Bytes {
    return (this.#grownBytes ??= sumOf(this.amounts.bytes.map(positive)));
  }
}

function nodesWithBytes({ bytes }: NodeAmounts, size: number): Int32Array {
  const nodes: number[] = [];
  for (let node = 0; node < Math.min(size, bytes.length); node++) if (bytes[node] !== 0) nodes.push(node);
  return Int32Array.from(nodes);
}

function callersIn({ frames, frameOf, parents, size }: CallTree): Int32Array {
  const isScript = Uint8Array.from(frames, ({ url }) => (url === '' ? 0 : 1));
  const callers = new Int32Array(size);
  for (let node = 1; node < size; node++) callers[node] = isScript[frameOf[node] ?? -1] === 1 ? node : (callers[parents[node] ?? 0] ?? 0);
  return callers.map((caller, node) => (caller === 0 ? node : caller));
}

function positive(value: number): number {
  return Math.max(0, value);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
