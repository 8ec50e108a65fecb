import type { HandleCategory, HandleGroup, HandleReading, HandleRequest } from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import type { Milliseconds, ProgramClock } from '../protocol/units';
import { handleKind } from './handleKinds';
import { waitingClock } from './pauses';

/** What the grouping needs to know of one open handle. */
export interface OpenHandle {
  readonly type: string;
  readonly createdAt: ProgramClock;
  /** Created while an HTTP request was being served. */
  readonly inRequest: boolean;
  /** Created while the main script ran for the first time. */
  readonly atStartUp: boolean;
  /** Identifies `stack` and `causeStack` together: handles of one key share them. */
  readonly stackKey: number;
}

/** A creation stack by its key: indices into the frame table. */
export interface CreationStack {
  readonly stack: readonly number[];
  readonly causeStack: readonly number[];
}

interface Gathering {
  readonly handle: OpenHandle;
  readonly category: HandleCategory;
  readonly ages: Milliseconds[];
}

/**
 * Groups open handles by type, category and creation stack, and orders the groups by R10: stuck first, then the longest
 * wait, then the count. Type decides label and state. Beyond `request.limit` groups the rest is folded into one group
 * without a stack, so that the total stays the sum of the groups.
 */
export function groupHandles(
  handles: Iterable<OpenHandle>,
  stackOf: (key: number) => CreationStack,
  frames: readonly RawFrame[],
  request: HandleRequest,
  now: ProgramClock,
): Omit<HandleReading, 'state' | 'frames' | 'unreadStacks'> {
  const waited = waitingClock(request.pauses, now);
  // By what is on the handle itself, so that a category, which may need the whole stack as text, is decided once a group.
  const byCause = new Map<string, Gathering>();
  const gatherings = new Map<string, Gathering>();
  for (const handle of handles) {
    const cause = `${handle.type}|${handle.inRequest ? 1 : 0}${handle.atStartUp ? 1 : 0}|${handle.stackKey}`;
    let gathering = byCause.get(cause);
    if (gathering === undefined) {
      const category = handleCategory(handle, () => stackText(stackOf(handle.stackKey), frames), request);
      const group = `${handle.type}|${category}|${handle.stackKey}`;
      gathering = gatherings.get(group) ?? { handle, category, ages: [] };
      byCause.set(cause, gathering);
      gatherings.set(group, gathering);
    }
    gathering.ages.push(waited(handle.createdAt));
  }

  const groups: HandleGroup[] = [];
  const summary = { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck: 0 };
  let total = 0;
  for (const { handle, category, ages } of gatherings.values()) {
    const { label, state, waitReason } = handleKind(handle.type);
    const long = ages.reduce((count, age) => count + (age >= request.longWait ? 1 : 0), 0);
    total += ages.length;
    if (category === 'background') summary.background += ages.length;
    if (category === 'per_request') summary.perRequest += ages.length;
    summary.longWaiting += long;
    if (category === 'per_request') summary.potentiallyStuck += long;
    groups.push({
      count: ages.length,
      label,
      type: handle.type,
      state,
      waitReason,
      category,
      ...ageFigures(ages),
      longWaiting: long > 0,
      stuck: long > 0 && category === 'per_request',
      ...stackOf(handle.stackKey),
    });
  }
  groups.sort(byUrgency);
  return { ...fold(groups, request.limit), total, summary };
}

/** R10. Equal groups keep the order of their first member, so that rows do not jump about. */
export function byUrgency(a: HandleGroup, b: HandleGroup): number {
  return Number(b.stuck) - Number(a.stuck) || b.oldest - a.oldest || b.count - a.count;
}

/**
 * R8: the user's patterns decide first, background before per-request; then what caused the handle. What a request opened
 * stays per-request even when it is an interval or a watcher: left open, it is a leak of that request.
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
  if (handle.inRequest) return 'per_request';
  if (handle.atStartUp || handleKind(handle.type).background) return 'background';
  return 'unknown';
}

function ageFigures(ages: Milliseconds[]): { oldest: Milliseconds; median: Milliseconds; newest: Milliseconds } {
  ages.sort((a, b) => a - b);
  return { oldest: ages.at(-1) ?? 0, median: ages[ages.length >>> 1] ?? 0, newest: ages[0] ?? 0 };
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
  kept.push({
    count: rest.reduce((sum, group) => sum + group.count, 0),
    label: `${rest.length} smaller groups`,
    type: '',
    state: 'various',
    waitReason: '',
    category: 'unknown',
    oldest: rest.reduce((oldest, group) => Math.max(oldest, group.oldest), 0),
    median: rest[rest.length >>> 1]?.median ?? 0,
    newest: rest.reduce((newest, group) => Math.min(newest, group.newest), Infinity),
    longWaiting: rest.some((group) => group.longWaiting),
    stuck: rest.some((group) => group.stuck),
    stack: [],
    causeStack: [],
  });
  return { groups: kept, foldedGroups: rest.length };
}
