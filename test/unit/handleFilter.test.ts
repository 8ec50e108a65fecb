import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { filterRows, isHandleFilter, membersOf, rowsWith, toggleFilter } from '../../src/model/handleFilter';
import type { HandleFilter } from '../../src/protocol/lists';
import { handleRow } from '../helpers/handleRows';

const rows = [
  handleRow({ id: 'socket', count: 5, category: 'per_request', keepsAlive: 5, longWaiting: true, stuck: true, sinceMark: 2 }),
  handleRow({ id: 'server', count: 1, category: 'background', keepsAlive: 1, longWaiting: true, sinceMark: 0 }),
  handleRow({ id: 'timer', count: 3, category: 'unknown', keepsAlive: 0, sinceMark: -1 }),
  handleRow({ id: 'await', kind: 'pending', count: 400, estimated: true, category: 'per_request', keepsAlive: null, sinceMark: null }),
];
const left = (...chosen: readonly HandleFilter[]) => filterRows(rows, chosen).map(({ id }) => id);

describe('the filters of the handle list', () => {
  it('leave everything when none is chosen', () => assert.equal(filterRows(rows, []), rows));

  it('leave what each of them names', () => {
    assert.deepEqual(left('handle'), ['socket', 'server', 'timer']);
    assert.deepEqual(left('pending'), ['await']);
    assert.deepEqual(left('problems'), ['socket']);
    assert.deepEqual(left('keepsAlive'), ['socket', 'server']);
    assert.deepEqual(left('grown'), ['socket']);
    assert.deepEqual(left('per_request'), ['socket', 'await']);
    assert.deepEqual(left('background'), ['server']);
    assert.deepEqual(left('unknown'), ['timer']);
  });

  it('narrow each other down', () => {
    assert.deepEqual(left('handle', 'per_request'), ['socket']);
    assert.deepEqual(left('pending', 'background'), []);
  });

  it('replace each other where both cannot be true', () => {
    assert.deepEqual(toggleFilter(['handle', 'problems'], 'pending'), ['problems', 'pending']);
    assert.deepEqual(toggleFilter(['background'], 'unknown'), ['unknown']);
    assert.deepEqual(toggleFilter(['handle', 'problems'], 'problems'), ['handle']);
  });

  it('show what a click would leave', () => {
    assert.deepEqual(rowsWith(rows, ['handle', 'per_request'], 'pending').map(({ id }) => id), ['await']);
    assert.deepEqual(rowsWith(rows, ['handle'], 'handle').map(({ id }) => id), ['socket', 'server', 'timer']);
  });

  it('are known by their ids only: the page’s memory may be of another version', () => {
    assert.equal(isHandleFilter('pending'), true);
    assert.equal(isHandleFilter('toString'), false);
  });
});

describe('membersOf', () => {
  it('is exact as long as every row is', () => assert.deepEqual(membersOf(rows.slice(0, 3)), { count: 9, estimated: false }));
  it('is an estimate with one that is', () => assert.deepEqual(membersOf(rows), { count: 409, estimated: true }));
  it('is nothing of no rows', () => assert.deepEqual(membersOf([]), { count: 0, estimated: false }));
});
