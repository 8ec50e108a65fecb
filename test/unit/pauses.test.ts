import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PauseLog, waitingClock } from '../../src/model/pauses';
import type { Pause } from '../../src/protocol/collector';
import { SeededRandom } from '../helpers/seededRandom';

/** Goes through the time millisecond by millisecond: too slow to use, too simple to be wrong. */
function steppedWait(pauses: readonly Pause[], now: number, since: number): number {
  let waited = 0;
  for (let time = since; time < now; time++) {
    if (!pauses.some(({ start, end }) => start <= time && (end === null || time < end))) waited++;
  }
  return waited;
}

/** In order and apart, as the debugger reports them; some touch, some are empty, the last may be open. */
function somePauses(random: SeededRandom): Pause[] {
  const pauses: Pause[] = [];
  let time = random.integer(0, 40);
  for (let left = random.integer(0, 8); left > 0; left--) {
    const start = time;
    time += random.chance(0.2) ? 0 : random.integer(1, 40);
    pauses.push({ start, end: left === 1 && random.chance(0.4) ? null : time });
    time += random.chance(0.2) ? 0 : random.integer(1, 40);
  }
  return pauses;
}

describe('waitingClock', () => {
  it('counts all time when nothing was paused', () => assert.equal(waitingClock([], 100)(30), 70));
  it('leaves out what was paused since', () => assert.equal(waitingClock([{ start: 40, end: 60 }], 100)(30), 50));
  it('does not leave out what was paused before', () => assert.equal(waitingClock([{ start: 0, end: 20 }], 100)(30), 70));
  it('stands still while the program is paused', () => {
    const pauses = [{ start: 40, end: null }];
    assert.deepEqual([50, 100, 5000].map((now) => waitingClock(pauses, now)(30)), [10, 10, 10]);
  });
  it('is never negative: a handle may be newer than the clock that was read', () => assert.equal(waitingClock([], 100)(130), 0));
  it('bears a pause that is newer than the clock that was read', () => assert.equal(waitingClock([{ start: 120, end: null }], 100)(30), 70));

  for (const seed of [1, 2, 3]) {
    it(`agrees with a clock that steps through every millisecond (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 300; round++) {
        const pauses = somePauses(random);
        const now = random.integer(0, 500);
        const waited = waitingClock(pauses, now);
        for (let question = 0; question < 10; question++) {
          const since = random.integer(0, 520);
          assert.equal(waited(since), steppedWait(pauses, now, since), `since ${since} at ${now} with ${JSON.stringify(pauses)}`);
        }
      }
    });
  }
});

describe('PauseLog', () => {
  it('keeps pauses in their order, the last one open', () => {
    const log = new PauseLog();
    assert.equal(log.isPaused, false);
    log.pausedAt(10);
    assert.equal(log.isPaused, true);
    log.resumedAt(20);
    assert.equal(log.isPaused, false);
    log.pausedAt(30);
    assert.deepEqual(log.toArray(), [{ start: 10, end: 20 }, { start: 30, end: null }]);
  });

  it('takes a second pause or resume for none', () => {
    const log = new PauseLog();
    log.resumedAt(5);
    log.pausedAt(10);
    log.pausedAt(15);
    log.resumedAt(20);
    log.resumedAt(25);
    assert.deepEqual(log.toArray(), [{ start: 10, end: 20 }]);
  });

  it('keeps its order when the host’s idea of the program’s clock goes back', () => {
    const log = new PauseLog();
    log.pausedAt(10);
    log.resumedAt(4);
    log.pausedAt(8);
    log.resumedAt(20);
    log.pausedAt(15);
    assert.deepEqual(log.toArray(), [{ start: 10, end: 10 }, { start: 10, end: 20 }, { start: 20, end: null }]);
  });

  it('gives a copy', () => {
    const log = new PauseLog();
    log.pausedAt(10);
    log.toArray().pop();
    assert.equal(log.toArray().length, 1);
  });

  it('joins the oldest beyond 500, and keeps all others as they are', () => {
    const log = new PauseLog();
    const stepThrough = (count: number, from: number) => {
      for (let index = from; index < from + count; index++) {
        log.pausedAt(index * 10);
        log.resumedAt(index * 10 + 7);
      }
    };
    stepThrough(500, 0);
    assert.equal(log.toArray().length, 500);
    assert.deepEqual(log.toArray()[0], { start: 0, end: 7 });
    stepThrough(100, 500);
    const pauses = log.toArray();
    assert.equal(pauses.length, 500);
    assert.deepEqual(pauses.slice(0, 2), [{ start: 0, end: 1007 }, { start: 1010, end: 1017 }]);
    assert.deepEqual(pauses.at(-1), { start: 5990, end: 5997 });
    // Handles newer than the joined ones get the same age as if nothing had been joined.
    assert.equal(waitingClock(pauses, 6000)(1010), 499 * 3);
  });
});
