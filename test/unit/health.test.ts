import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { healthOf, heapGrowth, longWaits } from '../../src/model/health';
import type { HandleRow, HandlesView, HistoryPoint } from '../../src/protocol/profile';

function view(rows: readonly Partial<HandleRow>[], potentiallyStuck = 0): HandlesView {
  const full = rows.map((row, index) => ({
    id: String(index),
    count: 1,
    trend: null,
    type: 'Timeout',
    label: 'Timer',
    state: 'scheduled',
    waitReason: '',
    category: 'unknown' as const,
    oldest: 0,
    median: 0,
    longWaiting: false,
    stuck: false,
    stack: [],
    causeStack: [],
    ...row,
  }));
  const summary = { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck };
  return { rows: full, total: full.length, summary, omittedGroups: 0, missing: null };
}

function history(...usedHeap: readonly number[]): HistoryPoint[] {
  return usedHeap.map((usedHeapBytes, time) => ({
    time,
    usedHeapBytes,
    committedHeapBytes: 0,
    rssBytes: 0,
    cpuPercent: 0,
    openHandles: null,
    gcLastPause: 0,
  }));
}

describe('healthOf', () => {
  it('is healthy without handles', () => assert.equal(healthOf(view([])), 'healthy'));
  it('is healthy when only background work waits', () =>
    assert.equal(healthOf(view([{ category: 'background', longWaiting: true }])), 'healthy'));
  it('is a long wait when anything else does', () => assert.equal(healthOf(view([{ longWaiting: true }])), 'longWait'));
  it('is stuck by the sum of all handles, listed or not', () => assert.equal(healthOf(view([], 1)), 'stuck'));
});

describe('longWaits', () => {
  it('counts handles, not groups', () =>
    assert.equal(longWaits(view([{ count: 4, longWaiting: true }, { count: 2, longWaiting: true, category: 'background' }, { count: 9 }])), 4));
});

describe('heapGrowth', () => {
  it('needs five points before the newest', () => assert.equal(heapGrowth(history(1, 1, 1, 1, 9)), null));
  it('does not count up to a tenth', () => assert.equal(heapGrowth(history(100, 100, 100, 100, 100, 110)), null));
  it('is the share above the mean of the five before', () => assert.equal(heapGrowth(history(7, 100, 100, 100, 100, 100, 150)), 0.5));
  it('is nothing when the heap shrinks', () => assert.equal(heapGrowth(history(100, 100, 100, 100, 100, 50)), null));
  it('is nothing without memory', () => assert.equal(heapGrowth(history(0, 0, 0, 0, 0, 1)), null));
});
