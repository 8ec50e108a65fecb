import type { AllocationProfile, AllocationReading, Amount } from '../protocol/allocations';
import type { Bytes } from '../protocol/units';
import { FrameTable } from './frameTable';
import { ownArray } from './ownArray';
import { isOwnFrame } from './ownFrames';
import { exactObjectsPerSample, objectsPerSample } from './sampledObjects';

/** A node of V8's sampling heap profile: one call stack, and what it allocated itself. */
export interface SampledNode {
  readonly name: string;
  readonly scriptName: string;
  /** Where the function starts, counted from 1; 0 when unknown. */
  readonly lineNumber: number;
  readonly columnNumber: number;
  /** One entry per object size; counts are scaled up to an estimate of all objects, sampled or not. */
  readonly allocations: readonly (LiveObjects | AllObjects)[];
  readonly children: readonly SampledNode[];
}

/** Objects of one size that are live. */
export interface LiveObjects {
  readonly sizeBytes: Bytes;
  readonly count: number;
}

/** Objects of one size, live and all. */
export interface AllObjects {
  readonly inuseObjects: number;
  readonly inuseSpaceBytes: Bytes;
  readonly allocObjects: number;
  readonly allocSpaceBytes: Bytes;
}

/** Which lists the entries of a sampler's nodes are. `liveAsAll`: its entries count all objects, as a recording does. */
export type SampledLists = 'live' | 'liveAndAll' | 'all';

/**
 * Turns the sampler's tree into a profile. Only the top frame of a stack decides whether it is the profiler's own and is
 * left out (R5), inner ones never do; what built-ins and Node's functions allocate counts as their caller's, since the
 * profiler calls those and never the program's. A stack with nothing in any list is left out.
 *
 * Walks without recursion, since a stack can be deeper than ours.
 *
 * @param interval Mean bytes between two samples.
 * @param limit Sites of each list that are kept, the largest; what the rest comes to is told.
 */
export function allocationProfile(root: SampledNode, lists: SampledLists, interval: Bytes, limit: number): Pick<AllocationReading, 'profile' | 'omitted'> {
  const { nodes, parents, own } = flatten(root);
  const inUse = lists === 'all' ? null : newAmounts(nodes.length);
  const allocated = lists === 'live' ? null : newAmounts(nodes.length);
  const sites: number[] = [];
  for (const [index, node] of nodes.entries()) {
    if (own[index] === true) continue;
    for (const entry of ownArray(node.allocations)) addEntry(index, entry, interval, inUse, allocated);
    if ((inUse?.bytes[index] ?? 0) > 0 || (allocated?.bytes[index] ?? 0) > 0) sites.push(index);
  }
  const { kept, left } = largest(sites, [inUse, allocated], limit);
  const profile = compact(nodes, parents, kept, inUse, allocated);
  return { profile, omitted: { sites: left.length, inUse: inUse && sumOf(left, inUse), allocated: allocated && sumOf(left, allocated) } };
}

interface MutableAmounts {
  readonly bytes: Float64Array;
  readonly counts: Float64Array;
}

function newAmounts(length: number): MutableAmounts {
  return { bytes: new Float64Array(length), counts: new Float64Array(length) };
}

/** Every node behind its parent. */
function flatten(root: SampledNode): { nodes: SampledNode[]; parents: number[]; own: boolean[] } {
  const nodes: SampledNode[] = [root];
  const parents: number[] = [-1];
  const own: boolean[] = [false];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) break;
    for (const child of ownArray(node.children)) {
      nodes.push(child);
      parents.push(index);
      own.push(isOwnFrame(child.scriptName, own[index] === true));
    }
  }
  return { nodes, parents, own };
}

