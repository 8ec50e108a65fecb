import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changeSince, countsOf } from '../../src/model/groupTrends';

const then = countsOf([{ id: 'a', count: 5 }, { id: 'b', count: 1 }]);

describe('changeSince', () => {
  it('is not known without a reading to compare with', () => assert.equal(changeSince(null, 'a', 5), null));
  it('is the difference', () => assert.deepEqual([changeSince(then, 'a', 7), changeSince(then, 'b', 0), changeSince(then, 'a', 5)], [2, -1, 0]));
  it('counts a group that was not there from 0', () => {
    assert.equal(changeSince(then, 'c', 3), 3);
    const gone = countsOf([{ id: 'b', count: 1 }]);
    assert.equal(changeSince(gone, 'a', 4), 4, 'also one that had been there before');
  });
});
