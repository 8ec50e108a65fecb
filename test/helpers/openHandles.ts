/** Handles as the collector knows them, with stacks that are told apart by a number, and what they are grouped to. */
import assert from 'node:assert/strict';
import { groupHandles, type CreationStack, type HandleLookup, type OpenHandle } from '../../src/model/handleGroups';
import type { HandleGroup, HandleRequest, StackOrigin } from '../../src/protocol/collector';
import type { RawFrame } from '../../src/protocol/frames';

export const frames: readonly RawFrame[] = [
  { functionName: 'serve', url: '/app/server.js', line: 9, column: 3 },
  { functionName: 'poll', url: '/app/jobs/poll.js', line: 2, column: 1 },
  { functionName: 'connect', url: '/app/node_modules/pg/client.js', line: 70, column: 5 },
  { functionName: 'load', url: '/app/load.js', line: 3, column: 3 },
  { functionName: 'async load', url: '/app/load.js', line: 3, column: 9 },
  { functionName: 'query', url: '/app/db.js', line: 5, column: 3 },
  { functionName: 'Promise.then', url: '', line: 0, column: 0 },
  { functionName: 'Function.all', url: '', line: 0, column: 0 },
];

/** Keys of stacks that are not known, and of those of pending operations. */
export const [UNREAD, NOT_CAPTURED, EARLIER, SERVE, LOAD, QUERY, RESUMED_QUERY, ALL] = [100, 101, 102, 103, 104, 105, 106, 107];
const NOT_KNOWN: Readonly<Record<number, StackOrigin>> = { [UNREAD]: 'unread', [NOT_CAPTURED]: 'notCaptured', [EARLIER]: 'earlier' };
const PENDING: Readonly<Record<number, readonly number[]>> = {
  [SERVE]: [0, 2],
  [LOAD]: [3, 0, 2],
  [QUERY]: [5, 3, 0, 2],
  [RESUMED_QUERY]: [5, 4],
  [ALL]: [6, 7, 0],
};

/** Stack key 10·a + b: the stack is frame a - 1, the cause frame b - 1, 0 for none. */
export function stackOf(key: number): CreationStack {
  const origin = NOT_KNOWN[key];
  if (origin !== undefined) return { origin, stack: [], causeStack: [] };
  const only = (number: number) => (number === 0 ? [] : [number - 1]);
  return { origin: 'known', stack: PENDING[key] ?? only(Math.floor(key / 10)), causeStack: key in PENDING ? [] : only(key % 10) };
}

export const SUBJECTS = new Map<number, string>();
export const lookup: HandleLookup = {
  frames,
  stackOf,
  subjectOf: ({ id }) => SUBJECTS.get(id) ?? '',
  detailOf: ({ id }) => `detail ${id}`,
  dueInOf: ({ id, type }) => (type === 'Timeout' ? id * 100 : null),
};

export const REQUEST: HandleRequest = {
  limit: 100,
  longWait: 60_000,
  stuckAfter: 60_000,
  readStacksAfter: 0,
  pauses: [],
  backgroundPatterns: [],
  perRequestPatterns: [],
};
export const NOW = 10_000_000;
export const SECOND = 1000;

export const SERVED = { route: 'GET /orders/:id', isFinished: false };
export const ANSWERED = { route: 'GET /orders/:id', isFinished: true };

/** A handle that was opened so long before `NOW`. */
export function open(type: string, ageSeconds: number, more: Partial<OpenHandle> = {}): OpenHandle {
  return {
    id: 0,
    kind: 'handle',
    type,
    createdAt: NOW - ageSeconds * SECOND,
    request: null,
    isBackground: false,
    stackKey: 10,
    weight: 1,
    state: '',
    keepsAlive: null,
    activeAt: null,
    ...more,
  };
}

export function pending(stackKey: number, ageSeconds: number, more: Partial<OpenHandle> = {}): OpenHandle {
  return open('PROMISE', ageSeconds, { kind: 'pending', stackKey, ...more });
}

/** @param make Gets the index of each, from 0. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Groups them at `NOW`. */
export function group(handles: readonly OpenHandle[], request: Partial<HandleRequest> = {}) {
  return groupHandles(handles, lookup, { ...REQUEST, ...request }, NOW);
}

/** The one group of some handles. */
export function only(handles: readonly OpenHandle[], request: Partial<HandleRequest> = {}): HandleGroup {
  const [first, second] = group(handles, request).groups;
  assert.ok(first !== undefined && second === undefined, 'Not one group.');
  return first;
}

/** `count label, category, oldest/median/newest in s`, with a mark for what is stuck or waits for long. */
export function rows(groups: readonly HandleGroup[]): string[] {
  return groups.map(({ count, estimated, label, category, oldest, median, newest, stuck, longWaiting }) => {
    const mark = stuck ? ', stuck' : longWaiting ? ', long' : '';
    const sign = estimated ? '~' : '';
    return `${sign}${count} ${label}, ${category}, ${[oldest, median, newest].map((age) => age / SECOND).join('/')}${mark}`;
  });
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
