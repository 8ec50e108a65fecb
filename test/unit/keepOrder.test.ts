import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keepOrder } from '../../src/model/keepOrder';

describe('keepOrder', () => {
  it('leaves rows in their places and appends new ones in their order', () => {
    const rows = ['x', 'c', 'y', 'a'].map((id) => ({ id }));
    assert.deepEqual(keepOrder(rows, ['a', 'b', 'c']).map((row) => row.id), ['a', 'c', 'x', 'y']);
  });

  it('leaves what is new below a row behind it, in a tree', () => {
    const rows = [
      { id: 'b', depth: 0 },
      { id: 'b1', depth: 1 },
      { id: 'b1x', depth: 2 },
      { id: 'b2', depth: 1 },
      { id: 'a', depth: 0 },
    ];
    assert.deepEqual(keepOrder(rows, ['a', 'b', 'b2']).map((row) => row.id), ['a', 'b', 'b1', 'b1x', 'b2']);
    assert.deepEqual(keepOrder(rows.slice(1), ['a']).map((row) => row.id), ['b1', 'b1x', 'b2', 'a']);
  });
});
