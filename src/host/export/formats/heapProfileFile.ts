import type { AllocationProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import type { Bytes } from '../../../protocol/units';
import { callFrame, ROOT_FRAME, viewerAnnotations, type CallFrame, type ViewerAnnotations } from './viewerLocations';

interface HeapNode {
  readonly callFrame: CallFrame;
  selfSize: Bytes;
  readonly id: number;
  readonly children: HeapNode[];
  readonly locationId: number;
}

/** A `.heapprofile` file: what V8's sampler gives over the inspector, and js-debug's annotations. */
export interface HeapProfileFile {
  readonly head: HeapNode;
  readonly samples: readonly { readonly size: Bytes; readonly nodeId: number; readonly ordinal: number }[];
  readonly $vscode: ViewerAnnotations;
}

/** The viewer and JSON walk the tree by recursion. What is deeper counts for the frame that stands here. */
const MAX_DEPTH = 128;

/** A heap profile for VS Code's own viewer and Chrome DevTools: what is in use or, where that is not known, all allocations. */
export function heapProfileFile(profile: AllocationProfile<Frame>, { rootPath }: { readonly rootPath: string }): string {
  const { frames, parents, frameOf } = profile;
  const bytes = (profile.inUse ?? profile.allocated)?.bytes ?? [];
  const head: HeapNode = { callFrame: ROOT_FRAME, selfSize: bytes[0] ?? 0, id: 1, children: [], locationId: 0 };
  const nodes: HeapNode[] = [head];
  const depths = new Uint8Array(parents.length);
  const callFrames = frames.map(callFrame);
  for (let index = 1; index < parents.length; index++) {
    const parent = parents[index] ?? 0;
    const above = nodes[parent] ?? head;
    const selfSize = bytes[index] ?? 0;
    if ((depths[parent] ?? 0) >= MAX_DEPTH) {
      above.selfSize += selfSize;
      nodes[index] = above;
      depths[index] = MAX_DEPTH;
      continue;
    }
    const frame = frameOf[index] ?? 0;
    const node: HeapNode = { callFrame: callFrames[frame] ?? ROOT_FRAME, selfSize, id: index + 1, children: [], locationId: frame + 1 };
    above.children.push(node);
    nodes[index] = node;
    depths[index] = (depths[parent] ?? 0) + 1;
  }
  const samples = [...new Set(nodes)].filter(({ selfSize }) => selfSize > 0).map(({ id, selfSize }, ordinal) => ({ size: selfSize, nodeId: id, ordinal: ordinal + 1 }));
  return JSON.stringify({ head, samples, $vscode: viewerAnnotations(frames, rootPath) } satisfies HeapProfileFile);
}
