import {
  AGE_LIMITS,
  MAX_EXAMPLES,
  type GroupKind,
  type HandleCategory,
  type HandleExample,
  type HandleGroup,
  type HandleReading,
  type HandleRequest,
  type StackOrigin,
} from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import type { Milliseconds, ProgramClock } from '../protocol/units';
import { handleKind, isConnection, type HandleKind } from './handleKinds';
import { mostFrequent } from './mostFrequent';
import { waitingClock } from './pauses';
import { deepestAmounts, pendingLabel, PROMISE_TYPE } from './pendingOperations';
import { sampledAmounts } from './sampledAmounts';

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
  /** The same and what changes from moment to moment, such as when a timer is due. */
  readonly detailOf: (handle: OpenHandle) => string;
}

/** Members that are asked what they are about: all in a usual program, some of each group where there are very many. */
const MAX_LOOKED_AT = 4_000;
const MIN_LOOKED_AT_PER_GROUP = 4;

/**
 * Groups open handles by type, state, category and creation stack, and orders the groups by R10: stuck first, then the
 * longest wait, then the count. Of pending operations only the deepest are listed. Beyond `request.limit` groups the rest
 * is folded into one group without a stack, so that the total stays the sum of the groups.
 *
 * @param handles In the order of their creation.
 */
export function groupHandles(
  handles: readonly OpenHandle[],
  lookup: HandleLookup,
  request: HandleRequest,
  now: ProgramClock,
): Pick<HandleReading, 'groups' | 'total' | 'pendingTotal' | 'summary' | 'foldedGroups'> {
  const waited = waitingClock(request.pauses, now);
  const gatherings = gather(handles, lookup, request, waited);
  keepDeepest(gatherings, lookup);
  const summary = { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck: 0 };
  const groups: HandleGroup[] = [];
  // Apart, as the number of handles is known exactly.
  const rounded = { handle: roundingKeepingTheSum(), pending: roundingKeepingTheSum() };
  const lookedAt = Math.max(MIN_LOOKED_AT_PER_GROUP, Math.floor(MAX_LOOKED_AT / gatherings.length));
  let total = 0;
  let pendingTotal = 0;
  for (const gathering of gatherings) {
    const count = rounded[gathering.first.kind](gathering.amount);
    if (count === 0) continue;
    total += count;
    if (gathering.first.kind === 'pending') pendingTotal += count;
    if (gathering.category === 'background') summary.background += count;
    if (gathering.category === 'per_request') summary.perRequest += count;
    const group = groupOf(gathering, count, lookedAt, lookup, waited);
    summary.longWaiting += group.longCount;
    summary.potentiallyStuck += group.stuckCount;
    groups.push(group);
  }
  groups.sort(byUrgency);
  return { ...fold(groups, request.limit), total, pendingTotal, summary };
}

/** R10. Equal groups keep the order of their first member, so that rows do not jump about. */
export function byUrgency(a: HandleGroup, b: HandleGroup): number {
  return Number(b.stuck) - Number(a.stuck) || b.longestWait - a.longestWait || b.count - a.count;
}

/**
 * R8: the user's patterns decide first, background before per-request; then what caused the handle. What a request opened
 * stays per-request even when it is an interval or a watcher: left open, it is a leak of that request. Only a connection
 * may rightly live on, in a pool: once its request is answered nothing tells whom it belongs to.
 */
export function handleCategory(
  handle: OpenHandle,
  text: () => string,
  patterns: Pick<HandleRequest, 'backgroundPatterns' | 'perRequestPatterns'>,
): HandleCategory {
  const { backgroundPatterns, perRequestPatterns } = patterns;
  if (backgroundPatterns.length > 0 || perRequestPatterns.length > 0) {
    const stack = text();
    if (backgroundPatterns.some((pattern) => pattern !== '' && stack.includes(pattern))) return 'background';
    if (perRequestPatterns.some((pattern) => pattern !== '' && stack.includes(pattern))) return 'per_request';
  }
  if (handle.request !== null) {
    return isConnection(handle.type) && handle.request.isFinished ? 'unknown' : 'per_request';
  }
  if (handle.isBackground || handleKind(handle.type).background) return 'background';
  return 'unknown';
}

