import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addAmounts, growth, nodeAmounts, noAmounts, sizedAmounts, type NodeAmounts } from '../../src/model/nodeAmounts';

const of = (bytes: readonly number[], counts = bytes): NodeAmounts => ({ bytes: Float64Array.from(bytes), counts: Float64Array.from(counts) });
const text = ({ bytes, counts }: NodeAmounts) => `${bytes.join(' ')} in ${counts.join(' ')}`;

describe('nodeAmounts', () => {
  it('has a reading’s amounts by the numbers of the tree, and adds up what is one node there', () =>
    assert.equal(text(nodeAmounts({ bytes: [1, 20, 300], counts: [1, 2, 3] }, Int32Array.of(0, 3, 3), 5)), '1 0 0 320 0 in 1 0 0 5 0'));

  it('adds and subtracts lists that end at different nodes', () => {
    assert.equal(text(addAmounts(of([1, 2]), of([10, 20, 30]))), '11 22 30 in 11 22 30');
    assert.equal(text(addAmounts(of([10, 20, 30]), of([1, 2]))), '11 22 30 in 11 22 30');
    assert.equal(text(growth(of([5, 5]), of([1, 9, 7]))), '4 -4 -7 in 4 -4 -7');
    assert.equal(text(growth(of([5, 5, 5]), of([1]))), '4 5 5 in 4 5 5');
  });

  it('leaves what it is given as it is', () => {
    const [one, other] = [of([1, 2]), of([3, 4])];
    addAmounts(one, other);
    growth(one, other);
    assert.deepEqual([text(one), text(other)], ['1 2 in 1 2', '3 4 in 3 4']);
  });

  it('gives lists of a length', () => {
    assert.equal(text(sizedAmounts(of([1, 2]), 3)), '1 2 0 in 1 2 0');
    assert.equal(text(sizedAmounts(of([1, 2]), 1)), '1 in 1');
    assert.equal(text(noAmounts(2)), '0 0 in 0 0');
  });
});
