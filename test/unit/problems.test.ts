import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NOTHING_HIDDEN } from '../../src/model/hidden';
import { problemsOf } from '../../src/model/problems';
import type { HandleRow } from '../../src/protocol/profile';
import { frame, handlesViewOf } from '../helpers/handleRows';

const problems = (rows: readonly Partial<HandleRow>[], hidden = NOTHING_HIDDEN) => {
  const { rows: listed, omitted } = problemsOf(handlesViewOf(rows), hidden);
  return [listed.map(({ id }) => id), omitted];
};
const waits = { longWaiting: true };

describe('problemsOf (R14)', () => {
  it('lists what has waited long or looks stuck', () => {
    assert.deepEqual(problems([{}, waits, { stuck: true, category: 'per_request' }, {}, { longWaiting: true, category: 'per_request' }]), [['1', '2', '4'], 0]);
  });
  it('lists no background work', () => assert.deepEqual(problems([{ ...waits, category: 'background' }]), [[], 0]));
  it('lists pending operations too', () => assert.deepEqual(problems([{ ...waits, kind: 'pending' }]), [['0'], 0]));
  it('lists the first five in the order of the rows, and counts the rest', () => {
    assert.deepEqual(problems(new Array(8).fill(waits)), [['0', '1', '2', '3', '4'], 3]);
    assert.deepEqual(problems(new Array(5).fill(waits)), [['0', '1', '2', '3', '4'], 0]);
  });
  it('neither lists nor counts what is hidden', () => {
    const rows = [{ ...waits, stack: [frame('poll', '/app/poll.ts')] }, waits, waits];
    assert.deepEqual(problems(rows, { files: ['/app/poll.ts'], groups: [{ id: '1', name: 'one' }] }), [['2'], 0]);
  });
  it('lists as many as are asked for', () => assert.equal(problemsOf(handlesViewOf(new Array(8).fill(waits)), NOTHING_HIDDEN, Infinity).rows.length, 8));
});
