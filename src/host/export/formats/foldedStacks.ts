import type { AllocationProfile, CallTreeData, CpuProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import { stackOf, stackTree, sumInto, topDown } from './fileTree';
import { fileOf, nameOf } from './frameText';

/**
 * A heap profile as lines of `outermost;…;allocating function bytes`, for flame graphs: the format of Brendan Gregg's
 * flamegraph.pl, which inferno, speedscope and others read too. A caller's line stands above its callees'.
 * Of a measure that the profile does not have there are no lines.
 */
export function foldedStacks(profile: AllocationProfile<Frame>, measure: 'inUse' | 'allocated'): string {
  return fold(profile, profile[measure]?.bytes ?? []);
}

/**
 * The same of a CPU profile, in microseconds.
 *
 * @throws Error when CPU time is asked for and was not measured.
 */
export function foldedCpuStacks(profile: CpuProfile<Frame>, measure: 'wall' | 'cpu'): string {
  if (measure === 'wall') return fold(profile, profile.hits.map((hits) => hits * profile.interval));
  if (profile.cpuTime === null) throw new Error('CPU time was not measured in this profile.');
  return fold(profile, profile.cpuTime);
}

function fold(profile: CallTreeData<Frame>, values: readonly number[]): string {
  const tree = stackTree(profile, [values]);
  const sums = sumInto(tree, values);
  const labels = tree.frames.map(label);
  const lines: string[] = [];
  for (const node of topDown(tree.parents)) {
    const value = Math.round(sums[node] ?? 0);
    if (value === 0) continue;
    const stack = stackOf(tree, node).reverse();
    lines.push(`${stack.map((frame) => labels[frame] ?? '').join(';')} ${value}\n`);
  }
  return lines.join('');
}

/** With its place, as readers take functions of one name for one. A semicolon would end it; line breaks are written out. */
function label(frame: Frame): string {
  const file = fileOf(frame);
  const place = file === '' ? '' : ` (${file}:${frame.line})`;
  return `${nameOf(frame)}${place}`.replaceAll(';', ',');
}
