import type { AllocationRow, Amount } from '../protocol/allocations';
import type { Frame, RawFrame } from '../protocol/frames';
import type { Branch, BranchText } from './allocationBranches';
import type { MappedTree } from './allocationRows';
import { noAmounts, type NodeAmounts } from './nodeAmounts';
import { V8S_CODE, packageOf } from './packageName';
import { hasText } from './siteBranches';
import { groupTotals } from './treeTotals';

/** The nodes that allocated themselves, and for each the one on its stack that a branch stands for. */
interface Stacks {
  readonly sites: Int32Array;
  readonly at: Int32Array;
}

/** One level of grouping: what frames come under, and what a group opens to. */
interface Level {
  readonly kind: AllocationRow['kind'];
  readonly groups: FrameGroups;
  /** What each group comes to with all that it calls, by any of its frames. */
  readonly totals: () => NodeAmounts;
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
    ...grouped(mapped, (frame) => packageOf(frames[frame]?.file ?? '')),
    textOf: (name) => ({ label: name, frame: null }),
    below: fileLevel(mapped, frames),
  });
}

function mappedFrames({ measured: { tree }, toFrame }: MappedTree): Frame[] {
  return tree.frames.map(toFrame);
}

function fileLevel(mapped: MappedTree, frames: readonly Frame[]): Level {
  return {
    kind: 'file',
    ...grouped(mapped, (frame) => frames[frame]?.file ?? ''),
    textOf: (name) => ({ label: name === '' ? V8S_CODE : name, frame: null }),
    below: functionLevel(mapped),
  };
}

function functionLevel(mapped: MappedTree): Level {
  const { measured: { tree }, toFrame } = mapped;
  return {
    kind: 'function',
    ...grouped(mapped, (frame) => keyOf(tree.frames[frame])),
    textOf: (_name, frame) => {
      const raw = tree.frames[frame];
      const frameAt = raw ? toFrame(raw) : null;
      return { label: frameAt?.functionName ?? '(no JavaScript stack)', frame: frameAt };
    },
    below: null,
  };
}

function keyOf(raw: RawFrame | undefined): string {
  return raw ? `${raw.functionName}\n${raw.url}:${raw.line}:${raw.column}` : '';
}

/** Frames put into groups by a name, which is worked out once per frame: there are ten times as many stacks, and more nodes. */
class FrameGroups {
  readonly names: string[] = [];
  /** The group of each frame; behind them that of no frame. */
  readonly ofFrame: Int32Array;

  constructor(frames: number, nameOf: (frame: number) => string) {
    const numbers = new Map<string, number>();
    this.ofFrame = new Int32Array(frames + 1);
    for (let frame = 0; frame <= frames; frame++) {
      const name = nameOf(frame);
      const known = numbers.get(name);
      this.ofFrame[frame] = known ?? numbers.size;
      if (known !== undefined) continue;
      numbers.set(name, numbers.size);
      this.names.push(name);
    }
  }

  /** @param frame -1 for none. */
  of(frame: number): number {
    return this.ofFrame[frame < 0 ? this.ofFrame.length - 1 : frame] ?? 0;
  }
}

function grouped({ measured }: MappedTree, nameOf: (frame: number) => string): Pick<Level, 'groups' | 'totals'> {
  const groups = new FrameGroups(measured.tree.frames.length, nameOf);
  let totals: NodeAmounts | null = null;
  return { groups, totals: () => (totals ??= groupTotals(measured.tree, measured.order, measured.totals, groups.ofFrame, groups.names.length)) };
}

function firstLevel(mapped: MappedTree, level: Level): Branch[] {
  const { measured: { tree, sites, callers }, toFrame, filter } = mapped;
  const isShown = (raw: RawFrame, frame: number) =>
    hasText(toFrame(raw), filter) || (level.kind !== 'function' && (level.groups.names[level.groups.of(frame)] ?? '').toLowerCase().includes(filter));
  const shown = filter === '' ? null : tree.frames.map(isShown);
  const at = sites.map((site) => callers[site] ?? site);
  if (shown === null) return branchesOf(mapped, level, { sites, at }, true);
  const isListed = (_: number, index: number) => shown[tree.frameOf[at[index] ?? 0] ?? -1] === true;
  return branchesOf(mapped, level, { sites: sites.filter(isListed), at: at.filter(isListed) }, true);
}

