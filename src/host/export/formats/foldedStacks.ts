import type { AllocationProfile, CallTreeData } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';

/** Brendan Gregg's format: `first caller;…;function bytes`, a line per stack, in the order of the tree. */
export function foldedStacks(profile: AllocationProfile<Frame>, measure: 'inUse' | 'allocated'): string {
  const bytes = profile[measure]?.bytes ?? [];
  const lines: string[] = [];
  for (let node = 0; node < profile.parents.length; node++) {
    const value = Math.round(bytes[node] ?? 0);
    if (value > 0) lines.push(`${stackText(profile, node)} ${value}\n`);
  }
  return lines.join('');
}

function stackText({ frames, parents, frameOf }: CallTreeData<Frame>, node: number): string {
  const names: string[] = [];
  for (let at = node; at > 0; at = parents[at] ?? 0) names.push(frameText(frames[frameOf[at] ?? -1]));
  return names.length === 0 ? '(no JavaScript stack)' : names.reverse().join(';');
}

/** What separates stacks and lines of this format cannot stand in a name. */
function frameText(frame: Frame | undefined): string {
  if (!frame) return '?';
  const place = frame.file === '' ? '' : ` (${frame.file}:${frame.line})`;
  return `${frame.functionName}${place}`.replaceAll(/[;\p{Cc}\p{Zl}\p{Zp}]/gu, '_');
}
