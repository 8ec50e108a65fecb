import type { Interval } from '../protocol/profile';
import { joined } from './coverage';
import { noAmounts, type NodeAmounts } from './nodeAmounts';

const DEFAULT_ENTRIES = 500_000;

/** What a reading found to have been allocated since the one before. */
interface Increment {
  /** When the reading before was taken; of a run's first reading its own time, as a run begins with one of nothing. */
  readonly since: number;
  readonly time: number;
  /** Of the nodes that grew: their numbers in the tree, and by how much. */
  readonly nodes: Int32Array;
  readonly bytes: Float64Array;
  readonly counts: Float64Array;
}

/**
 * What was allocated when: of each reading the difference to the one before, the oldest dropped. It is known as finely as
 * readings were taken: what was allocated between two of them has the time of the later one.
 */
export class AllocationTimeline {
  readonly #maxEntries: number;
  readonly #increments: Increment[] = [];
  #entries = 0;
  #before: { readonly time: number; readonly amounts: NodeAmounts } | null = null;

  /** @param maxEntries Nodes and readings that are kept at most; of the newest reading all are. */
  constructor(maxEntries = DEFAULT_ENTRIES) {
    this.#maxEntries = maxEntries;
  }

  /**
   * @param time By one clock for all calls.
   * @param now All that each node allocated since the sampler's run began. Kept until the next call: not to be written to.
   */
  add(time: number, now: NodeAmounts): void {
    const increment = { since: this.#before?.time ?? time, time, ...grownSince(this.#before?.amounts ?? null, now) };
    this.#before = { time, amounts: now };
    this.#increments.push(increment);
    this.#entries += weight(increment);
    let dropped = 0;
    while (this.#entries > this.#maxEntries && dropped < this.#increments.length - 1) {
      const oldest = this.#increments[dropped++];
      if (oldest === undefined) break;
      this.#entries -= weight(oldest);
    }
    this.#increments.splice(0, dropped);
  }

  /** The sampler was started anew, and its amounts from zero. What is kept stays. */
  reset(): void {
    this.#before = null;
  }

  /**
   * What readings after `from` and up to `to` found to have been allocated. Null when none of that time is kept. What they
   * tell of may be another time than the one asked for: see `covered`.
   */
  between(from: number, to: number): NodeAmounts | null {
    const within = this.#within(from, to);
    if (within.length === 0) return null;
    let size = 0;
    // Their numbers ascend.
    for (const { nodes } of within) size = Math.max(size, (nodes.at(-1) ?? -1) + 1);
    const sums = noAmounts(size);
    for (const { nodes, bytes, counts } of within) {
      for (let index = 0; index < nodes.length; index++) {
        const node = nodes[index] ?? 0;
        sums.bytes[node] = (sums.bytes[node] ?? 0) + (bytes[index] ?? 0);
        sums.counts[node] = (sums.counts[node] ?? 0) + (counts[index] ?? 0);
      }
    }
    return sums;
  }

  /** Of which time `between` tells, in order: from the reading before the first one on, and not of what was dropped or lies between two runs. */
  covered(from: number, to: number): Interval[] {
    return joined(this.#within(from, to).map(({ since, time }) => ({ from: since, to: time })));
  }

  #within(from: number, to: number): Increment[] {
    return this.#increments.filter(({ time }) => from < time && time <= to);
  }
}

/** A reading in which nothing grew takes room too. */
function weight({ nodes }: Increment): number {
  return nodes.length + 1;
}

function grownSince(before: NodeAmounts | null, now: NodeAmounts): Omit<Increment, 'since' | 'time'> {
  const grown: number[] = [];
  for (let node = 0; node < now.bytes.length; node++) {
    if ((now.bytes[node] ?? 0) > (before?.bytes[node] ?? 0)) grown.push(node);
  }
  const nodes = Int32Array.from(grown);
  return { nodes, bytes: grownBy(nodes, before?.bytes, now.bytes), counts: grownBy(nodes, before?.counts, now.counts) };
}

function grownBy(nodes: Int32Array, before: Float64Array | undefined, now: Float64Array): Float64Array {
  return Float64Array.from(nodes, (node) => (now[node] ?? 0) - (before?.[node] ?? 0));
}
