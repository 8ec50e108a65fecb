import {
  AGE_LIMITS,
  MAX_EXAMPLES,
  type GroupKind,
  type HandleExample,
  type HandleGroup,
  type HandleReading,
  type HandleRequest,
  type Route,
  type StackOrigin,
} from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import type { Milliseconds, ProgramClock } from '../protocol/units';
import { gather, type Gathering } from './gathering';
import { HandleCells, type HandleCell } from './handleCells';
import { handleKind } from './handleKinds';
import { mostFrequent } from './mostFrequent';
import { waitingClock } from './pauses';
import { deepestAmounts, pendingLabel, PROMISE_TYPE } from './pendingOperations';

/** What the grouping needs to know of one open handle or pending operation. */
export interface OpenHandle {
  readonly id: number;
  readonly kind: GroupKind;
  readonly type: string;
  readonly createdAt: ProgramClock;
  /** The HTTP request that was being served when it was created. */
  readonly request: { readonly route: string; readonly isFinished: boolean } | null;
  /** Created while the main script ran for the first time, or by a timer that arms itself anew each time. */
  readonly isBackground: boolean;
  /** Identifies `stack` and `causeStack` together: handles of one key share them. */
  readonly stackKey: number;
  /** How many of its like it stands for: more than one when only a sample gets a stack, 0 when it was left out of it. */
  readonly weight: number;
  /** '' for the state that the type has as long as it is open. */
  readonly state: string;
  /** Null when Node does not tell. */
  readonly keepsAlive: boolean | null;
  /** When something happened on it last; null when Node does not tell. */
  readonly activeAt: ProgramClock | null;
}

/** A creation stack by its key: indices into the frame table. */
export interface CreationStack {
  readonly origin: StackOrigin;
  readonly stack: readonly number[];
  readonly causeStack: readonly number[];
}

/** What the grouping asks about a handle and its stack. */
export interface HandleLookup {
  readonly frames: readonly RawFrame[];
  readonly stackOf: (key: number) => CreationStack;
  /** What the handle is about; '' when Node does not tell. Asked for some members of each group only. */
  readonly subjectOf: (handle: OpenHandle) => string;
  /** The same for one handle, which may tell more. @param subject Where it is known already. */
  readonly detailOf: (handle: OpenHandle, subject?: string) => string;
  /** How long it is until a timer is due; null for all else. */
  readonly dueInOf: (handle: OpenHandle) => Milliseconds | null;
}

/**
 * Members that are asked what they are about, and may be examples: all in a usual program, and the oldest one of each group where
 * there are very many groups. With three of each, a thousand groups held the program for a third longer.
 */
const MAX_LOOKED_AT = 1_500;

/**
 * Groups open handles by type, state, category and creation stack, and orders the groups by R10: stuck first, then the
 * longest wait, then the count. Of pending operations only the deepest are listed. Beyond `request.limit` groups the rest
 * is folded into one group without a stack, so that the total stays the sum of the groups. Ages are whole milliseconds: with
 * 1,000 groups fractions took 1 ms of the program's thread to write.
 *
 * @param handles In the order of their creation.
 */
export function groupHandles(handles: readonly OpenHandle[], lookup: HandleLookup, request: HandleRequest, now: ProgramClock): GroupedHandles {
  return groupCells(HandleCells.of(handles), lookup, request, now);
}

export type GroupedHandles = Pick<HandleReading, 'groups' | 'total' | 'pendingTotal' | 'summary' | 'foldedGroups'>;

