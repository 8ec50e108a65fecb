import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { phaseOf, slownessOfMany, timeToNextTick } from '../../src/model/tickTimes';

describe('timeToNextTick', () => {
  it('stands on a grid', () => {
    assert.equal(timeToNextTick(10_000, 10_000, 1_000, 0.25), 1_250);
    assert.equal(timeToNextTick(11_300, 11_250, 1_000, 0.25), 950);
  });

  it('is half an interval after the last at least, and not before now', () => {
    for (let now = 50_000; now < 52_000; now += 7) {
      for (const late of [0, 45, 700, 5_000]) {
        const after = timeToNextTick(now, now - late, 1_000, 0.618);
        assert.ok(after >= 0 && now + after >= now - late + 500 && after <= 1_500, `${after} at ${now}, ${late} after the last`);
      }
    }
  });
});

describe('slownessOfMany', () => {
  it('is what the settings say for some programs', () => {
    for (const programs of [1, 2, 17]) assert.equal(slownessOfMany(1_000, programs), 1);
    assert.equal(slownessOfMany(10_000, 64), 1);
  });

  it('has very many asked sixteen times a second together', () => {
    for (const programs of [20, 64, 200]) assert.equal(((programs - 1) * 1_000) / (250 * slownessOfMany(250, programs)), 16);
  });
});

describe('phaseOf', () => {
  it('spreads many sessions over an interval', () => {
    const slots = new Array<number>(8).fill(0);
    for (let index = 0; index < 64; index++) {
      const slot = Math.floor(phaseOf(`3f2a-child-${index}`) * slots.length);
      slots[slot] = (slots[slot] ?? 0) + 1;
    }
    assert.ok(slots.every((count) => count >= 4 && count <= 14), slots.join());
  });
});