/**
 * The stacks grouped on a level, by the frame that each stands at.
 *
 * @param hasTotals Callers have none: of those only what goes through them to the function below is shown.
 */
function branchesOf(mapped: MappedTree, level: Level, stacks: Stacks, hasTotals: boolean): Branch[] {
  const { tree, amounts, baseline } = mapped.measured;
  const { names } = level.groups;
  const { groups, numbers } = groupsOf(mapped, level, stacks);
  const self = sumsBy(numbers, groups.length, stacks.sites, amounts);
  const before = baseline && sumsBy(numbers, groups.length, stacks.sites, baseline).bytes;
  const membersOf = membersBy(numbers, groups.length);
  const totals = hasTotals ? level.totals() : null;
  return groups.map(({ group, first }, index) => {
    const name = names[group] ?? '';
    const frame = tree.frameOf[stacks.at[first] ?? 0] ?? -1;
    const own = amountAt(self, index);
    const taken = (nodes: Int32Array) => membersOf(index).map((member) => nodes[member] ?? 0);
    return {
      self: own,
      total: totals !== null && frame >= 0 ? amountAt(totals, group) : own,
      weight: own.bytes,
      isNew: before !== null && before[index] === 0,
      key: () => `${level.kind}/${name}`,
      describe: () => ({ kind: level.kind, stack: [], ...level.textOf(name, frame) }),
      children: childrenOf(mapped, level, { sites: taken(stacks.sites), at: taken(stacks.at) }),
    };
  });
}

/** The groups that stacks are in, in the order of coming, each with the first of its stacks; and of each stack which of these it is in. */
function groupsOf({ measured: { tree } }: MappedTree, { groups: { names, ofFrame } }: Level, { at }: Stacks) {
  const numberOf = new Int32Array(names.length).fill(-1);
  const groups: { readonly group: number; readonly first: number }[] = [];
  const numbers = at.map((node, index) => {
    const frame = tree.frameOf[node] ?? -1;
    const group = ofFrame[frame < 0 ? ofFrame.length - 1 : frame] ?? 0;
    if (numberOf[group] === -1) numberOf[group] = groups.push({ group, first: index }) - 1;
    return numberOf[group] ?? 0;
  });
  return { groups, numbers };
}

/** What the nodes of each number come to. */
function sumsBy(numbers: Int32Array, count: number, nodes: Int32Array, { bytes, counts }: NodeAmounts): NodeAmounts {
  const sums = noAmounts(count);
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? 0;
    const node = nodes[index] ?? 0;
    sums.bytes[number] = (sums.bytes[number] ?? 0) + (bytes[node] ?? 0);
    sums.counts[number] = (sums.counts[number] ?? 0) + (counts[node] ?? 0);
  }
  return sums;
}

/** The indices that have each number. */
function membersBy(numbers: Int32Array, count: number): (number: number) => Int32Array {
  const ends = new Int32Array(count + 1);
  for (const number of numbers) ends[number + 1] = (ends[number + 1] ?? 0) + 1;
  for (let number = 0; number < count; number++) ends[number + 1] = (ends[number + 1] ?? 0) + (ends[number] ?? 0);
  const members = new Int32Array(numbers.length);
  const free = ends.slice();
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? 0;
    const place = free[number] ?? 0;
    members[place] = index;
    free[number] = place + 1;
  }
  return (number) => members.subarray(ends[number], ends[number + 1]);
}

function childrenOf(mapped: MappedTree, level: Level, stacks: Stacks): (() => Branch[]) | null {
  const { below } = level;
  if (below) return () => branchesOf(mapped, below, stacks, true);
  const { parents } = mapped.measured.tree;
  const isCalled = (node: number) => (parents[node] ?? 0) > 0;
  if (!stacks.at.some(isCalled)) return null;
  return () => {
    const isListed = (_: number, index: number) => isCalled(stacks.at[index] ?? 0);
    const callers = stacks.at.filter(isListed).map((node) => parents[node] ?? 0);
    return branchesOf(mapped, level, { sites: stacks.sites.filter(isListed), at: callers }, false);
  };
}

function amountAt({ bytes, counts }: NodeAmounts, index: number): Amount {
  return { bytes: bytes[index] ?? 0, count: counts[index] ?? 0 };
}
