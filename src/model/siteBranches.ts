import type { Frame } from '../protocol/frames';
import type { Branch } from './allocationBranches';
import type { MappedTree } from './allocationRows';
import { stackHash } from './stackHash';

/** Frames above this depth are cut from a listed stack. */
const MAX_STACK = 128;
/** Frames, from the allocating one up, in which a filter looks. */
const FILTERED_FRAMES = 10;

/** One branch per whole stack that has something of its own. */
export function siteBranches(mapped: MappedTree): Branch[] {
  const { tree, amounts, baseline, filter } = mapped;
  const branches: Branch[] = [];
  for (let node = 0; node < tree.size; node++) {
    const bytes = amounts.bytes[node] ?? 0;
    if (bytes === 0 || (filter !== '' && !stackOf(mapped, node, FILTERED_FRAMES).some((frame) => hasText(frame, filter)))) continue;
    const self = { bytes, count: amounts.counts[node] ?? 0 };
    branches.push({
      self,
      total: self,
      weight: bytes,
      isNew: baseline !== null && (baseline.bytes[node] ?? 0) === 0,
      // By the running code, not by the mapped source, which is known only later.
      key: () => `site/${stackHash(tree, node)}`,
      describe: () => {
        const stack = stackOf(mapped, node, MAX_STACK);
        return { kind: 'site', label: stack[0]?.functionName ?? '(no JavaScript stack)', frame: stack[0] ?? null, stack };
      },
      children: null,
    });
  }
  return branches;
}

export function hasText({ functionName, file }: Frame, text: string): boolean {
  return functionName.toLowerCase().includes(text) || file.toLowerCase().includes(text);
}

/** The frames from a node up, mapped. */
function stackOf({ tree, toFrame }: MappedTree, node: number, limit: number): Frame[] {
  const stack: Frame[] = [];
  for (let at = node; at > 0 && stack.length < limit; at = tree.parents[at] ?? 0) {
    const raw = tree.frames[tree.frameOf[at] ?? -1];
    if (raw) stack.push(toFrame(raw));
  }
  return stack;
}
