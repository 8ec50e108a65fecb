import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { firstFrom, nearestIndex, pointNear } from '../../src/model/historySearch';
import { historyPointAt } from '../helpers/historyPoints';

const HISTORY = [1000, 2000, 3000, 7000].map((time) => historyPointAt(time));

describe('a search in the history', () => {
  it('finds the first point from a time on', () => {
    assert.deepEqual([0, 1000, 1001, 7000, 7001].map((time) => firstFrom(HISTORY, time)), [0, 0, 1, 3, 4]);
    assert.equal(firstFrom([], 5), 0);
  });
  it('finds the nearest point', () => {
    assert.deepEqual([0, 1499, 1501, 4900, 5100, 9000].map((time) => nearestIndex(HISTORY, time)), [0, 0, 1, 2, 3, 3]);
    assert.equal(nearestIndex([], 5), -1);
  });
  it('finds nothing where nothing was measured', () => {
    assert.equal(pointNear(HISTORY, 5000, 1500), undefined);
    assert.equal(pointNear(HISTORY, 2600, 1500)?.time, 3000);
  });
});
