import { AGE_LIMITS, type HandleCategory, type HandleRequest } from '../protocol/collector';
import type { Milliseconds, ProgramClock } from '../protocol/units';
import { handleCategory, stackText } from './handleCategory';
import type { HandleCell } from './handleCells';
import type { HandleLookup, OpenHandle } from './handleGroups';
import { isConnection } from './handleKinds';
import { PROMISE_TYPE } from './pendingOperations';
import { countSampled, sampledAmount, SampledAmounts, type HandleClass } from './sampledAmounts';

/** What is added up for a group. Amounts are fractions where a sample stands for more. */
export interface Gathering {
  readonly first: OpenHandle;
  readonly category: HandleCategory;
  /** Another one of the same type and stack. */
  readonly next: Gathering | null;
  /** Oldest first. */
  members: readonly (OpenHandle | undefined)[];
  readonly ageClasses: number[];
  amount: number;
  estimated: boolean;
  longestWait: Milliseconds;
  lastActivity: ProgramClock | null;
  keepsAlive: number | null;
  long: number;
  stuck: number;
  outlived: number;
}

/** Says how long the program has waited since a moment. A later moment is never a longer wait. */
type WaitingClock = (since: ProgramClock) => Milliseconds;

/**
 * Puts cells of one type, state, category and stack together, in the order of the cells. Members of a cell are gone through
 * one by one only where each may count differently: what is alike but for its age is in order, so that ages are looked up.
 */
export function gather(cells: readonly HandleCell[], lookup: HandleLookup, request: HandleRequest, waited: WaitingClock): Gathering[] {
  const amountOf = amountsIn(cells, request.longWait, waited);
  const gatherings: Gathering[] = [];
  const byType = new Map<string, Map<number, Gathering>>();
  const stackTextOf = ({ stackKey }: OpenHandle) => stackText(lookup.stackOf(stackKey), lookup.frames);
  /** What some members of a cell go into. */
  const into = (cell: HandleCell, first: OpenHandle): Gathering => {
    const category = handleCategory(first, stackTextOf, request);
    let ofType = byType.get(cell.type);
    if (ofType === undefined) byType.set(cell.type, (ofType = new Map<number, Gathering>()));
    const ofStack = ofType.get(cell.stackKey) ?? null;
    let known = ofStack;
    // What was told apart by its cause may come out in the same category.
    while (known !== null && (known.first.state !== cell.state || known.category !== category)) known = known.next;
    if (known !== null) return known;
    const gathering = newGathering(first, category, ofStack);
    ofType.set(cell.stackKey, gathering);
    gatherings.push(gathering);
    return gathering;
  };
  // Not by an iterator, here and below: it makes an object for each of a thousand cells, and a reading is to make little garbage.
  cells.forEach((cell) => {
    const { members } = cell;
    const oldest = members[0];
    if (oldest === undefined) return;
    const newest = members[members.length - 1];
    const amount = amountOf(cell, oldest);
    const isOneAmount = !Number.isNaN(cell.weight) && newest !== undefined && amountOf(cell, newest) === amount;
    if (isOneAmount && amount === 0) return;
    if (isOneAmount && !cell.isCaused && !cell.hasActivity) addWhole(into(cell, oldest), cell, amount, request, waited);
    else addEach(cell, into, amountOf, request, waited);
  });
  return gatherings;
}

/** Answers what a member of a cell stands for, asked cell by cell. */
function amountsIn(cells: readonly HandleCell[], longWait: Milliseconds, waited: WaitingClock): (cell: HandleCell, member: OpenHandle) => number {
  const sampled = new SampledAmounts();
  const classOf = ({ type, isCaused, isBackground }: HandleCell, isLong: boolean) => sampled.classOf(type, isCaused, isBackground, isLong);
  cells.forEach((cell) => {
    if (cell.type === PROMISE_TYPE || cell.weight === 1) return;
    const { members, weight } = cell;
    const long = countWaiting(members, longWait, waited);
    if (long > 0) countMembers(classOf(cell, true), weight, members, 0, long);
    if (long < members.length) countMembers(classOf(cell, false), weight, members, long, members.length);
  });
  let asked: HandleCell | undefined;
  let ofLong: HandleClass | undefined;
  let ofShort: HandleClass | undefined;
  return (cell, { weight, createdAt }) => {
    if (cell.type === PROMISE_TYPE || weight === 1) return weight;
    if (cell !== asked) {
      asked = cell;
      ofLong = ofShort = undefined;
    }
    if (waited(createdAt) >= longWait) return sampledAmount((ofLong ??= classOf(cell, true)), weight);
    return sampledAmount((ofShort ??= classOf(cell, false)), weight);
  };
}

/** @param weight That of each member, or NaN. */
function countMembers(into: HandleClass, weight: number, members: HandleCell['members'], from: number, to: number): void {
  if (!Number.isNaN(weight)) {
    countSampled(into, weight, to - from);
    return;
  }
  for (let index = from; index < to; index++) countSampled(into, members[index]?.weight ?? 1, 1);
}

