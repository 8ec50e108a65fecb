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
  readonly textOf: (name: string, frame: number) => Omit<BranchText, 'kind' | 'stack'>;
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
  const isShown = (raw: RawFrame, frame: number) =>
    hasText(toFrame(raw), filter) || (level.kind !== 'function' && level.nameOf(frame).toLowerCase().includes(filter));
  const shown = filter === '' ? null : tree.frames.map(isShown);
  const working = workingNodes(mapped);
  const sites: number[] = [];
  const at: number[] = [];
  for (let node = 0; node < tree.size; node++) {
    if ((amounts.bytes[node] ?? 0) === 0) continue;
    const caller = working[node] ?? node;
    if (shown !== null && shown[tree.frameOf[caller] ?? -1] !== true) continue;
    sites.push(node);
    at.push(caller);
  }
  return branchesOf(mapped, level, { sites, at }, totalsOf(mapped, level));
}

/**
 * For each node the one that it allocates for: built-ins (`split`, `push`) have no script and work for whoever called them.
 * Those that nobody called stand for themselves.
 */
function workingNodes({ tree }: MappedTree): Int32Array {
  const working = new Int32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const isScript = tree.frames[tree.frameOf[node] ?? -1]?.url !== '';
    working[node] = isScript ? node : (working[tree.parents[node] ?? 0] ?? 0);
  }
  return working.map((caller, node) => (caller === 0 ? node : caller));
}

/** What each group of a level comes to with all that it calls, by any of its frames. */
function totalsOf(mapped: MappedTree, level: Level): (frame: number) => Amount {
  const { tree, amounts } = mapped;
  const groups = new Map<string, number>();
  const groupOf = Int32Array.from(tree.frames, (_, frame) => numberOf(groups, level.nameOf(frame)));
  const totals = groupTotals(tree, subtreeTotals(tree, amounts), groupOf, groups.size);
  return (frame) => {
    const group = groupOf[frame] ?? 0;
    return { bytes: totals.bytes[group] ?? 0, count: totals.counts[group] ?? 0 };
  };
}

/**
 * The stacks grouped on a level, by the frame that each stands at.
 *
 * @param totalOf Null for callers: of those only what goes through them to the function below is shown.
 */
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
      weight: self.bytes,
      isNew: baseline !== null && sumAt(baseline, group.sites).bytes === 0,
      key: () => `${level.kind}/${name}`,
      describe: () => ({ kind: level.kind, stack: [], ...level.textOf(name, group.frame) }),
      children: childrenOf(mapped, level, group),
    };
  });
}

function childrenOf(mapped: MappedTree, level: Level, stacks: Stacks): (() => Branch[]) | null {
  const { below } = level;
  if (below) return () => branchesOf(mapped, below, stacks, totalsOf(mapped, below));
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
