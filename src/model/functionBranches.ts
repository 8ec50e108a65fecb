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
    ...grouped(mapped, new NamedGroups(frames.length, (frame) => packageOf(frames[frame]?.file ?? ''))),
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
    ...grouped(mapped, new NamedGroups(frames.length, (frame) => frames[frame]?.file ?? '')),
    textOf: (name) => ({ label: name === '' ? V8S_CODE : name, frame: null }),
    below: functionLevel(mapped),
  };
}

function functionLevel(mapped: MappedTree): Level {
  const { measured: { tree }, toFrame } = mapped;
  return {
    kind: 'function',
    ...grouped(mapped, new OwnGroups(tree.frames.length, (frame) => keyOf(tree.frames[frame]))),
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

/** Frames put into groups. */
interface FrameGroups {
  readonly count: number;
  /** The group of each frame; behind them that of no frame. */
  readonly ofFrame: Int32Array;
  readonly nameOf: (group: number) => string;
}

/** By a name, which is worked out once per frame: there are ten times as many stacks, and more nodes. */
class NamedGroups implements FrameGroups {
  readonly ofFrame: Int32Array;
  readonly #names: string[] = [];

  constructor(frames: number, nameOf: (frame: number) => string) {
    const numbers = new Map<string, number>();
    this.ofFrame = new Int32Array(frames + 1);
    for (let frame = 0; frame <= frames; frame++) {
      const name = nameOf(frame);
      const known = numbers.get(name);
      this.ofFrame[frame] = known ?? numbers.size;
      if (known !== undefined) continue;
      numbers.set(name, numbers.size);
      this.#names.push(name);
    }
  }

  get count(): number {
    return this.#names.length;
  }

  nameOf(group: number): string {
    return this.#names[group] ?? '';
  }
}

/** Each in a group of its own: in a tree no two frames are of one function. */
class OwnGroups implements FrameGroups {
  readonly ofFrame: Int32Array;
  readonly nameOf: (group: number) => string;

  constructor(frames: number, nameOf: (frame: number) => string) {
    this.ofFrame = new Int32Array(frames + 1);
    for (let frame = 0; frame <= frames; frame++) this.ofFrame[frame] = frame;
    this.nameOf = nameOf;
  }

  get count(): number {
    return this.ofFrame.length;
  }
}

/** @param frame -1 for none. */
function groupOf({ ofFrame }: FrameGroups, frame: number): number {
  return ofFrame[frame < 0 ? ofFrame.length - 1 : frame] ?? 0;
}

function grouped({ measured }: MappedTree, groups: FrameGroups): Pick<Level, 'groups' | 'totals'> {
  let totals: NodeAmounts | null = null;
  return { groups, totals: () => (totals ??= groupTotals(measured.order, measured.totals, groups.ofFrame, groups.count)) };
}

function firstLevel(mapped: MappedTree, level: Level): Branch[] {
  const { measured: { tree, sites }, toFrame, filter } = mapped;
  const { callers } = tree;
  const isShown = (raw: RawFrame, frame: number) =>
    hasText(toFrame(raw), filter) || (level.kind !== 'function' && level.groups.nameOf(groupOf(level.groups, frame)).toLowerCase().includes(filter));
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
  const { amounts, baseline } = mapped.measured;
  const { groups, numbers } = groupsOf(mapped, level, stacks);
  const shared = {
    mapped,
    level,
    stacks,
    self: sumsBy(numbers, groups.length, stacks.sites, amounts),
    before: baseline && sumsBy(numbers, groups.length, stacks.sites, baseline).bytes,
    totals: hasTotals ? level.totals() : null,
    membersOf: membersBy(numbers, groups.length),
  };
  return groups.map((group, index) => new GroupBranch(shared, group, index));
}

/** A group among the stacks that are in it: one of those that come first. */
interface Group {
  readonly group: number;
  /** The index of the first of its stacks. */
  readonly first: number;
}

/** What the branches of one level and some stacks have in common; sums are by the index of the branch. */
interface Shared {
  readonly mapped: MappedTree;
  readonly level: Level;
  readonly stacks: Stacks;
  readonly self: NodeAmounts;
  readonly before: Float64Array | null;
  readonly totals: NodeAmounts | null;
  /** The indices of a branch's stacks. */
  readonly membersOf: (index: number) => Int32Array;
}

/** There are thousands of them, of which few are looked at. */
class GroupBranch implements Branch {
  readonly weight: number;
  readonly #shared: Shared;
  readonly #group: Group;
  readonly #index: number;

  constructor(shared: Shared, group: Group, index: number) {
    this.#shared = shared;
    this.#group = group;
    this.#index = index;
    this.weight = shared.self.bytes[index] ?? 0;
  }

  get self(): Amount {
    return amountAt(this.#shared.self, this.#index);
  }

  get total(): Amount {
    const { totals } = this.#shared;
    return totals !== null && this.#frame >= 0 ? amountAt(totals, this.#group.group) : this.self;
  }

  get isNew(): boolean {
    return this.#shared.before?.[this.#index] === 0;
  }

  get children(): (() => Branch[]) | null {
    const { mapped, level, stacks } = this.#shared;
    const { below } = level;
    if (below !== null) return () => branchesOf(mapped, below, this.#taken(isAny), true);
    const { parents } = mapped.measured.tree;
    const isCalled = (index: number) => (parents[stacks.at[index] ?? 0] ?? 0) > 0;
    if (!this.#shared.membersOf(this.#index).some(isCalled)) return null;
    return () => {
      const { sites, at } = this.#taken(isCalled);
      return branchesOf(mapped, level, { sites, at: at.map((node) => parents[node] ?? 0) }, false);
    };
  }

  key(): string {
    return `${this.#shared.level.kind}/${this.#name}`;
  }

  describe(): BranchText {
    const { kind, textOf } = this.#shared.level;
    return { kind, stack: [], ...textOf(this.#name, this.#frame) };
  }

  get #name(): string {
    return this.#shared.level.groups.nameOf(this.#group.group);
  }

  /** That of its first stack. */
  get #frame(): number {
    const { mapped, stacks } = this.#shared;
    return mapped.measured.tree.frameOf[stacks.at[this.#group.first] ?? 0] ?? -1;
  }

  /** Its stacks, by their indices. */
  #taken(isWanted: (index: number) => boolean): Stacks {
    const { membersOf, stacks } = this.#shared;
    const members = membersOf(this.#index).filter(isWanted);
    return { sites: members.map((member) => stacks.sites[member] ?? 0), at: members.map((member) => stacks.at[member] ?? 0) };
  }
}

const isAny = () => true;

/** The groups that stacks are in, in the order of coming, and of each stack which of these it is in. */
function groupsOf({ measured: { tree } }: MappedTree, { groups: known }: Level, { at }: Stacks): { groups: Group[]; numbers: Int32Array } {
  const numberOf = new Int32Array(known.count).fill(-1);
  const groups: Group[] = [];
  const numbers = at.map((node, index) => {
    const group = groupOf(known, tree.frameOf[node] ?? -1);
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

function amountAt({ bytes, counts }: NodeAmounts, index: number): Amount {
  return { bytes: bytes[index] ?? 0, count: counts[index] ?? 0 };
}
