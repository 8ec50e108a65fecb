import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changeSince, countsOf, GroupArrivals } from '../../src/model/groupTrends';
import { SeededRandom } from '../helpers/seededRandom';

const then = countsOf([{ id: 'a', count: 5 }, { id: 'b', count: 1 }]);

describe('changeSince', () => {
  it('is not known without a reading to compare with', () => assert.equal(changeSince(null, 'a', 5), null));
  it('is the difference', () => assert.deepEqual([changeSince(then, 'a', 7), changeSince(then, 'b', 0), changeSince(then, 'a', 5)], [2, -1, 0]));
  it('counts a group that was not there from 0', () => {
    assert.equal(changeSince(then, 'c', 3), 3);
    const gone = countsOf([{ id: 'b', count: 1 }]);
    assert.equal(changeSince(gone, 'a', 4), 4, 'also one that had been there before');
  });
});

describe('GroupArrivals', () => {
  const counts = (...entries: readonly (readonly [string, number])[]) => new Map(entries);
  const between = (arrivals: GroupArrivals, from: number, to: number) => Object.fromEntries(arrivals.between(from, to));

  it('adds up what came in a stretch of time, and not what went', () => {
    const arrivals = new GroupArrivals();
    arrivals.add(1, null, counts(['a', 5]));
    arrivals.add(2, counts(['a', 5]), counts(['a', 7], ['b', 1]));
    arrivals.add(3, counts(['a', 7], ['b', 1]), counts(['a', 2], ['b', 4]));
    arrivals.add(4, counts(['a', 2], ['b', 4]), counts(['a', 3]));
    assert.deepEqual(between(arrivals, 0, 1), {});
    assert.deepEqual(between(arrivals, 1, 2), { a: 2, b: 1 });
    assert.deepEqual(between(arrivals, 1, 4), { a: 3, b: 4 });
    assert.deepEqual(between(arrivals, 4, 9), {});
    assert.deepEqual([arrivals.covered(0, 9), arrivals.covered(2, 3), arrivals.covered(4, 9)], [[{ from: 1, to: 4 }], [{ from: 2, to: 3 }], []]);
  });

  it('bounds what it keeps, the newest last', () => {
    const arrivals = new GroupArrivals();
    const many = new Map(Array.from({ length: 60_000 }, (_, index) => [`group ${index}`, 1] as const));
    for (let time = 1; time <= 5; time++) arrivals.add(time, counts(), many);
    assert.equal(arrivals.between(0, 1).size, 0);
    assert.equal(arrivals.between(4, 5).size, 60_000);
    assert.deepEqual(arrivals.covered(0, 5), [{ from: 2, to: 5 }]);
  });

  for (const seed of [1, 2, 3]) {
    it(`agrees with a list of every single arrival (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      const arrivals = new GroupArrivals();
      const each: { readonly time: number; readonly id: string }[] = [];
      let before: Map<string, number> | null = null;
      for (let time = 1; time <= 200; time++) {
        const now = counts(...Array.from({ length: random.integer(0, 12) }, () => [`group ${random.integer(0, 15)}`, random.integer(1, 9)] as const));
        arrivals.add(time, before, now);
        for (const [id, count] of before === null ? [] : now) {
          for (let more = count - (before?.get(id) ?? 0); more > 0; more--) each.push({ time, id });
        }
        before = now;
      }
      for (let look = 0; look < 100; look++) {
        const from = random.integer(0, 200);
        const to = random.integer(from, 200);
        const expected: Record<string, number> = {};
        for (const { time, id } of each) if (time > from && time <= to) expected[id] = (expected[id] ?? 0) + 1;
        assert.deepEqual(between(arrivals, from, to), expected, `from ${from} to ${to}`);
      }
    });
  }
});
