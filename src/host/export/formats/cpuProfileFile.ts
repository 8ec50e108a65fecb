import type { CpuProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import type { EpochMilliseconds, Microseconds } from '../../../protocol/units';
import { shallowTree, sumInto, topDown, type FileTree } from './fileTree';
import { ViewerLocations, type CallFrame } from './viewerLocations';

/** The list of nodes is flat, but the viewer of VS Code adds up times by recursion. V8 itself keeps 255 frames. */
const MAX_DEPTH = 256;

interface Node {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly hitCount: number;
  readonly children: number[];
  readonly locationId: number;
  readonly positionTicks: readonly { readonly line: number; readonly ticks: number; readonly startLocationId: number; readonly endLocationId: number }[];
}

interface Timeline {
  /** Ids of nodes. */
  readonly samples: readonly number[];
  /** Since the sample before, the first one since the beginning. Readers give a sample the time until the next one. */
  readonly timeDeltas: readonly Microseconds[];
}

/**
 * V8's `.cpuprofile`, for Chrome's DevTools and the viewer of VS Code: wall time only. When only sums are known, each
 * function has its time in one piece, in the order of the tree, and the order of time means nothing.
 *
 * All ticks of a function are on the line where it starts, as no other is known.
 *
 * @param rootPath The workspace folder, which the viewer shows paths from; '' for none.
 * @param time When it ended.
 */
export function cpuProfileFile(profile: CpuProfile<Frame>, { rootPath, time }: { readonly rootPath: string; readonly time: EpochMilliseconds }): string {
  const tree = shallowTree(profile, MAX_DEPTH);
  const hits = sumInto(tree, profile.hits);
  const locations = new ViewerLocations();
  const nodes: Node[] = [];
  for (const [index, parent] of tree.parents.entries()) {
    const locationId = locations.idOf(tree.frames[tree.frameOf[index] ?? -1]);
    const callFrame = locations.callFrame(locationId);
    const ticks = hits[index] ?? 0;
    const line = callFrame.lineNumber + 1;
    const positionTicks = ticks > 0 && line > 0 ? [{ line, ticks, startLocationId: locationId, endLocationId: locationId }] : [];
    nodes.push({ id: nodeId(index), callFrame, hitCount: ticks, children: [], locationId, positionTicks });
    nodes[parent]?.children.push(nodeId(index));
  }
  const timeline = profile.samples.length > 0 ? recorded(tree, profile) : synthesised(tree, hits, profile.interval);
  const covered = timeline.timeDeltas.reduce((sum, delta) => sum + delta, 0);
  const duration = Math.round(profile.samples.length > 0 ? Math.max(profile.duration, covered) : covered);
  const endTime = Math.round(time * 1000);
  return JSON.stringify({ nodes, startTime: endTime - duration, endTime, ...timeline, $vscode: locations.annotation(rootPath) });
}

function recorded(tree: FileTree, { samples, timeDeltas }: CpuProfile<Frame>): Timeline {
  return { samples: samples.map((node) => nodeId(tree.nodeOf[node] ?? 0)), timeDeltas };
}

/** One sample for each node that was hit, as long as all its hits, and one at the end, which no time is left for. */
function synthesised(tree: FileTree, hits: Float64Array, interval: Microseconds): Timeline {
  const nodes = Array.from(topDown(tree.parents)).filter((node) => (hits[node] ?? 0) > 0);
  const times = nodes.map((node) => Math.round((hits[node] ?? 0) * interval));
  return { samples: [...nodes.map(nodeId), nodeId(0)], timeDeltas: [0, ...times] };
}

/** V8 counts from 1. */
function nodeId(index: number): number {
  return index + 1;
}
