import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { handleList } from '../../src/model/handleList';
import { handlesFacts } from '../../src/model/handlesFacts';
import { NOTHING_HIDDEN } from '../../src/model/hidden';
import type { PanelSnapshot, ToPage } from '../../src/protocol/panel';
import type { CurrentFigures, HandleRow } from '../../src/protocol/profile';
import type { SessionInfo } from '../../src/protocol/reports';
import { initialState, isFilled, reduce, type PageState } from '../../src/webview/state';
import { handleRow, handlesViewOf } from '../helpers/handleRows';
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
    dom: null,
    overheadPercent: 0.5,
    overheadLimit: '',
  };
}

const snapshot: PanelSnapshot = {
  sessions: [session('a')],
  status: { session: session('a'), notice: null, missing: {} },
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

const facts: ToPage = {
  type: 'allocations',
  allocations: { measures: ['inUse'], mode: 'inUse', baseline: null, interval: null, readAt: 1, missing: null },
};
const handleFacts: ToPage = { type: 'handles', handles: handlesFacts(handlesViewOf([{}]), NOTHING_HIDDEN, []) };

/** A whole list of groups, the first time that the page gets it. */
const listOf = (...rows: readonly Partial<HandleRow>[]): ToPage => {
  const whole = rows.map((row, index) => handleRow({ id: String(index), ...row }));
  const order = whole.map(({ id }) => id);
  const { left } = handleList(whole, NOTHING_HIDDEN, { filters: [], search: '', sort: 'urgency' });
  return { type: 'handleList', update: { id: 'all', isWhole: true, count: rows.length, first: 0, order, changes: whole, places: [], left } };
};
const pointAt = (time: number, total: number | null = null): ToPage => ({ type: 'point', point: historyPointAt(time), current: current(total) });

/** The state after some messages. */
function after(...messages: readonly ToPage[]): PageState {
  return messages.reduce(reduce, initialState);
}

const shown: ToPage = { type: 'snapshot', snapshot };

describe('the state of the page', () => {
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
    const filled = after(shown, pointAt(1), facts, listOf({}));
    const same = reduce(filled, { type: 'sessions', sessions: [session('a')], status: { session: session('a'), notice: 'Paused.', missing: {} } });
    assert.equal(same.history.length, 1);
    const other = reduce(filled, { type: 'sessions', sessions: [session('b')], status: { session: session('b'), notice: null, missing: {} } });
    assert.deepEqual([other.history, other.current, other.allocations], [[], null, null]);
    assert.deepEqual(reduce(filled, { type: 'sessions', sessions: [], status: null }).history, []);
  });

  it('has of a list what the host sent, and keeps the objects of rows that did not change', () => {
    const first = after(shown, listOf({ count: 1 }, { count: 2 }));
    assert.equal(first.lists.handles.all?.rows.length, 2);
    const { left } = first.lists.handles.all;
    const update = { id: 'all', isWhole: false, count: 2, first: 0, order: ['1', '0'], changes: [{ id: '0', count: 7 }], places: [['1', 0] as const], left };
    const next = reduce(first, { type: 'handleList', update }).lists.handles.all;
    assert.deepEqual(next?.rows.map(({ id, count }) => [id, count]), [['1', 2], ['0', 7]]);
    assert.equal(next.rows[0], first.lists.handles.all.rows[1]);
    assert.equal(next.places.get('1'), 0);
    assert.equal(next.rows[1]?.stack, first.lists.handles.all.rows[0]?.stack);
  });

  it('keeps the rows through a snapshot of the same session, and of another none', () => {
    const state = after(shown, listOf({}));
    assert.equal(reduce(state, shown).lists, state.lists);
    const other: ToPage = { type: 'snapshot', snapshot: { ...snapshot, status: { session: session('b'), notice: null, missing: {} } } };
    assert.deepEqual(reduce(state, other).lists, { handles: {}, allocations: {} });
  });

  it('knows what is hidden, and keeps it when another session comes on show', () => {
    const hidden = { files: ['/a.js'], groups: [{ id: 'g', name: 'Timer' }] };
    const state = after(shown, { type: 'hidden', hidden });
    assert.deepEqual(state.hidden, hidden);
    const other: ToPage = { type: 'sessions', sessions: [session('b')], status: { session: session('b'), notice: null, missing: {} } };
    assert.deepEqual(reduce(state, other).hidden, hidden);
    assert.deepEqual(reduce(state, shown).hidden, NOTHING_HIDDEN);
  });

  it('is filled with ten points, and a row in the lists on show', () => {
    const wide: ToPage = { type: 'snapshot', snapshot: { ...snapshot, windowSeconds: 100 } };
    const points = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((time) => pointAt(time));
    assert.equal(isFilled(after(wide, ...points, facts, handleFacts, listOf({}))), false);
    assert.equal(isFilled(after(wide, ...points, pointAt(10), facts, handleFacts, listOf({}))), true);
    assert.equal(isFilled(after(wide, ...points, pointAt(10), facts, handleFacts, listOf())), false);
    assert.equal(isFilled(after(wide, ...points, pointAt(10), facts)), false);
  });
});
