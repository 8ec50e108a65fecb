import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isFollowing, LIVE_VIEW, panned, rangeOf, revealing, viewOf, windowFor, zoomed, type HistoryExtent } from '../../src/model/timeView';
import { SeededRandom } from '../helpers/seededRandom';

/** A window of 100 s that ends at 1,000 s. */
const EXTENT: HistoryExtent = { newest: 1_000_000, window: 100_000, leastSpan: 5_000 };
const later = (by: number): HistoryExtent => ({ ...EXTENT, newest: EXTENT.newest + by });

describe('windowFor', () => {
  it('grows with the history, in few steps', () => {
    assert.deepEqual([0, 60_000, 60_001, 200_000, 1e9].map((age) => windowFor(age, 300_000)), [60_000, 60_000, 120_000, 240_000, 300_000]);
    assert.equal(windowFor(10, 30_000), 30_000);
  });
});

describe('a view of the history', () => {
  it('shows the whole window up to the newest point, and moves on with it', () => {
    assert.deepEqual(rangeOf(LIVE_VIEW, EXTENT), { start: 900_000, end: 1_000_000 });
    assert.deepEqual(rangeOf(LIVE_VIEW, later(3_000)), { start: 903_000, end: 1_003_000 });
  });

  it('goes on following when it is zoomed at its right edge', () => {
    const view = zoomed(LIVE_VIEW, EXTENT, 0.5, 1_000_000);
    assert(isFollowing(view));
    assert.deepEqual(rangeOf(view, later(2_000)), { start: 952_000, end: 1_002_000 });
  });

  it('keeps what is under the mouse in its place', () => {
    const view = zoomed(LIVE_VIEW, EXTENT, 0.5, 925_000);
    assert.deepEqual(rangeOf(view, EXTENT), { start: 912_500, end: 962_500 });
    assert.deepEqual(rangeOf(view, later(2_000)), { start: 912_500, end: 962_500 });
  });

  it('is not shorter than the least nor longer than the window', () => {
    const close = zoomed(LIVE_VIEW, EXTENT, 1e-6, 950_000);
    assert.deepEqual(rangeOf(close, EXTENT), { start: 947_500, end: 952_500 });
    assert.deepEqual(zoomed(close, EXTENT, 1e6, 950_000), LIVE_VIEW);
  });

  it('stays inside of the window when that has moved on', () => {
    const view = viewOf({ start: 905_000, end: 915_000 }, EXTENT);
    assert.deepEqual(rangeOf(view, later(50_000)), { start: 950_000, end: 960_000 });
  });

  it('follows again when it is moved to the end', () => {
    const view = viewOf({ start: 905_000, end: 915_000 }, EXTENT);
    assert(!isFollowing(panned(view, EXTENT, 10_000)));
    assert(isFollowing(panned(view, EXTENT, 1e9)));
    assert.deepEqual(rangeOf(panned(view, EXTENT, -1e9), EXTENT), { start: 900_000, end: 910_000 });
  });

  it('moves as little as is needed to have a time in sight', () => {
    const view = viewOf({ start: 905_000, end: 915_000 }, EXTENT);
    assert.equal(revealing(view, EXTENT, 910_000), view);
    assert.deepEqual(rangeOf(revealing(view, EXTENT, 920_000), EXTENT), { start: 910_000, end: 920_000 });
    assert.deepEqual(rangeOf(revealing(view, EXTENT, 902_000), EXTENT), { start: 902_000, end: 912_000 });
  });

  it('is inside of the window whatever is done to it', () => {
    const random = new SeededRandom(11);
    let view = LIVE_VIEW;
    for (let round = 0; round < 2_000; round++) {
      const anchor = 880_000 + random.integer(0, 140_000);
      view = round % 2 === 0 ? zoomed(view, EXTENT, 0.3 + random.next() * 2, anchor) : panned(view, EXTENT, random.integer(-40_000, 40_000));
      const { start, end } = rangeOf(view, EXTENT);
      assert(start >= 900_000 - 1e-3 && end <= 1_000_000 + 1e-3 && end - start >= 5_000 - 1e-3, `${start} to ${end} in round ${round}`);
    }
  });
});
