import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keepOrder } from '../../src/model/keepOrder';

describe('keepOrder', () => {
  it('leaves rows in their places and appends new ones in their order', () => {
    const rows = ['x', 'c', 'y', 'a'].map((id) => ({ id }));
    assert.deepEqual(keepOrder(rows, ['a', 'b', 'c']).map((row) => row.id), ['a', 'c', 'x', 'y']);
  });
});
