import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationCoverage, arrivalCoverage, joined } from '../../src/model/coverage';

const NOON = new Date(2026, 0, 2, 12).getTime();
/** Seconds after noon. */
const stretch = ([from, to]: readonly [number, number]) => ({ from: NOON + from * 1000, to: NOON + to * 1000 });
const notes = (selected: readonly [number, number], ...covered: readonly (readonly [number, number])[]) => allocationCoverage(stretch(selected), covered.map(stretch)).join(' ');

describe('joined', () => {
  it('makes one of stretches that meet', () => {
    const stretches = [[1, 2], [2, 4], [3, 3.5], [6, 7], [7, 8]] as const;
    assert.deepEqual(joined(stretches.map(stretch)), ([[1, 4], [6, 8]] as const).map(stretch));
  });
});

describe('allocationCoverage', () => {
  it('has nothing to say where readings cover the selection, but for its edges', () => {
    assert.equal(notes([10, 20], [9, 19]), '');
    assert.equal(notes([10, 20], [11.5, 18.5]), '');
  });
  it('says what is covered when the beginning, the end or something between is not', () => {
    const rest = ': what was allocated in the rest does not show.';
    assert.equal(notes([10, 60], [20, 60]), `Readings cover only a part of it, 12:00:20 to 12:01:00${rest}`);
    assert.equal(notes([10, 60], [10, 30]), `Readings cover only a part of it, 12:00:10 to 12:00:30${rest}`);
    assert.equal(notes([10, 60], [9, 20], [40, 59]), `Readings cover only a part of it, 12:00:10 to 12:00:20, 12:00:40 to 12:00:59${rest}`);
  });
  it('makes no two stretches of one because the sampler began anew meanwhile', () => {
    assert.match(notes([0, 60], [0, 10], [10.2, 20]), /, 12:00:00 to 12:00:20:/);
  });
  it('counts stretches that are too many to be named', () => {
    assert.match(notes([0, 100], [0, 10], [20, 30], [40, 50], [60, 70], [80, 90]), /12:00:40 to 12:00:50, 2 more:/);
  });
  it('says since when the first reading counts when that is long before', () => {
    assert.equal(notes([30, 60], [10, 60]), 'The first reading in it has all that was allocated from 12:00:10 on.');
  });
  it('says nothing without a reading: then there is no figure either', () => assert.equal(notes([0, 10]), ''));
});

describe('arrivalCoverage', () => {
  const arrivals = (selected: readonly [number, number], ...covered: readonly (readonly [number, number])[]) => arrivalCoverage(stretch(selected), covered.map(stretch)).join(' ');

  it('has nothing to say where the list was read all the time', () => assert.equal(arrivals([10, 20], [9, 19]), ''));
  it('says what is not known', () => {
    assert.match(arrivals([10, 60], [20, 60]), /only a part of the selected time, 12:00:20 to 12:01:00: what came in the rest does not show/);
    assert.match(arrivals([10, 60], [1, 60]), /has all that came from 12:00:01 on/);
  });
  it('says that nothing is known of a time in which the list was not read', () => assert.match(arrivals([10, 60]), /was not read in the selected time/));
});
