/** Files for https://www.speedscope.app: the schema is https://www.speedscope.app/file-format-schema.json. */
import { wallTimes } from '../../../model/timeProfile';
import type { AllocationProfile, CallTreeData, CpuProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import { stackOf, stackTree, sumInto, topDown, type FileTree } from './fileTree';
import { fileOf, nameOf } from './frameText';

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';
const EXPORTER = 'Bifrost';

type Unit = 'bytes' | 'microseconds';

/** A profile of one list; several are in one file, to be chosen from. */
interface Sampled {
  readonly type: 'sampled';
  readonly name: string;
  readonly unit: Unit;
  readonly startValue: 0;
  readonly endValue: number;
  /** Stacks, the outermost frame first. */
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Of a file with stacks in order of time; more are sums per stack, as they are written out one by one. */
const MAX_ORDERED_FRAMES = 16_000_000;

/** A heap profile: one list for what is in use, one for all that was allocated, as far as known. */
export function speedscopeHeap(profile: AllocationProfile<Frame>, name: string): string {
  const { inUse, allocated } = profile;
  const tree = stackTree(profile, [inUse?.bytes ?? null, allocated?.bytes ?? null]);
  const profiles: Sampled[] = [];
  if (inUse !== null) profiles.push(summed(tree, 'In use', 'bytes', inUse.bytes));
  if (allocated !== null) profiles.push(summed(tree, 'Allocated', 'bytes', allocated.bytes));
  return fileText(tree, profiles, name);
}

/** A CPU profile: wall time, in order of time where that is known, and CPU time where it was measured. */
export function speedscopeCpu(profile: CpuProfile<Frame>, name: string): string {
  const { hits, cpuTime } = profile;
  const tree = stackTree(profile, [hits, cpuTime]);
  const wall = ordered(tree, profile) ?? summed(tree, 'Wall time', 'microseconds', wallTimes(profile));
  return fileText(tree, cpuTime === null ? [wall] : [wall, summed(tree, 'CPU time', 'microseconds', cpuTime)], name);
}

function summed(tree: FileTree, name: string, unit: Unit, values: CallTreeData<Frame>['parents']): Sampled {
  const sums = sumInto(tree, values);
  const nodes = Array.from(topDown(tree.parents)).filter((node) => (sums[node] ?? 0) > 0);
  return sampled(name, unit, nodes.map((node) => stackOf(tree, node).reverse()), nodes.map((node) => sums[node] ?? 0));
}

/** Neighbours with the same stack are one sample. Undefined when the order is not known, or would be too much to write. */
function ordered(tree: FileTree, { samples, timeDeltas }: CpuProfile<Frame>): Sampled | undefined {
  const stacks: (readonly number[])[] = [];
  const weights: number[] = [];
  let before = 0;
  let frames = 0;
  for (const [index, sample] of samples.entries()) {
    const node = tree.nodeOf[sample] ?? 0;
    const time = timeDeltas[index] ?? 0;
    const last = weights.length - 1;
    if (node === before) weights[last] = (weights[last] ?? 0) + time;
    else {
      const stack = stackOf(tree, node).reverse();
      frames += stack.length;
      if (frames > MAX_ORDERED_FRAMES) return undefined;
      stacks.push(stack);
      weights.push(time);
    }
    before = node;
  }
  return stacks.length === 0 ? undefined : sampled('Wall time', 'microseconds', stacks, weights);
}

function sampled(name: string, unit: Unit, samples: Sampled['samples'], weights: readonly number[]): Sampled {
  return { type: 'sampled', name, unit, startValue: 0, endValue: weights.reduce((sum, weight) => sum + weight, 0), samples, weights };
}

function fileText(tree: FileTree, profiles: readonly Sampled[], name: string): string {
  return JSON.stringify({
    $schema: SCHEMA,
    exporter: EXPORTER,
    name,
    activeProfileIndex: 0,
    shared: { frames: tree.frames.map(speedscopeFrame) },
    profiles,
  });
}

function speedscopeFrame(frame: Frame) {
  const { line, column } = frame;
  const file = fileOf(frame);
  return { name: nameOf(frame), ...(file !== '' && { file }), ...(line > 0 && { line }), ...(column > 0 && { col: column }) };
}
