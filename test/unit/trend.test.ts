import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { trendOf } from '../../src/model/trend';
import { historyPointAt } from '../helpers/historyPoints';

const history = (seconds: number, handles: (second: number) => number | null) =>
  Array.from({ length: seconds + 1 }, (_, second) => historyPointAt(second * 1000, { openHandles: handles(second) }));
const handlesOf = ({ openHandles }: { readonly openHandles: number | null }) => openHandles;

describe('trendOf', () => {
  it('is what has changed in the last minute', () => assert.deepEqual(trendOf(history(300, (second) => second * 2), handlesOf), { change: 116, over: 60_000 }));
  it('is over all of a shorter history', () => assert.deepEqual(trendOf(history(20, (second) => -second), handlesOf), { change: -18, over: 20_000 }));
  it('is not turned by one peak', () => {
    const change = trendOf(history(120, (second) => (second === 120 ? 30 : 0)), handlesOf)?.change;
    assert.equal(change, 10);
  });
  it('is not known of a few points, nor of a figure that is not', () => {
    assert.equal(trendOf(history(9, (second) => second), handlesOf), null);
    assert.equal(trendOf(history(60, () => null), handlesOf), null);
    assert.equal(trendOf([], handlesOf), null);
  });
});
