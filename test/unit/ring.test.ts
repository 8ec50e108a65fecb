import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Ring } from '../../src/model/ring';
import { SeededRandom } from '../helpers/seededRandom';

describe('Ring', () => {
  for (const seed of [1, 2, 3]) {
    it(`does what a plain array does, cut at its front (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      const steps: string[] = [];
      let capacity = 1;
      let ring = new Ring<number>(capacity);
      let plain: number[] = [];
      for (let step = 0; step < 3000; step++) {
        if (random.chance(0.01)) {
          capacity = random.integer(1, 12);
          ring = new Ring(capacity);
          plain = [];
          steps.push(`new ${capacity}`);
        } else if (random.chance(0.02)) {
          ring.clear();
          plain = [];
          steps.push('clear');
        } else {
          ring.add(step);
          plain = [...plain, step].slice(-capacity);
          steps.push('add');
        }
        assert.deepEqual(ring.toArray(), plain, `after …, ${steps.slice(-30).join(', ')}`);
        assert.equal(ring.size, plain.length);
      }
    });
  }

  it('gives a copy', () => {
    const ring = new Ring<number>(3);
    ring.add(1);
    ring.toArray().push(2);
    assert.deepEqual(ring.toArray(), [1]);
  });

  for (const capacity of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`refuses a capacity of ${capacity}`, () => assert.throws(() => new Ring(capacity), RangeError));
  }
});
