import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HeapPressure } from '../../src/model/heapPressure';

const LIMIT = 1_000;
const sample = (usedHeapBytes: number, heapLimitBytes = LIMIT) => ({ usedHeapBytes, heapLimitBytes });

describe('HeapPressure', () => {
  it('is high from 85% of the limit on, and says so once', () => {
    const pressure = new HeapPressure();
    assert.deepEqual([500, 849, 850, 900].map((used) => pressure.observe(sample(used))), [false, false, true, false]);
    assert(pressure.isHigh);
    assert.deepEqual(pressure.fill, { usedBytes: 900, limitBytes: LIMIT, isNearLimit: true });
  });

  it('is high at the first sample already', () => assert(new HeapPressure().observe(sample(990))));

  it('is over when a quarter of the most that was used is free again, and may come back', () => {
    const pressure = new HeapPressure();
    const seen = [900, 1_000, 750, 749, 849, 850].map((used) => [pressure.observe(sample(used)), pressure.isHigh]);
    assert.deepEqual(seen, [[true, true], [false, true], [false, true], [false, false], [false, false], [true, true]]);
  });

  it('is high when V8 raises the limit, whatever is used, and tells of the limit that was reached', () => {
    const pressure = new HeapPressure();
    assert(!pressure.observe(sample(600)));
    assert(pressure.observe(sample(610, 4 * LIMIT)));
    assert.deepEqual(pressure.fill, { usedBytes: 610, limitBytes: LIMIT, isNearLimit: false });
    assert(!pressure.observe(sample(2_000, 4 * LIMIT)), 'it was said');
    assert.deepEqual(pressure.fill, { usedBytes: 2_000, limitBytes: LIMIT, isNearLimit: true });
  });

  it('is not high when the program lowers its limit, and is still far from it', () => {
    const pressure = new HeapPressure();
    pressure.observe(sample(300));
    assert(!pressure.observe(sample(300, 500)));
    assert(pressure.observe(sample(300, 501)), 'from there it was raised');
  });

  it('is high when V8 says that the heap is full, and over by what is used from then on', () => {
    const pressure = new HeapPressure();
    pressure.observe(sample(100));
    pressure.onFull();
    assert(pressure.isHigh);
    pressure.observe(sample(600, 4 * LIMIT));
    assert(pressure.isHigh);
    pressure.observe(sample(400, 4 * LIMIT));
    assert(!pressure.isHigh);
    assert(!pressure.observe(sample(2_000, 4 * LIMIT)), 'it is measured by the limit of now');
  });

  it('forgets everything on a reset', () => {
    const pressure = new HeapPressure();
    pressure.observe(sample(900));
    pressure.reset();
    assert(!pressure.isHigh);
    assert.equal(pressure.fill, null);
    assert(!pressure.observe(sample(100, 4 * LIMIT)), 'another limit is no raised one');
  });
});
