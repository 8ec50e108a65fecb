import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { History } from '../../src/model/history';
import type { HistoryBand } from '../../src/protocol/profile';
import { historyPointAt } from '../helpers/historyPoints';
import { SeededRandom } from '../helpers/seededRandom';

const INTERVAL = 1_000;

/** A history with points at these times, in seconds. */
function historyOf(...seconds: number[]): History {
  const history = new History({ capacity: 5, interval: INTERVAL });
  for (const second of seconds) history.add(historyPointAt(second * 1_000));
  return history;
}

/** `kind from-to` of each band, in seconds. */
const texts = (bands: readonly HistoryBand[]) => bands.map(({ kind, from, to }) => `${kind} ${from / 1_000}-${to === null ? '' : to / 1_000}`);

describe('History', () => {
  it('has no band while ticks come', () => assert.deepEqual(historyOf(1, 2, 3.4, 5).bands, []));

  it('marks what is missing as lost', () => assert.deepEqual(texts(historyOf(1, 2, 6, 7).bands), ['lost 2-6']));

  it('marks only what no other band is over', () => {
    const history = historyOf(1, 2);
    history.begin('busy', 3_000);
    history.end('busy', 8_000);
    history.add(historyPointAt(12_000));
    assert.deepEqual(texts(history.bands), ['busy 3-8', 'lost 8-12']);
  });

  it('has a band that lasts until it ends', () => {
    const history = historyOf(1);
    history.begin('paused', 1_500);
    history.begin('paused', 1_900);
    assert.deepEqual(texts(history.bands), ['paused 1.5-']);
    history.end('paused', 4_000);
    history.end('paused', 5_000);
    assert.deepEqual(texts(history.bands), ['paused 1.5-4']);
  });

  it('joins pauses that are a moment apart', () => {
    const history = historyOf(1);
    for (const at of [2_000, 2_200, 2_400]) {
      history.begin('paused', at);
      history.end('paused', at + 100);
    }
    assert.deepEqual(texts(history.bands), ['paused 2-2.5']);
  });

  it('marks a question that took longer than a tick, and none that did not', () => {
    const history = historyOf(1);
    assert.equal(history.unanswered(1_000, 1_900), false);
    assert.equal(history.unanswered(1_000, 3_500), true);
    assert.equal(history.unanswered(1_000, 3_500), false, 'it is known already');
    assert.deepEqual(texts(history.bands), ['busy 1-3.5']);
  });

  it('ends what lasts with the program', () => {
    const history = historyOf(1);
    history.begin('busy', 2_000);
    history.begin('paused', 3_000);
    history.endAll(4_000);
    assert.deepEqual(texts(history.bands), ['busy 2-4', 'paused 3-4']);
  });

  it('forgets bands and events with the points they belong to', () => {
    const history = historyOf(1, 5);
    history.happened({ kind: 'mark', time: 1_000, text: 'Mark' });
    assert.deepEqual([texts(history.bands), history.events.length], [['lost 1-5'], 1]);
    for (const second of [6, 7, 8]) assert.equal(history.add(historyPointAt(second * 1_000)), false);
    assert.equal(history.add(historyPointAt(9_000)), true, 'the event goes');
    assert.deepEqual([texts(history.bands), history.events.length], [['lost 1-5'], 0]);
    assert.equal(history.add(historyPointAt(10_000)), true, 'the band goes');
    assert.deepEqual(history.bands, []);
  });

  it('is empty after a clear, but for what still lasts', () => {
    const history = historyOf(1, 5);
    history.begin('lost', 6_000);
    history.clear();
    assert.deepEqual([history.points, texts(history.bands), history.events], [[], ['lost 6-'], []]);
    history.add(historyPointAt(60_000));
    assert.deepEqual(texts(history.bands), ['lost 6-'], 'what is before the first point is not missing');
  });

  it('has no tick without a point or a band, whatever happens', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = new SeededRandom(seed);
      const history = new History({ capacity: 1_000, interval: INTERVAL });
      let time = 10_000;
      history.add(historyPointAt(time));
      for (let step = 0; step < 60; step++) {
        time += random.integer(10, 5_000);
        const kind = random.pick(['paused', 'busy', 'lost'] as const);
        const what = random.pick(['begin', 'end', 'unanswered', 'point', 'point'] as const);
        if (what === 'begin') history.begin(kind, time);
        else if (what === 'end') history.end(kind, time);
        else if (what === 'unanswered') history.unanswered(time - random.integer(1, 4_000), time);
        else history.add(historyPointAt(time));
      }
      assertCovered(history, seed);
    }
  });
});

/** Of two points in a row that are more than two ticks apart, no stretch longer than a tick is without a band. */
function assertCovered(history: History, seed: number): void {
  const times = history.points.map(({ time }) => time);
  for (const [index, to] of times.entries()) {
    let at = times[index - 1] ?? to;
    if (to - at <= 2 * INTERVAL) continue;
    for (const band of [...history.bands, { from: to, to }]) {
      const next = Math.min(band.from, to);
      assert.ok(next <= at + INTERVAL, `seed ${seed}: nothing says what was between ${at} and ${next}`);
      at = Math.max(at, band.to ?? to);
    }
  }
}
