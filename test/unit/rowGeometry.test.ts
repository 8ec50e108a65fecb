import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RowGeometry } from '../../src/model/rowGeometry';
import { SeededRandom } from '../helpers/seededRandom';

describe('RowGeometry', () => {
  it('has rows below an open one further down', () => {
    const geometry = new RowGeometry(20, [{ position: 1, height: 100 }]);
    assert.deepEqual([0, 1, 2, 3].map((position) => geometry.offsetOf(position)), [0, 20, 140, 160]);
    assert.deepEqual([-5, 0, 19, 20, 39, 40, 139, 140, 165].map((offset) => geometry.positionAt(offset)), [0, 0, 0, 1, 1, 1, 1, 2, 3]);
  });

  it('finds each row where it is, with any rows open (seed 1)', () => {
    const random = new SeededRandom(1);
    for (let round = 0; round < 200; round++) {
      const bodies = Array.from({ length: 50 }, (_, position) => ({ position, height: random.integer(0, 300) })).filter(() => random.integer(0, 3) === 0);
      const geometry = new RowGeometry(random.integer(1, 60), bodies);
      for (let position = 0; position < 50; position++) {
        assert.equal(geometry.positionAt(geometry.offsetOf(position)), position, `round ${round}, row ${position}`);
        assert(geometry.offsetOf(position + 1) > geometry.offsetOf(position));
      }
    }
  });
});