/** The same of handles that are kept in cells. */
export function groupCells(cells: readonly HandleCell[], lookup: HandleLookup, request: HandleRequest, now: ProgramClock): GroupedHandles {
  const waited = waitingClock(request.pauses, now);
  const gatherings = gather(cells, lookup, request, waited);
  keepDeepest(gatherings, lookup);
  const summary = { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck: 0 };
  const groups: HandleGroup[] = [];
  // Apart, as the number of handles is known exactly.
  const rounded = { handle: roundingKeepingTheSum(), pending: roundingKeepingTheSum() };
  const lookedAt = Math.max(1, Math.floor(MAX_LOOKED_AT / gatherings.length));
  let total = 0;
  let pendingTotal = 0;
  // Not by an iterator, which makes an object for each.
  gatherings.forEach((gathering) => {
    const count = rounded[gathering.first.kind](gathering.amount);
    if (count === 0) return;
    total += count;
    if (gathering.first.kind === 'pending') pendingTotal += count;
    if (gathering.category === 'background') summary.background += count;
    if (gathering.category === 'per_request') summary.perRequest += count;
    const group = groupOf(gathering, count, lookedAt, lookup, waited);
    summary.longWaiting += group.longCount;
    summary.potentiallyStuck += group.stuckCount;
    groups.push(group);
  });
  groups.sort(byUrgency);
  return { ...fold(groups, request.limit), total, pendingTotal, summary };
}

/** R10. Equal groups keep the order of their first member, so that rows do not jump about. */
export function byUrgency(a: HandleGroup, b: HandleGroup): number {
  return Number(b.stuck) - Number(a.stuck) || b.longestWait - a.longestWait || b.count - a.count;
}

function keepDeepest(gatherings: Gathering[], { frames, stackOf }: HandleLookup): void {
  const reactions = gatherings
    .filter(({ first }) => first.type === PROMISE_TYPE)
    .map((gathering) => {
      const stack = stackOf(gathering.first.stackKey).stack.flatMap((index) => frames[index] ?? []);
      return { gathering, stack, amount: gathering.amount, estimated: gathering.estimated };
    })
    .filter(({ stack }) => stack.length > 0);
  for (const [index, left] of deepestAmounts(reactions).entries()) {
    const gathering = reactions[index]?.gathering;
    if (gathering === undefined || left.amount === gathering.amount) continue;
    const share = left.amount / gathering.amount;
    gathering.amount = left.amount;
    gathering.estimated = left.estimated;
    gathering.long *= share;
    gathering.stuck *= share;
    gathering.outlived *= share;
    gathering.ageClasses.forEach((amount, ageClass, classes) => (classes[ageClass] = amount * share));
  }
}

function groupOf(
  gathering: Gathering,
  count: number,
  lookedAt: number,
  lookup: HandleLookup,
  waited: (since: ProgramClock) => Milliseconds,
): HandleGroup {
  const { first, category, estimated, members, lastActivity, keepsAlive } = gathering;
  const some = present(members.slice(0, lookedAt));
  const subjects = some.map(lookup.subjectOf);
  const share = count / gathering.amount;
  const { state } = handleKind(first.type);
  const { origin, stack, causeStack } = lookup.stackOf(first.stackKey);
  return {
    kind: first.kind,
    count,
    estimated,
    label: labelOf(first, lookup),
    type: first.type,
    state: first.state === '' ? state : first.state,
    category,
    oldest: ageOf(members[0], waited),
    // Of an even number the older one of the two in the middle.
    median: ageOf(members[(members.length - 1) >>> 1], waited),
    newest: ageOf(members[members.length - 1], waited),
    longestWait: Math.round(gathering.longestWait),
    // Whole already where nothing is estimated.
    ages: gathering.ageClasses.every(Number.isInteger) ? gathering.ageClasses : gathering.ageClasses.map(roundingKeepingTheSum()),
    sinceActivity: lastActivity === null ? null : Math.round(waited(lastActivity)),
    keepsAlive: keepsAlive === null ? null : Math.min(count, Math.round(keepsAlive)),
    longWaiting: gathering.long > 0,
    stuck: gathering.stuck > 0,
    longCount: atLeastOne(gathering.long * share),
    stuckCount: atLeastOne(gathering.stuck * share),
    subjects: mostFrequent(subjects),
    routes: routesOf(some),
    outlived: Math.min(count, Math.round(gathering.outlived)),
    examples: some.slice(0, MAX_EXAMPLES).map((member, index) => exampleOf(member, subjects[index] ?? '', lookup, waited)),
    origin,
    stack,
    causeStack,
  };
}

