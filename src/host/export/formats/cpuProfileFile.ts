import type { CpuProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import type { EpochMilliseconds, Microseconds } from '../../../protocol/units';
import { callFrame, ROOT_FRAME, viewerAnnotations, type CallFrame, type ViewerAnnotations } from './viewerLocations';

/** A `.cpuprofile` file: `Profiler.Profile` of the Chrome DevTools Protocol, and js-debug's annotations. */
export interface CpuProfileFile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame; readonly hitCount: number; readonly children: readonly number[]; readonly locationId: number }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly Microseconds[];
  readonly startTime: Microseconds;
  readonly endTime: Microseconds;
  readonly $vscode: ViewerAnnotations;
}

/**
 * A CPU profile (wall time) for VS Code's own viewer and Chrome DevTools. Where only sums are known the samples are put one
 * after the other in the order of the tree: sums are right then, and their order means nothing.
 *
 * @param time When it ended.
 */
export function cpuProfileFile(profile: CpuProfile<Frame>, { rootPath, time }: { readonly rootPath: string; readonly time: EpochMilliseconds }): string {
  const { frames, parents, frameOf, hits, duration } = profile;
  const children: number[][] = parents.map(() => []);
  for (let node = 1; node < parents.length; node++) children[parents[node] ?? 0]?.push(node + 1);
  const callFrames = frames.map(callFrame);
  const { samples, timeDeltas } = profile.samples.length > 0 ? profile : inTreeOrder(profile);
  const endTime = time * 1000;
  const file: CpuProfileFile = {
    nodes: parents.map((_, node) => ({
      id: node + 1,
      callFrame: callFrames[frameOf[node] ?? -1] ?? ROOT_FRAME,
      hitCount: hits[node] ?? 0,
      children: children[node] ?? [],
      locationId: node === 0 ? 0 : (frameOf[node] ?? 0) + 1,
    })),
    samples: samples.map((node) => node + 1),
    timeDeltas: [...timeDeltas],
    startTime: endTime - duration,
    endTime,
    $vscode: viewerAnnotations(frames, rootPath),
  };
  return JSON.stringify(file);
}

function inTreeOrder({ hits, interval }: CpuProfile<Frame>): { samples: number[]; timeDeltas: Microseconds[] } {
  const samples = hits.flatMap((times, node) => new Array<number>(times).fill(node));
  return { samples, timeDeltas: samples.map((_, index) => (index === 0 ? 0 : interval)) };
}
