import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chartColumns, GrowingColumns, type ChartColumns } from '../../src/model/chartColumns';
import { AXIS_STEPS, axisStep, byteTick, delayTick, type AxisUnit } from '../../src/model/chartScale';
import { sparkline, sparsePoints } from '../../src/model/sparkline';
import type { HistoryPoint } from '../../src/protocol/profile';
import { historyPointAt } from '../helpers/historyPoints';
import { SeededRandom } from '../helpers/seededRandom';

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
    ['milliseconds', 3, 20],
    ['milliseconds', 21, 40],
    ['milliseconds', 900, 1000],
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

describe('delayTick', () => {
  it('has one unit per axis', () => {
    assert.deepEqual([0, 1, 2].map((index) => delayTick(index * 5, 5)), ['0', '5 ms', '10 ms']);
    assert.deepEqual([0, 1, 2, 4].map((index) => delayTick(index * 250, 250)), ['0', '0.25 s', '0.5 s', '1 s']);
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
  const request = { range: { start: 0, end: 10_000 }, gap: 3000, width: 500 };

  it('has a column per series', () => {
    const columns = chartColumns([point(1000, 5), point(2000, 6)], series, request);
    assert.deepEqual(columns, { times: [1000, 2000], values: [[5, 6], [null, null]] });
  });
  it('breaks the lines where points are missing', () => {
    const columns = chartColumns([point(1000, 5), point(9000, 6)], series, request);
    assert.deepEqual(columns, { times: [1000, 1001, 9000], values: [[5, null, 6], [null, null, null]] });
  });
  it('bears points that are a little late', () => assert.equal(chartColumns([point(1000, 5), point(3900, 6)], series, request).times.length, 2));
  it('is empty for an empty history', () => assert.deepEqual(chartColumns([], series, request), { times: [], values: [[], []] }));
  it('has what is on show, and a point on each side', () => {
    const all = [1, 2, 3, 4, 5, 6].map((time) => point(time * 1000, time));
    const { times } = chartColumns(all, series, { ...request, range: { start: 2500, end: 4500 } });
    assert.deepEqual(times, [2000, 3000, 4000, 5000]);
  });

  describe('where points are many', () => {
    const random = new SeededRandom(7);
    const many = Array.from({ length: 14_400 }, (_, index) => point(1_000_000 + index * 250, random.integer(0, 999)));
    const whole = { range: { start: 1_000_000, end: 1_000_000 + 3_600_000 }, gap: 750, width: 300 };

    it('has two rows for each column, in ascending time', () => {
      const { times } = chartColumns(many, series, whole);
      assert.ok(times.length > 250 && times.length <= 2 * 151, String(times.length));
      assert.ok(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0)));
    });

    it('keeps the lowest and the highest of every column', () => {
      const { times, values } = chartColumns(many, series, whole);
      const bucket = 3_600_000 / 150;
      const extremes = (at: readonly number[], of: (index: number) => number) => {
        const found = new Map<number, [number, number]>();
        at.forEach((time, index) => {
          const key = Math.floor(time / bucket);
          const [low, high] = found.get(key) ?? [Infinity, -Infinity];
          found.set(key, [Math.min(low, of(index)), Math.max(high, of(index))]);
        });
        return found;
      };
      const truth = extremes(many.map(({ time }) => time), (index) => many[index]?.cpuPercent ?? Number.NaN);
      assert.deepEqual(extremes(times, (index) => values[0]?.[index] ?? Number.NaN), truth);
    });

    it('does not change what is drawn of the past when a point comes', () => {
      const moved = { ...whole, range: { start: whole.range.start + 250, end: whole.range.end + 250 } };
      const before = chartColumns(many.slice(0, -1), series, whole);
      const after = chartColumns(many, series, moved);
      const inner = ({ times, values }: ChartColumns) => times.flatMap((time, index) => (time > 1_100_000 && time < 4_500_000 ? [[time, values[0]?.[index]]] : []));
      assert.deepEqual(inner(after), inner(before));
    });

    it('is the same whether points came one by one or all at once', () => {
      for (const width of [300, 40_000]) {
        const growing = new GrowingColumns(series);
        const holed = many.filter(({ time }) => time < 2_000_000 || time > 2_100_000).slice(0, 6_000);
        for (let count = 5_000; count <= holed.length; count++) {
          const end = holed[count - 1]?.time ?? 0;
          const moved = { ...whole, width, range: { start: end - 1_000_000, end } };
          const grown = growing.of(holed.slice(0, count), moved);
          if (count % 100 !== 0) continue;
          const anew = chartColumns(holed.slice(0, count), series, moved);
          // A column that is cut by the edge is still whole where it was made before.
          const from = moved.range.start + 20_000;
          const inner = ({ times, values }: ChartColumns) => times.flatMap((time, index) => (time > from ? [[time, values[0]?.[index]]] : []));
          assert.deepEqual(inner(grown), inner(anew), `${count} points, ${width} wide`);
        }
      }
    });

    it('begins anew when the view or the history is another', () => {
      const growing = new GrowingColumns(series);
      growing.of(many, whole);
      const other = { ...whole, range: { start: 1_500_000, end: 1_600_000 } };
      assert.deepEqual(growing.of(many, other), chartColumns(many, series, other));
      assert.deepEqual(growing.of(many, whole), chartColumns(many, series, whole));
      const another = many.map((at) => ({ ...at, cpuPercent: 1 }));
      assert.deepEqual(growing.of(another, whole), chartColumns(another, series, whole));
    });

    it('keeps gaps', () => {
      const holed = many.filter(({ time }) => time < 2_000_000 || time > 2_600_000);
      const { times, values } = chartColumns(holed, series, whole);
      const gap = times.findIndex((time) => time > 2_000_000 - 250);
      assert.equal(values[0]?.[gap], null);
    });
  });
});

describe('sparsePoints', () => {
  it('keeps one point of each stretch, the same ones while time goes on, and the newest', () => {
    const all = Array.from({ length: 14_400 }, (_, index) => point(index * 250, index));
    const times = (history: readonly HistoryPoint[]) => sparsePoints(history, 18_000).map(({ time }) => time);
    assert.equal(times(all).length, 201);
    assert.deepEqual(times(all).slice(1, -1), times(all.slice(5, -5)).slice(1, -1));
    assert.equal(times(all).at(-1), 14_399 * 250);
  });
  it('keeps all of a short history', () => assert.equal(sparsePoints([point(1, 1), point(2, 2)], 1).length, 2));
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
