import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AllocationTimeline } from '../../src/model/allocationTimeline';
import type { NodeAmounts } from '../../src/model/nodeAmounts';

/** Each object has ten bytes. */
const amounts = (...bytes: number[]): NodeAmounts => ({ bytes: Float64Array.from(bytes), counts: Float64Array.from(bytes, (value) => value / 10) });

/** `time: bytes of each node` per reading. */
function timelineOf(readings: readonly (readonly [time: number, ...bytes: number[]])[], maxEntries?: number): AllocationTimeline {
  const timeline = new AllocationTimeline(maxEntries);
  for (const [time, ...bytes] of readings) timeline.add(time, amounts(...bytes));
  return timeline;
}

function between(timeline: AllocationTimeline, from: number, to: number): string | null {
  const sums = timeline.between(from, to);
  if (sums === null) return null;
  assert.deepEqual([...sums.counts], [...sums.bytes].map((bytes) => bytes / 10));
  return sums.bytes.join(' ');
}

function covered(timeline: AllocationTimeline, from: number, to: number): string {
  return timeline.covered(from, to).map((stretch) => `${stretch.from}-${stretch.to}`).join(' ');
}

describe('AllocationTimeline', () => {
  const timeline = timelineOf([[10, 0, 100], [20, 0, 150, 30], [30, 0, 150, 30], [40, 0, 160, 30, 7]]);

  it('adds up what was allocated after one time and up to another', () => {
    assert.equal(between(timeline, 10, 20), '0 50 30');
    assert.equal(between(timeline, 10, 40), '0 60 30 7');
    assert.equal(between(timeline, 19, 29), '0 50 30');
    assert.equal(between(timeline, 0, 15), '0 100');
  });
  it('tells a time in which nothing was allocated from one without a reading', () => {
    assert.equal(between(timeline, 20, 30), '');
    assert.equal(between(timeline, 21, 29), null);
    assert.equal(between(timeline, 40, 50), null);
    assert.equal(between(timeline, 40, 10), null);
    assert.equal(between(new AllocationTimeline(), 0, 100), null);
  });
  it('begins at zero with a new run, and keeps what was before', () => {
    const restarted = timelineOf([[10, 0, 100], [20, 0, 200]]);
    restarted.reset();
    restarted.add(30, amounts(0, 50, 5));
    assert.equal(between(restarted, 20, 30), '0 50 5');
    assert.equal(between(restarted, 10, 30), '0 150 5');
  });
  it('takes less of a node for nothing, and what is added to that for more', () => {
    const shrunk = timelineOf([[10, 0, 100], [20, 0, 40], [30, 0, 60]]);
    assert.equal(between(shrunk, 10, 20), '');
    assert.equal(between(shrunk, 20, 30), '0 20');
  });
  it('tells which time its readings cover: from the one before the first, and not between two runs', () => {
    assert.equal(covered(timeline, 10, 40), '10-40');
    assert.equal(covered(timeline, 15, 35), '10-30');
    assert.equal(covered(timeline, 21, 29), '');
    const recorded = timelineOf([[10], [20, 5]]);
    recorded.reset();
    recorded.add(50, amounts());
    recorded.add(60, amounts(7));
    assert.equal(covered(recorded, 0, 100), '10-20 50-60');
  });
  it('drops the oldest past its limit, and tells that it does not cover their time', () => {
    const readings = Array.from({ length: 10 }, (_, index) => [index + 1, 0, (index + 1) * 10] as const);
    const full = timelineOf(readings, 6);
    assert.deepEqual([between(full, 2, 10), covered(full, 2, 10)], ['0 30', '7-10']);
    assert.equal(between(full, 2, 6), null);
    assert.equal(between(full, 7, 10), '0 30');
    assert.equal(between(full, 9, 10), '0 10');
  });
  it('keeps all of the newest reading', () => assert.equal(between(timelineOf([[1, 1], [2, 2, 1, 1, 1, 1]], 3), 1, 2), '1 1 1 1 1'));
  it('counts readings in which nothing grew', () => {
    const idle = timelineOf(Array.from({ length: 1_000 }, (_, time) => [time] as const), 100);
    assert.deepEqual([between(idle, 0, 999), covered(idle, 0, 999)], ['', '899-999']);
    assert.equal(between(idle, 0, 899), null);
  });
});