/** Without the holes that a cell may have. */
function present(members: readonly (OpenHandle | undefined)[]): readonly OpenHandle[] {
  return members.includes(undefined) ? members.filter((member) => member !== undefined) : (members as readonly OpenHandle[]);
}

function routesOf(members: readonly OpenHandle[]): Route[] {
  if (members.every(isUncaused)) return [];
  return mostFrequent(members.map(({ request }) => request?.route ?? '')).map(({ text, count }) => ({ route: text, count }));
}

function isUncaused({ request }: OpenHandle): boolean {
  return request === null;
}

/** Rounds one amount after the other so that the sum of what comes out is the rounded sum of what went in. */
function roundingKeepingTheSum(): (amount: number) => number {
  let exact = 0;
  let given = 0;
  return (amount) => {
    exact += amount;
    const count = Math.round(exact) - given;
    given += count;
    return count;
  };
}

/** A single one that waits for long is not rounded away. */
function atLeastOne(amount: number): number {
  return amount > 0 ? Math.max(1, Math.round(amount)) : 0;
}

/** What a person calls a handle. */
export function labelOf({ type, stackKey }: OpenHandle, { frames, stackOf }: HandleLookup): string {
  if (type !== PROMISE_TYPE) return handleKind(type).label;
  return pendingLabel(stackOf(stackKey).stack.flatMap((index) => frames[index] ?? []));
}

function ageOf(handle: OpenHandle | undefined, waited: (since: ProgramClock) => Milliseconds): Milliseconds {
  return Math.round(waited(handle?.createdAt ?? 0));
}

function exampleOf(handle: OpenHandle, subject: string, lookup: HandleLookup, waited: (since: ProgramClock) => Milliseconds): HandleExample {
  return {
    id: handle.id,
    subject: lookup.detailOf(handle, subject),
    age: ageOf(handle, waited),
    sinceActivity: handle.activeAt === null ? null : Math.round(waited(handle.activeAt)),
    dueIn: lookup.dueInOf(handle),
    keepsAlive: handle.keepsAlive,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function fold(groups: HandleGroup[], limit: number): { groups: HandleGroup[]; foldedGroups: number } {
  if (groups.length <= limit) return { groups, foldedGroups: 0 };
  const kept = groups.slice(0, Math.max(0, limit - 1));
  const rest = groups.slice(kept.length);
  const greatest = (figure: (group: HandleGroup) => number) => rest.reduce((most, group) => Math.max(most, figure(group)), 0);
  kept.push({
    kind: rest.every(({ kind }) => kind === 'pending') ? 'pending' : 'handle',
    count: sum(rest.map(({ count }) => count)),
    estimated: rest.some(({ estimated }) => estimated),
    label: `${rest.length} smaller groups`,
    type: '',
    state: 'various',
    category: 'unknown',
    oldest: greatest(({ oldest }) => oldest),
    median: rest[rest.length >>> 1]?.median ?? 0,
    newest: rest.reduce((least, { newest }) => Math.min(least, newest), Infinity),
    longestWait: greatest(({ longestWait }) => longestWait),
    ages: [...AGE_LIMITS, Infinity].map((_, index) => sum(rest.map(({ ages }) => ages[index] ?? 0))),
    sinceActivity: null,
    keepsAlive: null,
    longWaiting: rest.some(({ longWaiting }) => longWaiting),
    stuck: rest.some(({ stuck }) => stuck),
    longCount: sum(rest.map(({ longCount }) => longCount)),
    stuckCount: sum(rest.map(({ stuckCount }) => stuckCount)),
    subjects: [],
    routes: [],
    outlived: sum(rest.map(({ outlived }) => outlived)),
    examples: [],
    origin: 'known',
    stack: [],
    causeStack: [],
  });
  return { groups: kept, foldedGroups: rest.length };
}
