import type { AllocationRow, Amount } from '../protocol/allocations';
import type { Frame, RawFrame } from '../protocol/frames';
import type { Branch, BranchText } from './allocationBranches';
import type { MappedTree } from './allocationRows';
import type { NodeAmounts } from './nodeAmounts';
import { V8S_CODE, packageOf } from './packageName';
import { hasText } from './siteBranches';
import { groupTotals, subtreeTotals } from './treeTotals';

/** The nodes that allocated themselves, and for each the one on its stack that a branch stands for. */
interface Stacks {
  readonly sites: readonly number[];
  readonly at: readonly number[];
}

/** One level of grouping: what frames come under, and what a group opens to. */
interface Level {
  readonly kind: AllocationRow['kind'];
  /** What tells the groups apart, by frame. */
  readonly nameOf: (frame: number) => string;
  readonly textOf: (name: string, frame: number) => Omit<BranchText, 'kind' | 'stack' | 'key'>;
  readonly below: Level | null;
}

/** One branch per function, by what it and the built-ins it calls allocated; it opens to its callers: the call tree bottom-up. */
export function functionBranches(mapped: MappedTree): Branch[] {
  return firstLevel(mapped, functionLevel(mapped));
}

/** One branch per source file, which opens to its functions. */
export function fileBranches(mapped: MappedTree): Branch[] {
  return firstLevel(mapped, fileLevel(mapped, mappedFrames(mapped)));
}

/** One branch per package, the user's own code and Node's, which opens to its files. */
export function packageBranches(mapped: MappedTree): Branch[] {
  const frames = mappedFrames(mapped);
  return firstLevel(mapped, {
    kind: 'package',
    nameOf: (frame) => packageOf(frames[frame]?.file ?? ''),
    textOf: (name) => ({ label: name, frame: null }),
    below: fileLevel(mapped, frames),
  });
}

function mappedFrames({ tree, toFrame }: MappedTree): Frame[] {
  return tree.frames.map(toFrame);
}

function fileLevel(mapped: MappedTree, frames: readonly Frame[]): Level {
  return {
    kind: 'file',
    nameOf: (frame) => frames[frame]?.file ?? '',
    textOf: (name) => ({ label: name === '' ? V8S_CODE : name, frame: null }),
    below: functionLevel(mapped),
  };
}

function functionLevel({ tree, toFrame }: MappedTree): Level {
  return {
    kind: 'function',
    nameOf: (frame) => keyOf(tree.frames[frame]),
    textOf: (_name, frame) => {
      const raw = tree.frames[frame];
      const mapped = raw ? toFrame(raw) : null;
      return { label: mapped?.functionName ?? '(no JavaScript stack)', frame: mapped };
    },
    below: null,
  };
}

function keyOf(raw: RawFrame | undefined): string {
  return raw ? `${raw.functionName}\n${raw.url}:${raw.line}:${raw.column}` : '';
}

function firstLevel(mapped: MappedTree, level: Level): Branch[] {
  const { tree, amounts, toFrame, filter } = mapped;
  const names = tree.frames.map((_, frame) => level.nameOf(frame));
  const groups = new Map<string, number>();
  const groupOf = Int32Array.from(names, (name) => numberOf(groups, name));
  const totals = groupTotals(tree, subtreeTotals(tree, amounts), groupOf, groups.size);
  const isShown = (frame: number) => {
    const raw = tree.frames[frame];
    return raw !== undefined && (hasText(toFrame(raw), filter) || (level.kind !== 'function' && (names[frame] ?? '').toLowerCase().includes(filter)));
  };
  const shown = filter === '' ? null : tree.frames.map((_, frame) => isShown(frame));
  const sites: number[] = [];
  const at: number[] = [];
  for (let node = 0; node < tree.size; node++) {
    if ((amounts.bytes[node] ?? 0) === 0) continue;
    const caller = workingNode(mapped, node);
    if (shown !== null && shown[tree.frameOf[caller] ?? -1] !== true) continue;
    sites.push(node);
    at.push(caller);
  }
  const totalOf = (frame: number): Amount => {
    const group = groupOf[frame] ?? 0;
    return { bytes: totals.bytes[group] ?? 0, count: totals.counts[group] ?? 0 };
  };
  return branchesOf(mapped, level, { sites, at }, totalOf);
}

/**
 * The function that a node allocates for: built-ins (`split`, `push`) have no script and work for whoever called them. Those
 * that nobody called stand for themselves.
 */
function workingNode({ tree }: MappedTree, node: number): number {
  for (let at = node; at > 0; at = tree.parents[at] ?? 0) if (tree.frames[tree.frameOf[at] ?? -1]?.url !== '') return at;
  return node;
}

/** The stacks grouped on a level, by the frame that each stands at. */
function branchesOf(mapped: MappedTree, level: Level, { sites, at }: Stacks, totalOf: ((frame: number) => Amount) | null): Branch[] {
  const { tree, amounts, baseline } = mapped;
  const groups = new Map<string, { frame: number; sites: number[]; at: number[] }>();
  for (const [index, site] of sites.entries()) {
    const node = at[index] ?? 0;
    const frame = tree.frameOf[node] ?? -1;
    const name = level.nameOf(frame);
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { frame, sites: [], at: [] }));
    group.sites.push(site);
    group.at.push(node);
  }
  return [...groups].map(([name, group]) => {
    const self = sumAt(amounts, group.sites);
    return {
      self,
      total: totalOf && group.frame >= 0 ? totalOf(group.frame) : self,
      isNew: baseline !== null && sumAt(baseline, group.sites).bytes === 0,
      describe: () => ({ kind: level.kind, stack: [], key: name, ...level.textOf(name, group.frame) }),
      children: childrenOf(mapped, level, group),
    };
  });
}

function childrenOf(mapped: MappedTree, level: Level, stacks: Stacks): (() => Branch[]) | null {
  const { below } = level;
  if (below) return () => branchesOf(mapped, below, stacks, null);
  const { parents } = mapped.tree;
  if (!stacks.at.some((node) => (parents[node] ?? 0) > 0)) return null;
  return () => {
    const called = stacks.at.map((node, index) => ({ site: stacks.sites[index] ?? 0, caller: parents[node] ?? 0 })).filter(({ caller }) => caller > 0);
    return branchesOf(mapped, level, { sites: called.map(({ site }) => site), at: called.map(({ caller }) => caller) }, null);
  };
}

function numberOf(numbers: Map<string, number>, name: string): number {
  let number = numbers.get(name);
  if (number === undefined) numbers.set(name, (number = numbers.size));
  return number;
}

function sumAt({ bytes, counts }: NodeAmounts, nodes: readonly number[]): Amount {
  let sum = 0;
  let count = 0;
  for (const node of nodes) {
    sum += bytes[node] ?? 0;
    count += counts[node] ?? 0;
  }
  return { bytes: sum, count };
}