function newGathering(first: OpenHandle, category: HandleCategory, next: Gathering | null): Gathering {
  return {
    first,
    category,
    next,
    members: [],
    ageClasses: new Array<number>(AGE_LIMITS.length + 1).fill(0),
    amount: 0,
    estimated: false,
    longestWait: 0,
    lastActivity: null,
    keepsAlive: null,
    long: 0,
    stuck: 0,
    outlived: 0,
  };
}

/** Adds all members of a cell, of which each stands for the same. */
function addWhole(gathering: Gathering, cell: HandleCell, amount: number, request: HandleRequest, waited: WaitingClock): void {
  const { members } = cell;
  const oldest = waited(members[0]?.createdAt ?? 0);
  gathering.members = gathering.members.length === 0 ? members : joined(gathering.members, members);
  addAges(gathering.ageClasses, members, oldest, amount, waited);
  gathering.amount += amount * members.length;
  if (amount !== 1) gathering.estimated = true;
  if (oldest > gathering.longestWait) gathering.longestWait = oldest;
  gathering.long += amount * countWaiting(members, request.longWait, waited);
  if (gathering.category === 'per_request') gathering.stuck += amount * countWaiting(members, request.stuckAfter, waited);
  if (cell.told > 0) gathering.keepsAlive = (gathering.keepsAlive ?? 0) + amount * cell.alive;
}

/** How many have waited for at least so long. */
function countWaiting(members: HandleCell['members'], least: Milliseconds, waited: WaitingClock): number {
  // Most cells are of handles that have not: asked of a thousand, a search in each was garbage of 0.6 MB.
  if (members.length === 0 || waited(members[0]?.createdAt ?? 0) < least) return 0;
  let low = 1;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (waited(members[middle]?.createdAt ?? 0) >= least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param oldestAge That of the first member. */
function addAges(ageClasses: number[], members: HandleCell['members'], oldestAge: Milliseconds, amount: number, waited: WaitingClock): void {
  const oldest = ageClassOf(oldestAge);
  const newest = ageClassOf(waited(members[members.length - 1]?.createdAt ?? 0));
  let older = 0;
  for (let ageClass = oldest; ageClass >= newest; ageClass--) {
    const count = ageClass === newest ? members.length : countWaiting(members, AGE_LIMITS[ageClass - 1] ?? 0, waited);
    ageClasses[ageClass] = (ageClasses[ageClass] ?? 0) + amount * (count - older);
    older = count;
  }
}

/** Adds the members of a cell that count for themselves each. */
function addEach(
  cell: HandleCell,
  into: (cell: HandleCell, member: OpenHandle) => Gathering,
  amountOf: (cell: HandleCell, member: OpenHandle) => number,
  request: HandleRequest,
  waited: WaitingClock,
): void {
  // Of a connection it depends on its request whose it is, and that may have been answered by now.
  const isSplit = cell.isCaused && isConnection(cell.type);
  const added = new Map<Gathering, OpenHandle[]>();
  let gathering: Gathering | undefined;
  let members: OpenHandle[] = [];
  for (const member of cell.members) {
    const amount = member && amountOf(cell, member);
    if (!amount) continue;
    if (gathering === undefined || isSplit) {
      gathering = into(cell, member);
      members = added.get(gathering) ?? [];
      added.set(gathering, members);
    }
    members.push(member);
    addOne(gathering, member, amount, request, waited);
  }
  for (const [to, more] of added) to.members = joined(to.members, more);
}

function addOne(gathering: Gathering, member: OpenHandle, amount: number, request: HandleRequest, waited: WaitingClock): void {
  const { createdAt, activeAt, keepsAlive } = member;
  const age = waited(createdAt);
  const wait = activeAt !== null && isConnection(member.type) ? waited(activeAt) : age;
  const ageClass = ageClassOf(age);
  gathering.ageClasses[ageClass] = (gathering.ageClasses[ageClass] ?? 0) + amount;
  gathering.amount += amount;
  if (amount !== 1) gathering.estimated = true;
  if (wait > gathering.longestWait) gathering.longestWait = wait;
  if (wait >= request.longWait) gathering.long += amount;
  if (wait >= request.stuckAfter && gathering.category === 'per_request') gathering.stuck += amount;
  if (keepsAlive !== null) gathering.keepsAlive = (gathering.keepsAlive ?? 0) + (keepsAlive ? amount : 0);
  if (activeAt !== null && activeAt > (gathering.lastActivity ?? -Infinity)) gathering.lastActivity = activeAt;
  if (member.request?.isFinished === true) gathering.outlived += amount;
}

function ageClassOf(age: Milliseconds): number {
  let index = 0;
  while (index < AGE_LIMITS.length && age >= (AGE_LIMITS[index] ?? Infinity)) index++;
  return index;
}

/** Members of several cells, oldest first. */
function joined(some: Gathering['members'], more: Gathering['members']): Gathering['members'] {
  const all = some.concat(more);
  const at = (index: number) => all[index]?.createdAt ?? 0;
  const isInOrder = some.length === 0 || at(some.length - 1) <= at(some.length);
  return isInOrder ? all : all.sort((a, b) => (a?.createdAt ?? 0) - (b?.createdAt ?? 0));
}
