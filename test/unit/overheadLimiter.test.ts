import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LIMIT_STEPS, OverheadLimiter } from '../../src/model/overheadLimiter';

const BUDGET = 3;
const SECOND = 1000;

/** A collector that costs what the load and the step make of it, asked every so often by a clock of the test's own. */
class Run {
  readonly limiter = new OverheadLimiter(BUDGET);
  #now = 0;

  /** The steps after each second. @param percent of one CPU, by the step */
  seconds(count: number, percent: (step: number) => number, every = SECOND): string {
    const steps: number[] = [];
    for (let second = 0; second < count; second++) {
      for (let part = 0; part < SECOND; part += every) {
        this.#now += every;
        this.limiter.add((percent(this.limiter.step) / 100) * every, every, this.#now);
      }
      steps.push(this.limiter.step);
    }
    return steps.join('');
  }
}

/** What captures cost is divided by four with each step. */
const captures = (percent: number) => (step: number) => percent * (LIMIT_STEPS[step]?.captures ?? NaN);

describe('OverheadLimiter', () => {
  it('lets be what stays within the budget', () => assert.equal(new Run().seconds(10, () => 3), '0000000000'));

  it('forgives one second that is not far above', () => {
    const run = new Run();
    run.seconds(1, () => 6);
    assert.equal(run.seconds(5, () => 1), '00000');
  });

  it('steps down until the cost is within the budget', () => {
    assert.equal(new Run().seconds(8, captures(5)), '01111111');
    assert.equal(new Run().seconds(8, captures(20)), '11222222');
  });

  it('steps down at once while it is far above', () => assert.equal(new Run().seconds(8, captures(40)), '12222222'));

  it('has a last step, however much it still costs', () => assert.equal(new Run().seconds(12, () => 50), '123333333333'));

  it('steps up again once the load has gone, one step in five seconds', () => {
    const run = new Run();
    run.seconds(8, captures(40));
    assert.equal(run.seconds(12, () => 0.1), '222211111000');
  });

  it('stays down while four times the cost would not fit', () => {
    const run = new Run();
    run.seconds(4, captures(10));
    assert.equal(run.seconds(60, captures(10)), '1'.repeat(60));
  });

  it('waits longer and longer when stepping up proves wrong', () => {
    const run = new Run();
    // It costs nothing but without a limit.
    const changes = run.seconds(300, (step) => (step === 0 ? 10 : 0.1)).match(/1+0/g) ?? [];
    const stretches = changes.map(({ length }) => length - 1);
    assert.deepEqual(stretches.slice(0, 4), [5, 10, 20, 40]);
  });

  it('decides by whole seconds, however often it is asked', () => {
    assert.equal(new Run().seconds(8, captures(40), 50), '12222222');
  });

  it('tells what the last second cost', () => {
    const run = new Run();
    run.seconds(1, () => 1.5, 100);
    assert.equal(run.limiter.percent?.toFixed(3), '1.500');
    assert.equal(new OverheadLimiter(BUDGET).percent, null);
  });
});
