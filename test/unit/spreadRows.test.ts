import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { spreadRows } from '../../src/model/spreadRows';
import { SeededRandom } from '../helpers/seededRandom';

interface Row {
  readonly id: string;
  readonly version: number;
}

const versions = (rows: readonly Row[]) => rows.map(({ id, version }) => `${id}${version}`).join(' ');

describe('rows whose drawing is spread', () => {
  it('are new where they are not drawn yet, and a few of the others with each frame', () => {
    const drawn = 'abcd'.split('').map((id) => ({ id, version: 1 }));
    const rows = 'dxcba'.split('').map((id) => ({ id, version: 2 }));
    const first = spreadRows<Row>(drawn, rows, 2);
    assert.equal(versions(first.shown), 'd2 x2 c2 b1 a1');
    assert.equal(first.isLate, true);
    const second = spreadRows<Row>(first.shown, rows, 2);
    assert.equal(versions(second.shown), 'd2 x2 c2 b2 a2');
    assert.equal(second.isLate, false);
  });

  it('are all of the newest reading as soon as can be, in its order throughout (seed 1)', () => {
    const random = new SeededRandom(1);
    let drawn: readonly Row[] = [];
    for (let round = 1; round <= 300; round++) {
      const known = new Map(drawn.map((row) => [row.id, row]));
      const rows = Array.from({ length: random.integer(0, 12) }, () => `${random.integer(0, 15)}`)
        .filter((id, index, ids) => ids.indexOf(id) === index)
        .map((id) => (random.integer(0, 1) === 0 ? known.get(id) : undefined) ?? { id, version: round });
      const limit = random.integer(1, 5);
      const changed = rows.filter((row) => known.has(row.id) && known.get(row.id) !== row).length;
      let frames = 0;
      for (let isLate = true; isLate; frames++) {
        const before = new Map(drawn.map((row) => [row.id, row]));
        const { shown, isLate: goesOn } = spreadRows(drawn, rows, limit);
        assert.deepEqual(shown.map(({ id }) => id), rows.map(({ id }) => id), `round ${round}`);
        assert(shown.filter((row) => before.has(row.id) && before.get(row.id) !== row).length <= limit, `round ${round}: more than ${limit} with one frame`);
        drawn = shown;
        isLate = goesOn;
      }
      assert.deepEqual(drawn, rows, `round ${round}`);
      assert.equal(frames, Math.max(1, Math.ceil(changed / limit)), `round ${round}: frames for ${changed} rows`);
    }
  });
});