function addEntry(index: number, entry: LiveObjects | AllObjects, interval: Bytes, inUse: MutableAmounts | null, allocated: MutableAmounts | null): void {
  if ('allocObjects' in entry) {
    if (entry.allocObjects <= 0) return;
    // In this list V8 rounds the scale of each sample; in the list of live objects only, that of their sum.
    const size = entry.allocSpaceBytes / entry.allocObjects;
    const unrounded = exactObjectsPerSample(size, interval) / objectsPerSample(size, interval);
    if (inUse) addTo(inUse, index, entry.inuseSpaceBytes * unrounded, entry.inuseObjects * unrounded);
    if (allocated) addTo(allocated, index, entry.allocSpaceBytes * unrounded, entry.allocObjects * unrounded);
  } else {
    const list = inUse ?? allocated;
    if (list) addTo(list, index, entry.sizeBytes * entry.count, entry.count);
  }
}

function addTo({ bytes, counts }: MutableAmounts, index: number, moreBytes: Bytes, moreCount: number): void {
  bytes[index] = (bytes[index] ?? 0) + moreBytes;
  counts[index] = (counts[index] ?? 0) + moreCount;
}

/** Those that are among the largest of any list. Ties in the order of the tree, so that equal sites do not come and go. */
function largest(sites: readonly number[], lists: readonly (MutableAmounts | null)[], limit: number): { kept: number[]; left: number[] } {
  if (sites.length <= limit) return { kept: [...sites], left: [] };
  const kept = new Set<number>();
  for (const list of lists) {
    if (list === null) continue;
    const sorted = [...sites].sort((a, b) => (list.bytes[b] ?? 0) - (list.bytes[a] ?? 0) || a - b);
    for (const site of sorted.slice(0, limit)) kept.add(site);
  }
  return { kept: [...kept], left: sites.filter((site) => !kept.has(site)) };
}

function sumOf(sites: readonly number[], { bytes, counts }: MutableAmounts): Amount {
  let sum = 0;
  let count = 0;
  for (const site of sites) {
    sum += bytes[site] ?? 0;
    count += counts[site] ?? 0;
  }
  return { bytes: sum, count };
}

/** The tree of the kept sites and what is above them, renumbered. Built-ins that only call are kept: they are on the stack. */
function compact(
  nodes: readonly SampledNode[],
  parents: readonly number[],
  kept: readonly number[],
  inUse: MutableAmounts | null,
  allocated: MutableAmounts | null,
): AllocationProfile {
  const isSite = new Uint8Array(nodes.length);
  const isNeeded = new Uint8Array(nodes.length);
  for (const site of kept) {
    isSite[site] = 1;
    for (let index = site; index > 0 && isNeeded[index] === 0; index = parents[index] ?? 0) isNeeded[index] = 1;
  }
  const table = new FrameTable();
  const compactParents = [-1];
  const frameOf = [-1];
  const numbers = new Uint32Array(nodes.length);
  const lists = [inUse, allocated].map((list) => list && { from: list, bytes: [isSite[0] === 1 ? round(list.bytes[0]) : 0], counts: [isSite[0] === 1 ? round(list.counts[0]) : 0] });
  for (let index = 1; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined || isNeeded[index] === 0) continue;
    numbers[index] = compactParents.length;
    compactParents.push(numbers[parents[index] ?? 0] ?? 0);
    frameOf.push(table.indexOf(node.name, node.scriptName, node.lineNumber, node.columnNumber));
    for (const list of lists) {
      list?.bytes.push(isSite[index] === 1 ? round(list.from.bytes[index]) : 0);
      list?.counts.push(isSite[index] === 1 ? round(list.from.counts[index]) : 0);
    }
  }
  const [ofInUse, ofAllocated] = lists.map((list) => list && { bytes: list.bytes, counts: list.counts });
  return { frames: table.frames, parents: compactParents, frameOf, inUse: ofInUse ?? null, allocated: ofAllocated ?? null };
}

/** An estimate needs no fraction, and a third of the digits on the wire. */
function round(value = 0): number {
  return Math.round(value);
}
