import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CaptureSampler, type SamplerBudget } from '../../src/model/captureSampler';
import { SeededRandom } from '../helpers/seededRandom';

const BUDGET: SamplerBudget = { burst: 1000, perSecond: 100 };

/** What a sampler made of the events of each kind. */
class Tally {
  readonly events: number[];
  readonly estimates: number[];
  captures = 0;
  /** Of the estimates: each capture is off by its weight at the most. */
  variance = 0;

  constructor(kinds: number) {
    this.events = new Array<number>(kinds).fill(0);
    this.estimates = new Array<number>(kinds).fill(0);
  }

  take(sampler: CaptureSampler, kind = 0): number {
    const weight = sampler.take();
    this.events[kind] = (this.events[kind] ?? 0) + 1;
    this.estimates[kind] = (this.estimates[kind] ?? 0) + weight;
    if (weight > 0) this.captures++;
    this.variance += weight > 1 ? weight ** 2 : 0;
    return weight;
  }

  /** Fails when an estimate is more than some standard deviations from what it estimates. */
  assertClose(deviations: number, runs = 1): void {
    for (const [kind, events] of this.events.entries()) {
      const error = Math.abs((this.estimates[kind] ?? 0) - events);
      assert.ok(error <= deviations * Math.sqrt(this.variance), `kind ${kind}: ${error} off after ${events} events of ${runs} runs`);
    }
  }
}

type Run = Tally & { readonly sampler: CaptureSampler };

/** Events per second for some seconds, with the call that is made once a second; kinds take turns. */
function run(eventsOf: (second: number) => number, seconds: number, kinds = 1, budget = BUDGET): Run {
  const sampler = new CaptureSampler(budget);
  const tally = new Tally(kinds);
  let event = 0;
  for (let second = 0; second < seconds; second++) {
    for (let left = eventsOf(second); left > 0; left--) tally.take(sampler, event++ % kinds);
    sampler.refill((second + 1) * 1000);
  }
  return Object.assign(tally, { sampler });
}

