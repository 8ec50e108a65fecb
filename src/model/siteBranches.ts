import type { Amount } from '../protocol/allocations';
import type { Frame } from '../protocol/frames';
import type { Branch, BranchText } from './allocationBranches';
import type { MappedTree } from './allocationRows';
import { stackHash } from './stackHash';

/** Frames above this depth are cut from a listed stack. */
const MAX_STACK = 128;
/** Frames, from the allocating one up, in which a filter looks. */
const FILTERED_FRAMES = 10;

/** One branch per whole stack that has something of its own. */
export function siteBranches(mapped: MappedTree): Branch[] {
  const { measured, filter } = mapped;
  const branches: Branch[] = [];
  for (const node of measured.sites) {
    if (filter !== '' && !stackOf(mapped, node, FILTERED_FRAMES).some((frame) => hasText(frame, filter))) continue;
    branches.push(new SiteBranch(mapped, node));
  }
  return branches;
}

/** There are tens of thousands of them, of which few are looked at. */
class SiteBranch implements Branch {
  readonly children = null;
  readonly weight: number;
  readonly #mapped: MappedTree;
  readonly #node: number;

  constructor(mapped: MappedTree, node: number) {
    this.#mapped = mapped;
    this.#node = node;
    this.weight = mapped.measured.amounts.bytes[node] ?? 0;
  }

  get self(): Amount {
    return { bytes: this.weight, count: this.#mapped.measured.amounts.counts[this.#node] ?? 0 };
  }

  get isNew(): boolean {
    const { baseline } = this.#mapped.measured;
    return baseline !== null && (baseline.bytes[this.#node] ?? 0) === 0;
  }

  get total(): Amount {
    return this.self;
  }

  /** By the running code, not by the mapped source, which is known only later. */
  key(): string {
    return `site/${stackHash(this.#mapped.measured.tree, this.#node)}`;
  }

  describe(): BranchText {
    const stack = stackOf(this.#mapped, this.#node, MAX_STACK);
    return { kind: 'site', label: stack[0]?.functionName ?? '(no JavaScript stack)', frame: stack[0] ?? null, stack };
  }
}

export function hasText({ functionName, file }: Frame, text: string): boolean {
  return functionName.toLowerCase().includes(text) || file.toLowerCase().includes(text);
}

/** The frames from a node up, mapped. */
function stackOf({ measured: { tree }, toFrame }: MappedTree, node: number, limit: number): Frame[] {
  const stack: Frame[] = [];
  for (let at = node; at > 0 && stack.length < limit; at = tree.parents[at] ?? 0) {
    const raw = tree.frames[tree.frameOf[at] ?? -1];
    if (raw) stack.push(toFrame(raw));
  }
  return stack;
}
