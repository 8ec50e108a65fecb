import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { healthOf, heapGrowth, longWaits, stuckMembers } from '../../src/model/health';
import { NOTHING_HIDDEN } from '../../src/model/hidden';
import type { HandleRow, Hidden, HistoryPoint } from '../../src/protocol/profile';
import { frame, handlesViewOf } from '../helpers/handleRows';
import { historyPointAt } from '../helpers/historyPoints';

function history(...usedHeap: readonly number[]): HistoryPoint[] {
  return usedHeap.map((usedHeapBytes, time) => historyPointAt(time, { usedHeapBytes }));
}

const longWait = { longWaiting: true };
const stuck = { longWaiting: true, stuck: true, category: 'per_request' } as const;
const health = (rows: readonly Partial<HandleRow>[], hidden = NOTHING_HIDDEN) => healthOf(handlesViewOf(rows), hidden);
const hiding = (...ids: readonly string[]): Hidden => ({ files: [], groups: ids.map((id) => ({ id, name: id })) });

describe('healthOf (R14)', () => {
  it('is healthy without handles', () => assert.equal(health([]), 'healthy'));
  it('is healthy when only background work waits', () => assert.equal(health([{ category: 'background', longWaiting: true }]), 'healthy'));
  it('is a long wait when anything else does', () => assert.equal(health([{}, longWait]), 'longWait'));
  it('is stuck when anything looks so, wherever it stands', () => assert.equal(health([longWait, {}, stuck]), 'stuck'));
  it('is stuck also where the long wait is set above the time for that', () => assert.equal(health([{ ...stuck, longWaiting: false }]), 'stuck'));

  it('does not count what the user hid', () => {
    assert.equal(health([stuck, longWait], hiding('0')), 'longWait');
    assert.equal(health([stuck, longWait], hiding('0', '1')), 'healthy');
    const file = { stack: [frame('poll', '/app/poll.ts')] };
    assert.equal(health([{ ...stuck, ...file }], { files: ['/app/poll.ts'], groups: [] }), 'healthy');
  });
});

describe('longWaits and stuckMembers', () => {
  const view = handlesViewOf([{ count: 4, ...longWait }, { count: 2, longWaiting: true, category: 'background' }, { count: 9 }, { count: 3, ...stuck }]);
  it('count members, not groups', () => assert.deepEqual([longWaits(view, NOTHING_HIDDEN), stuckMembers(view, NOTHING_HIDDEN)], [7, 3]));
  it('count those members alone that have waited long', () => {
    const view = handlesViewOf([{ count: 9, ...stuck, longCount: 4, stuckCount: 2 }]);
    assert.deepEqual([longWaits(view, NOTHING_HIDDEN), stuckMembers(view, NOTHING_HIDDEN)], [4, 2]);
  });
  it('leave out what is hidden', () => assert.deepEqual([longWaits(view, hiding('3')), stuckMembers(view, hiding('3'))], [4, 0]));
});

describe('heapGrowth', () => {
  it('needs five points before the newest', () => assert.equal(heapGrowth(history(1, 1, 1, 1, 9)), null));
  it('does not count up to a tenth', () => assert.equal(heapGrowth(history(100, 100, 100, 100, 100, 110)), null));
  it('is the share above the mean of the five before', () => assert.equal(heapGrowth(history(7, 100, 100, 100, 100, 100, 150)), 0.5));
  it('is nothing when the heap shrinks', () => assert.equal(heapGrowth(history(100, 100, 100, 100, 100, 50)), null));
  it('is nothing without memory', () => assert.equal(heapGrowth(history(0, 0, 0, 0, 0, 1)), null));
});