describe('CaptureSampler', () => {
  it('takes all of what is rare also while it is limited', () => {
    const sampler = new CaptureSampler(BUDGET);
    sampler.limit(1 / 64);
    for (let event = 0; event < 5; event++) assert.equal(sampler.take(), 1);
  });

  it('takes fewer at once when it is limited, which stand for more, and as many as before in the end', () => {
    const sampler = new CaptureSampler(BUDGET);
    const perSecond = (second: number) => {
      sampler.refill(second * 1000);
      const tally = new Tally(1);
      for (let event = 0; event < 90; event++) tally.take(sampler);
      return tally;
    };
    for (let second = 1; second < 10; second++) assert.equal(perSecond(second).captures, 90);
    sampler.limit(1 / 16);
    const limited = new Tally(1);
    for (let second = 10; second < 200; second++) {
      sampler.refill(second * 1000);
      for (let event = 0; event < 90; event++) limited.take(sampler);
    }
    // Each doubling of the interval spends half of a burst beside the rate.
    assert.ok(limited.captures <= (1.5 * 190 * BUDGET.perSecond) / 16, `${limited.captures} captures`);
    limited.assertClose(6);
    sampler.limit(1);
    let second = 200;
    while (sampler.interval > 1) perSecond(second++);
    assert.equal(perSecond(second).captures, 90);
  });

  it('takes everything, each for itself, while the events keep to the budget', () => {
    const { events, estimates, captures, sampler } = run(() => BUDGET.perSecond, 100);
    assert.deepEqual([events, estimates, captures, sampler.interval], [[10_000], [10_000], 10_000, 1]);
  });

  it('takes a burst as a whole when the budget holds it', () => {
    const { captures, sampler } = run((second) => (second % 10 === 0 ? 1000 : 0), 50);
    assert.deepEqual([captures, sampler.interval], [5000, 1]);
  });

  describe('estimates the number of events', () => {
    const random = new SeededRandom(7);
    const patterns: readonly (readonly [name: string, eventsOf: (second: number) => number])[] = [
      ['at a steady rate above the budget', () => 5000],
      ['at a rate just above the budget', () => 130],
      ['in bursts', () => (random.chance(0.1) ? random.integer(1, 100_000) : 3)],
      ['in waves', (second) => Math.round(2000 * (1 + Math.sin(second / 5)))],
      ['growing without end', (second) => second ** 2],
      ['in one burst, then few', (second) => (second === 0 ? 1_000_000 : 5)],
    ];
    for (const [name, eventsOf] of patterns) {
      it(name, () => {
        const tally = run(eventsOf, 120);
        assert.ok(tally.variance > 0, 'The pattern never went over the budget.');
        tally.assertClose(4);
      });
    }
  });

  describe('estimates each kind of events that come in a fixed pattern', () => {
    for (const period of [2, 3, 4, 7, 64]) {
      it(`of period ${period}`, () => run(() => 20_000, 60, period).assertClose(4));
    }

    // A sampler always makes the same choices, so runs are told apart by their budget.
    it('without a bias that many runs would add up', () => {
      const all = new Tally(3);
      const runs = 60;
      for (let more = 0; more < runs; more++) {
        const one = run((second) => (second % 7 === more % 7 ? 30_000 : 100), 21, 3, { burst: 500 + more, perSecond: 50 + more });
        all.variance += one.variance;
        for (const kind of [0, 1, 2]) {
          all.events[kind] = (all.events[kind] ?? 0) + (one.events[kind] ?? 0);
          all.estimates[kind] = (all.estimates[kind] ?? 0) + (one.estimates[kind] ?? 0);
        }
      }
      all.assertClose(3, runs);
    });
  });

  describe('keeps the cost within the budget', () => {
    it('in a burst of ten million events between two looks', () => {
      const sampler = new CaptureSampler(BUDGET);
      const tally = new Tally(1);
      for (let event = 0; event < 10_000_000; event++) tally.take(sampler);
      const doublings = Math.log2(sampler.interval);
      assert.ok(doublings < 16, `an interval of ${sampler.interval}`);
      assert.ok(tally.captures <= BUDGET.burst * (1 + doublings / 2) + 1, `${tally.captures} captures, ${doublings} doublings`);
      tally.assertClose(4);
    });

    for (const rate of [150, 190, 1000, 6400, 50_000]) {
      it(`at ${rate} events a second`, () => {
        const seconds = 200;
        const { captures } = run(() => rate, seconds);
        const allowed = 6 * BUDGET.burst + 1.5 * BUDGET.perSecond * seconds;
        assert.ok(captures < allowed, `${captures} captures, ${allowed} allowed`);
      });
    }
  });

  describe('after a burst', () => {
    const afterBurst = () => run((second) => (second === 0 ? 10_000_000 : 0), 120).sampler;

    it('comes back to taking everything when it has been quiet', () => {
      const sampler = afterBurst();
      assert.equal(sampler.interval, 1);
      assert.deepEqual(Array.from({ length: 100 }, () => sampler.take()), new Array(100).fill(1));
    });

    it('takes more and more of the few that still come, and soon all of them', () => {
      const sampler = new CaptureSampler(BUDGET);
      for (let event = 0; event < 10_000_000; event++) sampler.take();
      const highest = sampler.interval;
      const taken: number[] = [];
      let last = highest;
      for (let second = 1; second <= 120; second++) {
        taken.push(Array.from({ length: 10 }, () => sampler.take()).filter((weight) => weight > 0).length);
        sampler.refill(second * 1000);
        assert.ok(sampler.interval <= last, 'It rises in a quiet time.');
        last = sampler.interval;
      }
      assert.ok(highest >= 1024, `${highest}`);
      assert.deepEqual([last, taken.slice(-10)], [1, new Array(10).fill(10)]);
    });
  });

  describe('gets its budget back', () => {
    /** How many are still taken before the sampler takes fewer. */
    const left = (sampler: CaptureSampler) => {
      let count = 0;
      while (sampler.interval === 1) count += sampler.take();
      return count - 1;
    };
    const spent = () => {
      const sampler = new CaptureSampler(BUDGET);
      for (let event = 0; event < BUDGET.burst; event++) sampler.take();
      return sampler;
    };
    const rows: readonly (readonly [title: string, clocks: readonly number[], expected: number])[] = [
      ['not at once', [], 0],
      ['by the time that has passed', [2000], 200],
      ['also by parts of a second', [1000, 2600], 260],
      ['without being asked too often', [1000, 1100, 1200, 1300, 1499], 100],
      ['but no more than ten seconds of it for a long silence', [3_600_000], 1000],
      ['not twice for a clock that goes back', [2000, 500, 1500], 200],
      ['never more than a burst of it', [5000, 10_000, 15_000, 20_000], 1000],
    ];
    for (const [title, clocks, expected] of rows) {
      it(title, () => {
        const sampler = spent();
        for (const clock of clocks) sampler.refill(clock);
        assert.equal(left(sampler), expected);
      });
    }
  });

  it('leaves the random numbers of the program alone', () => {
    const { random } = Math;
    Math.random = () => assert.fail('Math.random was called.');
    try {
      assert.ok(run(() => 20_000, 10).sampler.interval > 1);
    } finally {
      Math.random = random;
    }
  });

  it('bears more events than it was made for', () => {
    const sampler = new CaptureSampler({ burst: 4, perSecond: 1 });
    for (let event = 0; event < 10_000_000; event++) sampler.take();
    assert.equal(sampler.interval, 2 ** 20);
    sampler.refill(1000);
    assert.ok(sampler.interval <= 2 ** 20);
  });
});
