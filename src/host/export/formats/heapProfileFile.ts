import type { AllocationProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import type { Bytes } from '../../../protocol/units';
import { shallowTree, sumInto } from './fileTree';
import { ViewerLocations, type CallFrame } from './viewerLocations';

/**
 * The format nests a call's callees in it, and whoever writes or reads that as JSON recurses: a stack is cut to the depth
 * to which V8 itself samples unless told otherwise. See `shallowTree` for how.
 */
const MAX_DEPTH = 128;

interface Node {
  readonly callFrame: CallFrame;
  readonly selfSize: Bytes;
  readonly id: number;
  readonly locationId: number;
  readonly children: Node[];
}

/**
 * V8's `.heapprofile`, for Chrome's DevTools and the viewer of VS Code: bytes of what is in use or, where that is not known,
 * of all allocations. V8 lists samples by time; here it is one for each node, and their order means nothing.
 *
 * @param rootPath The workspace folder, which the viewer shows paths from; '' for none.
 */
export function heapProfileFile(profile: AllocationProfile<Frame>, { rootPath }: { readonly rootPath: string }): string {
  const tree = shallowTree(profile, MAX_DEPTH);
  const sizes = sumInto(tree, (profile.inUse ?? profile.allocated)?.bytes ?? []).map(Math.round);
  const used = hasValueBelow(tree.parents, sizes);
  const locations = new ViewerLocations();
  const nodes: Node[] = [];
  const samples: { size: Bytes; nodeId: number; ordinal: number }[] = [];
  for (const [index, parent] of tree.parents.entries()) {
    const locationId = locations.idOf(tree.frames[tree.frameOf[index] ?? -1]);
    const node: Node = { callFrame: locations.callFrame(locationId), selfSize: sizes[index] ?? 0, id: index + 1, locationId, children: [] };
    nodes.push(node);
    if (used[index] !== 1) continue;
    nodes[parent]?.children.push(node);
    if (node.selfSize > 0) samples.push({ size: node.selfSize, nodeId: node.id, ordinal: samples.length + 1 });
  }
  return JSON.stringify({ head: nodes[0], samples, $vscode: locations.annotation(rootPath) });
}

/** 1 for each node that has a value itself or in a descendant: a profile with two lists has nodes of which one has nothing. */
function hasValueBelow(parents: Int32Array, values: Float64Array): Uint8Array {
  const has = Uint8Array.from(values, (value) => (value > 0 ? 1 : 0));
  for (let node = parents.length - 1; node > 0; node--) {
    if (has[node] === 1) has[parents[node] ?? 0] = 1;
  }
  return has;
}