/** What is added up for a group, member by member. Amounts are fractions where a sample stands for more. */
interface Gathering {
  readonly first: OpenHandle;
  readonly category: HandleCategory;
  /** The oldest of them: see MAX_LOOKED_AT. */
  readonly members: OpenHandle[];
  readonly ages: Milliseconds[];
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

function gather(
  handles: readonly OpenHandle[],
  lookup: HandleLookup,
  request: HandleRequest,
  waited: (since: ProgramClock) => Milliseconds,
): Gathering[] {
  const amounts = sampledAmounts(handles, (handle) => waited(handle.createdAt) >= request.longWait);
  const gatherings: Gathering[] = [];
  // Few groups share stack and type, so a look through them is faster than any key that would have to be built per handle.
  const byStack: Map<string, { readonly like: OpenHandle; readonly gathering: Gathering }[]>[] = [];
  for (let index = 0; index < handles.length; index++) {
    const handle = handles[index];
    const amount = handle && (amounts === null ? handle.weight : (amounts[index] ?? 0));
    if (!amount) continue;
    const byType = (byStack[handle.stackKey] ??= new Map());
    let known = byType.get(handle.type);
    if (known === undefined) byType.set(handle.type, (known = []));
    let gathering: Gathering | undefined;
    // By index: an iterator for each of 100,000 handles is garbage that the program's next collections pay for.
    // eslint-disable-next-line @typescript-eslint/prefer-for-of
    for (let at = 0; at < known.length; at++) {
      const candidate = known[at];
      if (candidate !== undefined && isAlike(candidate.like, handle)) gathering = candidate.gathering;
    }
    if (gathering === undefined) {
      const category = handleCategory(handle, () => stackText(lookup.stackOf(handle.stackKey), lookup.frames), request);
      // What was told apart by its cause may come out in the same category.
      gathering = known.find(({ like, gathering: other }) => other.category === category && like.state === handle.state)?.gathering;
      if (gathering === undefined) {
        gathering = newGathering(handle, category);
        gatherings.push(gathering);
      }
      known.push({ like: handle, gathering });
    }
    add(gathering, handle, amount, request, waited);
  }
  return gatherings;
}

/** Alike handles of one stack and type are in one group: what decides the category is among what is compared. */
function isAlike(a: OpenHandle, b: OpenHandle): boolean {
  return (
    a.state === b.state &&
    (a.request === null) === (b.request === null) &&
    a.isBackground === b.isBackground &&
    (a.request === null || !isConnection(a.type) || a.request.isFinished === b.request?.isFinished)
  );
}

function newGathering(first: OpenHandle, category: HandleCategory): Gathering {
  return {
    first,
    category,
    members: [],
    ages: [],
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

function add(
  gathering: Gathering,
  member: OpenHandle,
  amount: number,
  request: HandleRequest,
  waited: (since: ProgramClock) => Milliseconds,
): void {
  const age = waited(member.createdAt);
  const wait = member.activeAt !== null && isConnection(member.type) ? waited(member.activeAt) : age;
  gathering.ages.push(age);
  if (gathering.members.length < MAX_LOOKED_AT) gathering.members.push(member);
  const ageClass = ageClassOf(age);
  gathering.ageClasses[ageClass] = (gathering.ageClasses[ageClass] ?? 0) + amount;
  gathering.amount += amount;
  if (amount !== 1) gathering.estimated = true;
  if (wait > gathering.longestWait) gathering.longestWait = wait;
  if (wait >= request.longWait) gathering.long += amount;
  if (wait >= request.stuckAfter && gathering.category === 'per_request') gathering.stuck += amount;
  if (member.keepsAlive !== null) gathering.keepsAlive = (gathering.keepsAlive ?? 0) + (member.keepsAlive ? amount : 0);
  if (member.activeAt !== null && member.activeAt > (gathering.lastActivity ?? -Infinity)) gathering.lastActivity = member.activeAt;
  if (member.request?.isFinished === true) gathering.outlived += amount;
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
  const { first, category, estimated, ages, members, lastActivity, keepsAlive } = gathering;
  const some = members.slice(0, lookedAt);
  const share = count / gathering.amount;
  const { label, state, waitReason, advice } = kindOf(first, lookup);
  // In the order of creation they are sorted already, the other way round.
  ages.sort((a, b) => a - b);
  return {
    kind: first.kind,
    count,
    estimated,
    label,
    type: first.type,
    state: first.state === '' ? state : first.state,
    waitReason,
    category,
    oldest: ages.at(-1) ?? 0,
    median: ages[ages.length >>> 1] ?? 0,
    newest: ages[0] ?? 0,
    longestWait: gathering.longestWait,
    ages: gathering.ageClasses.map(roundingKeepingTheSum()),
    sinceActivity: lastActivity === null ? null : waited(lastActivity),
    keepsAlive: keepsAlive === null ? null : Math.min(count, Math.round(keepsAlive)),
    longWaiting: gathering.long > 0,
    stuck: gathering.stuck > 0,
    longCount: atLeastOne(gathering.long * share),
    stuckCount: atLeastOne(gathering.stuck * share),
    advice,
    subjects: mostFrequent(some.map(lookup.subjectOf)).map(([text, times]) => ({ text, count: times })),
    routes: mostFrequent(some.map(({ request }) => request?.route ?? '')).map(([route, times]) => ({ route, count: times })),
    outlived: Math.min(count, Math.round(gathering.outlived)),
    examples: members.slice(0, MAX_EXAMPLES).map((member) => exampleOf(member, lookup.detailOf(member), waited)),
    ...lookup.stackOf(first.stackKey),
  };
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

function kindOf(first: OpenHandle, { frames, stackOf }: HandleLookup): HandleKind {
  const kind = handleKind(first.type);
  if (first.type !== PROMISE_TYPE) return kind;
  return { ...kind, label: pendingLabel(stackOf(first.stackKey).stack.flatMap((index) => frames[index] ?? [])) };
}

function exampleOf(handle: OpenHandle, subject: string, waited: (since: ProgramClock) => Milliseconds): HandleExample {
  return {
    id: handle.id,
    subject,
    age: waited(handle.createdAt),
    sinceActivity: handle.activeAt === null ? null : waited(handle.activeAt),
    keepsAlive: handle.keepsAlive,
  };
}

function ageClassOf(age: Milliseconds): number {
  let index = 0;
  while (index < AGE_LIMITS.length && age >= (AGE_LIMITS[index] ?? Infinity)) index++;
  return index;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function stackText({ stack, causeStack }: CreationStack, frames: readonly RawFrame[]): string {
  return [...stack, ...causeStack]
    .map((index) => frames[index])
    .map((frame) => (frame ? `${frame.functionName}\n\t${frame.url}:${frame.line}` : ''))
    .join('\n');
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
    waitReason: '',
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
    advice: '',
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
