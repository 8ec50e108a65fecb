import type { Bytes } from '../protocol/units';
import type { LiveObjects, SampledNode } from './allocationProfile';
import { exactObjectsPerSample, sizeOfSample } from './sampledObjects';

/** `HeapProfiler.SamplingHeapProfile` of the Chrome DevTools Protocol, lines and columns counted from 0. */
export interface InspectorProfile {
  readonly head: InspectorNode;
  readonly samples: readonly { readonly size: Bytes; readonly nodeId: number }[];
}

interface InspectorNode {
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number };
  readonly id: number;
  readonly children: readonly InspectorNode[];
}

interface MutableNode extends SampledNode {
  readonly allocations: LiveObjects[];
  readonly children: MutableNode[];
}

/** The inspector's profile in the shape of the native sampler's, with sizes found out. Without recursion. */
export function fromInspector({ head, samples }: InspectorProfile, interval: Bytes): SampledNode {
  const byId = new Map<number, MutableNode>();
  const root = nodeOf(head);
  byId.set(head.id, root);
  const open: [InspectorNode, MutableNode][] = [[head, root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [from, to] = next;
    for (const child of from.children) {
      const node = nodeOf(child);
      byId.set(child.id, node);
      to.children.push(node);
      open.push([child, node]);
    }
  }
  // Few sizes occur, each in very many samples.
  const objects = new Map<Bytes, LiveObjects>();
  for (const { size, nodeId } of samples) {
    let entry = objects.get(size);
    if (entry === undefined) {
      const sizeBytes = sizeOfSample(size, interval);
      objects.set(size, (entry = { sizeBytes, count: exactObjectsPerSample(sizeBytes, interval) }));
    }
    byId.get(nodeId)?.allocations.push(entry);
  }
  return root;
}

function nodeOf({ callFrame }: InspectorNode): MutableNode {
  return {
    name: callFrame.functionName,
    scriptName: callFrame.url,
    // -1 when unknown.
    lineNumber: callFrame.lineNumber + 1,
    columnNumber: callFrame.columnNumber + 1,
    allocations: [],
    children: [],
  };
}
