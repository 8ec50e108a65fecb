import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keepOrder, reuseRows } from '../../src/model/rowReuse';
import type { AllocationRow } from '../../src/protocol/allocations';

function site(id: string, bytes: number, line = 1): AllocationRow {
  const frame = { functionName: 'f', file: '/a.ts', line, column: 1, origin: 'user' } as const;
  return { id, kind: 'site', depth: 0, label: 'f', frame, self: { bytes, count: 1 }, total: { bytes, count: 1 }, share: 1, isNew: false, stack: [frame], expandable: false };
}

describe('reuseRows', () => {
  it('keeps the objects of equal rows, wherever they went', () => {
    const before = [site('a', 1), site('b', 2)];
    const after = reuseRows(before, [site('b', 2), site('a', 1)]);
    assert.equal(after[0], before[1]);
    assert.equal(after[1], before[0]);
  });

  it('keeps the stack of a row whose figures changed', () => {
    const before = [site('a', 1)];
    const after = reuseRows(before, [site('a', 5)]);
    const [kept] = after;
    assert.ok(kept);
    assert.equal(kept.self.bytes, 5);
    assert.equal(kept.stack, before[0]?.stack);
  });

  it('takes a new stack, as when a source map arrived', () => {
    const next = [site('a', 1, 7)];
    assert.equal(reuseRows([site('a', 1)], next)[0], next[0]);
  });

  it('sees a property that came or went', () => {
    const mapped = site('a', 1);
    const frame = mapped.stack[0];
    assert.ok(frame);
    const next = [{ ...mapped, stack: [{ ...frame, generated: { file: '/a.js', line: 1, column: 1 } }] }];
    assert.equal(reuseRows([mapped], next)[0], next[0]);
    assert.equal(reuseRows(next, [mapped])[0], mapped);
  });
});

describe('keepOrder', () => {
  it('leaves rows in their places and appends new ones in their order', () => {
    const rows = ['x', 'c', 'y', 'a'].map((id) => ({ id }));
    assert.deepEqual(keepOrder(rows, ['a', 'b', 'c']).map((row) => row.id), ['a', 'c', 'x', 'y']);
  });
});
