import type { Bytes } from '../protocol/units';
import type { LiveObjects, SampledNode } from './allocationProfile';
import { ownArray } from './ownArray';
import { exactObjectsPerSample, POINTER, sizesOfSample } from './sampledObjects';

/** `HeapProfiler.SamplingHeapProfile` of the Chrome DevTools Protocol, lines and columns counted from 0. */
export interface InspectorProfile {
  readonly head: InspectorNode;
  readonly samples: readonly { readonly size: Bytes; readonly nodeId: number }[];
}

interface InspectorNode {
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number };
  readonly id: number;
  /** Size × objects over all sizes, of which each is scaled up as a whole: unlike that of the samples, hardly rounded. */
  readonly selfSize: Bytes;
  readonly children: readonly InspectorNode[];
}

interface MutableNode extends SampledNode {
  readonly children: MutableNode[];
}

/** Past this many, sizes are not found out: it takes 20 µs for each, and a program of so many sizes is made to take time. */
const MANY_SIZES = 50_000;

const NO_HITS: ReadonlyMap<Bytes, number> = new Map();

/**
 * The inspector's profile in the shape of the native sampler's, with sizes found out. Without recursion.
 *
 * @param pointer What sizes of objects are multiples of.
 */
export function fromInspector({ head, samples }: InspectorProfile, interval: Bytes, pointer: Bytes = POINTER.node): SampledNode {
  const hits = countHits(samples);
  const sizes = new Map<Bytes, readonly Bytes[]>();
  const allocationsOf = ({ id, selfSize }: InspectorNode): LiveObjects[] => {
    const products = hits.get(id) ?? NO_HITS;
    const entries = [...products].map(([product, times]) => {
      let candidates = sizes.get(product);
      if (candidates === undefined) sizes.set(product, (candidates = sizes.size < MANY_SIZES ? sizesOfSample(product, interval, pointer) : [product]));
      // Where a node has one size only, its sum tells which.
      const fitting = products.size === 1 ? candidates.find((size) => size * Math.round(times * exactObjectsPerSample(size, interval)) === selfSize) : undefined;
      const sizeBytes = fitting ?? candidates[0] ?? product;
      return { sizeBytes, count: times * exactObjectsPerSample(sizeBytes, interval) };
    });
    const bytes = entries.reduce((sum, { sizeBytes, count }) => sum + sizeBytes * count, 0);
    return bytes > 0 ? entries.map(({ sizeBytes, count }) => ({ sizeBytes, count: (count * selfSize) / bytes })) : [];
  };
  const root = nodeOf(head, allocationsOf(head));
  const open: [InspectorNode, MutableNode][] = [[head, root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [from, to] = next;
    for (const child of ownArray(from.children)) {
      const node = nodeOf(child, allocationsOf(child));
      to.children.push(node);
      open.push([child, node]);
    }
  }
  return root;
}

/** How many samples each node has of each product of size and objects. */
function countHits(samples: InspectorProfile['samples']): Map<number, Map<Bytes, number>> {
  const hits = new Map<number, Map<Bytes, number>>();
  for (const { nodeId, size } of ownArray(samples)) {
    let ofNode = hits.get(nodeId);
    if (ofNode === undefined) hits.set(nodeId, (ofNode = new Map<Bytes, number>()));
    ofNode.set(size, (ofNode.get(size) ?? 0) + 1);
  }
  return hits;
}

function nodeOf({ callFrame }: InspectorNode, allocations: readonly LiveObjects[]): MutableNode {
  return {
    name: callFrame.functionName,
    scriptName: callFrame.url,
    // -1 when unknown.
    lineNumber: callFrame.lineNumber + 1,
    columnNumber: callFrame.columnNumber + 1,
    allocations,
    children: [],
  };
}
