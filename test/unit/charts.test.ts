import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chartColumns } from '../../src/model/chartColumns';
import { AXIS_STEPS, axisStep, byteTick, type AxisUnit } from '../../src/model/chartScale';
import { sparkline } from '../../src/model/sparkline';
import type { HistoryPoint } from '../../src/protocol/profile';
import { historyPointAt } from '../helpers/historyPoints';

const MB = 1024 * 1024;

describe('axisStep', () => {
  const tops: readonly (readonly [AxisUnit, number, number])[] = [
    ['percent', 0, 100],
    ['percent', 100, 100],
    ['percent', 101, 200],
    ['percent', 790, 800],
    ['count', 0, 4],
    ['count', 4, 4],
    ['count', 5, 8],
    ['count', 135, 200],
    ['bytes', 130 * MB, 160 * MB],
    ['bytes', 1000 * MB, 1000 * MB],
    ['bytes', 1001 * MB, 1024 * MB],
    ['bytes', 4096 * MB, 4096 * MB],
    ['bytes', Number.NaN, 1024],
  ];
  for (const [unit, highest, top] of tops) {
    it(`ends at ${top} for ${highest} in ${unit}`, () => assert.equal(axisStep(unit, highest) * AXIS_STEPS, top));
  }

  it('always reaches the highest value, and not far beyond', () => {
    for (const unit of ['percent', 'count', 'bytes'] as const) {
      for (let highest = 1100; highest < 1e13; highest *= 1.13) {
        const top = axisStep(unit, highest) * AXIS_STEPS;
        assert.ok(top >= highest && top <= highest * 2.5, `${unit} ${highest} ends at ${top}`);
      }
    }
  });

  it('has whole steps for counts', () => {
    for (let highest = 0; highest < 5000; highest++) assert.ok(Number.isInteger(axisStep('count', highest)));
  });
});

describe('byteTick', () => {
  it('has one unit per axis', () => {
    const step = axisStep('bytes', 1100 * MB);
    assert.deepEqual([0, 1, 2, 3, 4].map((index) => byteTick(index * step, step)), ['0', '300 MB', '600 MB', '900 MB', '1200 MB']);
  });
  it('writes half of the next unit as such', () => {
    const step = axisStep('bytes', 1700 * MB);
    assert.deepEqual([1, 2, 3, 4].map((index) => byteTick(index * step, step)), ['0.5 GB', '1 GB', '1.5 GB', '2 GB']);
  });
});

const point = (time: number, cpuPercent: number) => historyPointAt(time, { cpuPercent });

describe('chartColumns', () => {
  const series = [(at: HistoryPoint) => at.cpuPercent, (at: HistoryPoint) => at.openHandles];

  it('has a column per series', () => {
    const columns = chartColumns([point(1000, 5), point(2000, 6)], series, 1);
    assert.deepEqual(columns, { times: [1000, 2000], values: [[5, 6], [null, null]] });
  });
  it('breaks the lines where points are missing', () => {
    const columns = chartColumns([point(1000, 5), point(9000, 6)], series, 1);
    assert.deepEqual(columns, { times: [1000, 1001, 9000], values: [[5, null, 6], [null, null, null]] });
  });
  it('bears points that are a little late', () => assert.equal(chartColumns([point(1000, 5), point(3900, 6)], series, 1).times.length, 2));
  it('is empty for an empty history', () => assert.deepEqual(chartColumns([], series, 1), { times: [], values: [[], []] }));
});

describe('sparkline', () => {
  it('is nothing for fewer than two values', () => assert.equal(sparkline([null, 4, null], 3, 10, 10), ''));
  it('ends at the right edge', () => assert.equal(sparkline([0, 10], 5, 100, 10), 'M75.0 10.0L100.0 0.0'));
  it('lifts the pen over gaps', () => assert.equal(sparkline([0, null, 10], 3, 100, 10), 'M0.0 10.0M100.0 0.0'));
  it('draws small changes flat and the same value as a level line', () => {
    assert.equal(sparkline([100, 100], 2, 10, 10), 'M0.0 5.0L10.0 5.0');
    assert.equal(sparkline([100, 101], 2, 10, 10), 'M0.0 5.5L10.0 4.5');
    assert.equal(sparkline([0, 0], 2, 10, 10), 'M0.0 5.0L10.0 5.0');
  });
});
