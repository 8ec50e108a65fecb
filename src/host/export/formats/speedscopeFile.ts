import type { AllocationProfile, Amounts, CallTreeData, CpuProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';
const EXPORTER = 'Bifrost';

/** A file of speedscope: https://www.speedscope.app/file-format-schema.json. */
export interface SpeedscopeFile {
  readonly $schema: typeof SCHEMA;
  readonly exporter: string;
  readonly name: string;
  readonly activeProfileIndex: number;
  readonly shared: { readonly frames: readonly { readonly name: string; readonly file?: string; readonly line?: number; readonly col?: number }[] };
  readonly profiles: readonly SampledProfile[];
}

interface SampledProfile {
  readonly type: 'sampled';
  readonly name: string;
  readonly unit: 'bytes' | 'microseconds';
  readonly startValue: number;
  readonly endValue: number;
  /** Stacks, the first caller first, as numbers of frames. */
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** A heap profile for speedscope: what is in use, and all allocations, as far as each is known. */
export function speedscopeHeap(profile: AllocationProfile<Frame>, name: string): string {
  const lists: readonly (readonly [title: string, amounts: Amounts | null])[] = [['In use', profile.inUse], ['Allocated', profile.allocated]];
  const profiles = lists.flatMap(([title, amounts]) => (amounts ? [sampled(profile, title, 'bytes', amounts.bytes)] : []));
  return file(profile, name, profiles);
}

/** A CPU profile for speedscope: wall time, in the order in which it went by where that is known, and CPU time. */
export function speedscopeCpu(profile: CpuProfile<Frame>, name: string): string {
  const wall = profile.samples.length > 0 ? overTime(profile) : sampled(profile, 'Wall time', 'microseconds', profile.hits.map((hits) => hits * profile.interval));
  const cpu = profile.cpuTime ? [sampled(profile, 'CPU time', 'microseconds', profile.cpuTime)] : [];
  return file(profile, name, [wall, ...cpu]);
}

function file({ frames }: CallTreeData<Frame>, name: string, profiles: readonly SampledProfile[]): string {
  const shared = frames.map((frame) => ({
    name: frame.functionName,
    ...(frame.file !== '' && { file: frame.file }),
    ...(frame.line > 0 && { line: frame.line }),
    ...(frame.column > 0 && { col: frame.column }),
  }));
  return JSON.stringify({ $schema: SCHEMA, exporter: EXPORTER, name, activeProfileIndex: 0, shared: { frames: shared }, profiles } satisfies SpeedscopeFile);
}

function sampled(tree: CallTreeData<Frame>, name: string, unit: SampledProfile['unit'], values: readonly number[]): SampledProfile {
  const samples: number[][] = [];
  const weights: number[] = [];
  for (const [node, value] of values.entries()) {
    if (value <= 0) continue;
    samples.push(stackAt(tree, node));
    weights.push(Math.round(value));
  }
  return { type: 'sampled', name, unit, startValue: 0, endValue: weights.reduce((sum, weight) => sum + weight, 0), samples, weights };
}

/** A sample lasts until the next one. */
function overTime(profile: CpuProfile<Frame>): SampledProfile {
  const stacks = new Map<number, number[]>();
  const samples = profile.samples.map((node) => {
    let stack = stacks.get(node);
    if (stack === undefined) stacks.set(node, (stack = stackAt(profile, node)));
    return stack;
  });
  const weights = profile.samples.map((_, index) => Math.max(0, Math.round(profile.timeDeltas[index + 1] ?? profile.interval)));
  return { type: 'sampled', name: 'Wall time', unit: 'microseconds', startValue: 0, endValue: weights.reduce((sum, weight) => sum + weight, 0), samples, weights };
}

function stackAt({ parents, frameOf }: CallTreeData<Frame>, node: number): number[] {
  const stack: number[] = [];
  for (let at = node; at > 0; at = parents[at] ?? 0) stack.push(frameOf[at] ?? 0);
  return stack.reverse();
}
