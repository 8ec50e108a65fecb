import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DEFAULT_QUERY } from '../../src/host/session/allocationStore';
import { NOTHING_HIDDEN } from '../../src/model/hidden';
import type { AllocationRow } from '../../src/protocol/allocations';
import type { PanelSnapshot, ToPage } from '../../src/protocol/panel';
import type { CurrentFigures } from '../../src/protocol/profile';
import type { SessionInfo } from '../../src/protocol/reports';
import { initialState, isFilled, reduce, type PageState } from '../../src/webview/state';
import { handlesViewOf } from '../helpers/handleRows';
import { historyPointAt } from '../helpers/historyPoints';

const session = (id: string): SessionInfo => ({ id, name: id, state: 'live', pid: 1, nodeVersion: '22.0.0' });

function current(totalAllocatedBytes: number | null): CurrentFigures {
  return {
    cpuPercent: 0,
    cpuUserSeconds: 0,
    cpuSystemSeconds: 0,
    usedHeapBytes: 1,
    committedHeapBytes: 1,
    heapLimitBytes: 1,
    externalBytes: 0,
    arrayBufferBytes: 0,
    rssBytes: 1,
    totalAllocatedBytes,
    totalAllocatedIsEstimate: false,
    heapObjects: null,
    openHandles: 1,
    gcCount: 0,
    gcLastPause: 0,
    gcTotalPause: 0,
    loopDelayP99: null,
    loopUtilization: 0,
    cpuCount: 1,
    threadPoolSize: 4,
    overheadPercent: 0.5,
    overheadLimit: '',
  };
}

const snapshot: PanelSnapshot = {
  sessions: [session('a')],
  status: { session: session('a'), notice: null },
  intervalSeconds: 2,
  windowSeconds: 10,
  history: [],
  processes: initialState.processes,
  bands: [],
  events: [],
  current: null,
  allocations: null,
  handles: null,
  hidden: NOTHING_HIDDEN,
  workspaceFolders: [],
};

const row = (bytes: number): AllocationRow => {
  const amount = { bytes, count: 1 };
  return { id: 'r', kind: 'site', depth: 0, label: 'f', frame: null, self: amount, total: amount, share: 1, isNew: false, stack: [], expandable: false };
};
const allocations = (rows: readonly AllocationRow[]): ToPage => ({
  type: 'allocations',
  allocations: { query: DEFAULT_QUERY, rows, total: null, measures: ['inUse'], mode: 'inUse', notes: [], baseline: null, interval: null, readAt: 1, missing: null },
});
const pointAt = (time: number, total: number | null = null): ToPage => ({ type: 'point', point: historyPointAt(time), current: current(total) });

/** The state after some messages. */
function after(...messages: readonly ToPage[]): PageState {
  return messages.reduce(reduce, initialState);
}

const shown: ToPage = { type: 'snapshot', snapshot };

describe('the state of the page', () => {
  it('is loaded by the first snapshot', () => {
    assert.equal(initialState.loaded, false);
    assert.equal(after(shown).loaded, true);
  });

  it('keeps as many points as the window holds, in the snapshot and after', () => {
    const long = { ...snapshot, history: [1, 2, 3, 4, 5, 6, 7].map((time) => historyPointAt(time)) };
    const state = after({ type: 'snapshot', snapshot: long }, pointAt(8));
    assert.deepEqual(state.history.map((at) => at.time), [4, 5, 6, 7, 8]);
  });

  it('keeps times ascending when a point comes twice or the clock is set back', () => {
    const state = after(shown, pointAt(1), pointAt(2), pointAt(2), pointAt(9), pointAt(5));
    assert.deepEqual(state.history.map((at) => at.time), [1, 2, 5]);
  });

  it('computes the allocation rate between two points', () => {
    assert.equal(after(shown, pointAt(1000, 100)).allocatedPerSecond, null);
    assert.equal(after(shown, pointAt(1000, 100), pointAt(3000, 500)).allocatedPerSecond, 200);
    assert.equal(after(shown, pointAt(1000, 100), pointAt(3000, 90)).allocatedPerSecond, 0);
    assert.equal(after(shown, pointAt(1000, 100), pointAt(3000, null)).allocatedPerSecond, null);
  });

  it('drops the figures of a session when another one comes on show', () => {
    const filled = after(shown, pointAt(1), allocations([row(1)]));
    const same = reduce(filled, { type: 'sessions', sessions: [session('a')], status: { session: session('a'), notice: 'Paused.' } });
    assert.equal(same.history.length, 1);
    const other = reduce(filled, { type: 'sessions', sessions: [session('b')], status: { session: session('b'), notice: null } });
    assert.deepEqual([other.history, other.current, other.allocations], [[], null, null]);
    assert.deepEqual(reduce(filled, { type: 'sessions', sessions: [], status: null }).history, []);
  });

  it('keeps the objects of rows that did not change, also through a snapshot', () => {
    const first = after(shown, allocations([row(1)]));
    const second = reduce(first, allocations([row(1)]));
    assert.equal(second.allocations?.rows[0], first.allocations?.rows[0]);
    const third = reduce(second, { type: 'snapshot', snapshot: { ...snapshot, allocations: structuredClone(second.allocations) } });
    assert.equal(third.allocations?.rows[0], first.allocations?.rows[0]);
  });

  it('keeps the stacks of handles whose figures changed', () => {
    const frame = { functionName: 'f', file: '/a.js', line: 1, column: 1, origin: 'user' } as const;
    const reading = (oldest: number): ToPage => ({ type: 'handles', handles: handlesViewOf([{ oldest, stack: [frame], causeStack: [frame] }]) });
    const state = after(shown, reading(1));
    const next = reduce(state, structuredClone(reading(2))).handles?.rows[0];
    assert.equal(next?.oldest, 2);
    assert.equal(next.stack, state.handles?.rows[0]?.stack);
    assert.equal(next.causeStack, state.handles?.rows[0]?.causeStack);
  });

  it('knows what is hidden, and keeps it when another session comes on show', () => {
    const hidden = { files: ['/a.js'], groups: [{ id: 'g', name: 'Timer' }] };
    const state = after(shown, { type: 'hidden', hidden });
    assert.deepEqual(state.hidden, hidden);
    const other: ToPage = { type: 'sessions', sessions: [session('b')], status: { session: session('b'), notice: null } };
    assert.deepEqual(reduce(state, other).hidden, hidden);
    assert.deepEqual(reduce(state, shown).hidden, NOTHING_HIDDEN);
  });

  it('is filled with ten points and a row in each list', () => {
    const handles: ToPage = { type: 'handles', handles: handlesViewOf([{}]) };
    const wide: ToPage = { type: 'snapshot', snapshot: { ...snapshot, windowSeconds: 100 } };
    const points = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((time) => pointAt(time));
    assert.equal(isFilled(after(wide, ...points, allocations([row(1)]), handles)), false);
    assert.equal(isFilled(after(wide, ...points, pointAt(10), allocations([row(1)]), handles)), true);
    assert.equal(isFilled(after(wide, ...points, pointAt(10), allocations([]), handles)), false);
  });
});
