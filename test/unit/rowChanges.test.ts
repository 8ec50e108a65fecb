import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changedRows, rowChanges } from '../../src/model/rowChanges';
import type { HandleRow } from '../../src/protocol/profile';
import { frame, handleRow } from '../helpers/handleRows';
import { SeededRandom } from '../helpers/seededRandom';

const byId = (rows: readonly HandleRow[]) => new Map(rows.map((row) => [row.id, row]));

describe('the changes of a window of rows', () => {
  it('are whole rows that are new, and the properties that differ of those that are not', () => {
    const row = handleRow({ id: 'a', count: 1, stack: [frame('f', '/a.js')] });
    const [change] = rowChanges(byId([row]), [structuredClone({ ...row, count: 2 })]);
    assert.deepEqual(change, { id: 'a', count: 2 });
    assert.deepEqual(rowChanges(byId([row]), [structuredClone(row)]), []);
    assert.deepEqual(rowChanges(byId([]), [row]), [row]);
  });

  it('see a frame that was mapped meanwhile', () => {
    const row = handleRow({ id: 'a', stack: [frame('f', '/a.js')] });
    const stack = [{ ...frame('f', '/a.ts'), generated: { file: '/a.js', line: 3, column: 5 } }];
    assert.deepEqual(rowChanges(byId([row]), [{ ...row, stack }]), [{ id: 'a', stack }]);
  });

  it('make at the other end the rows that were sent, whatever was there before (seed 1)', () => {
    const random = new SeededRandom(1);
    let sent: readonly HandleRow[] = [];
    let shown: readonly HandleRow[] = [];
    for (let round = 0; round < 300; round++) {
      const rows = Array.from({ length: random.integer(0, 8) }, () => random.integer(0, 12))
        .filter((id, index, ids) => ids.indexOf(id) === index)
        .map((id) => handleRow({ id: `row${id}`, count: random.integer(1, 3), label: random.pick(['Timer', 'TCP socket']), stack: [frame(`f${random.integer(0, 2)}`, '/a.js')] }));
      const order = rows.map(({ id }) => id);
      const isSameOrder = JSON.stringify(order) === JSON.stringify(sent.map(({ id }) => id));
      const before = byId(shown);
      shown = changedRows(shown, isSameOrder ? null : order, structuredClone(rowChanges(byId(sent), rows)));
      assert.deepEqual(shown, rows, `round ${round}`);
      for (const row of shown) {
        const old = before.get(row.id);
        if (old && JSON.stringify(old) === JSON.stringify(row)) assert.equal(row, old, 'an unchanged row keeps its object');
      }
      sent = rows;
    }
  });
});
