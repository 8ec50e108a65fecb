import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  AGE_CLASSES,
  formatAge,
  formatAges,
  formatBytes,
  formatClock,
  formatCompactCount,
  formatCount,
  formatDelay,
  formatEstimate,
  formatMembers,
  formatPercent,
  formatQuantity,
  formatSeconds,
  formatTrend,
  originText,
  UNKNOWN,
} from '../../src/model/format';
import { AGE_LIMITS } from '../../src/protocol/collector';

const KB = 1024;
const MB = 1024 * KB;

/** Checks one function against a table of input and text. */
function table<T>(format: (value: T) => string, rows: readonly (readonly [T, string])[]): void {
  for (const [value, text] of rows) it(`writes ${String(value)} as "${text}"`, () => assert.equal(format(value), text));
}

describe('formatBytes', () => {
  table(formatBytes, [
    [0, '0 B'],
    [512, '512 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [KB, '1.0 kB'],
    [34.25 * MB, '34.3 MB'],
    [99.94 * MB, '99.9 MB'],
    [99.96 * MB, '100 MB'],
    [999.4 * MB, '999 MB'],
    [999.6 * MB, '1.0 GB'],
    [4.1 * KB * MB, '4.1 GB'],
    [-2 * MB, '-2.0 MB'],
    [Number.NaN, UNKNOWN],
    [Number.POSITIVE_INFINITY, UNKNOWN],
  ]);

  it('never writes more than three digits before the unit', () => {
    for (let bytes = 1; bytes < 1e15; bytes *= 1.37) {
      const [digits = ''] = formatBytes(bytes).split(' ');
      assert.ok(digits.replace('.', '').length <= 3, `${bytes} gives ${digits}`);
    }
  });
});

describe('formatCount', () => table(formatCount, [[0, '0'], [12345, '12,345'], [-3, '-3'], [Number.NaN, UNKNOWN]]));

describe('formatCompactCount', () =>
  table(formatCompactCount, [[0, '0'], [845, '845'], [999.6, '1.0 k'], [12_345, '12.3 k'], [182_000, '182 k'], [1_234_567, '1.2 M'], [Number.NaN, UNKNOWN]]));

describe('formatPercent', () => table(formatPercent, [[0, '0.0%'], [12.46, '12.5%'], [99.96, '100%'], [240.2, '240%'], [Number.NaN, UNKNOWN]]));

describe('formatSeconds', () => table(formatSeconds, [[0, '0.00 s'], [0.517, '0.52 s'], [Number.NaN, UNKNOWN]]));

describe('formatDelay', () => table(formatDelay, [[0.84, '0.8 ms'], [12.5, '12.5 ms'], [340.2, '340 ms'], [999.6, '1.0 s'], [1400, '1.4 s'], [Number.NaN, UNKNOWN]]));

describe('formatAge', () =>
  table(formatAge, [
    [0, 'under 1 s'],
    [999, 'under 1 s'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [3_600_000, '1 h'],
    [4_800_000, '1 h 20 min'],
    [90_000_000, '1 d 1 h'],
    [Number.NaN, UNKNOWN],
  ]));

describe('formatTrend', () => table(formatTrend, [[3, '▲+3'], [-2, '▼-2'], [0, ''], [null, ''], [1200, '▲+1,200']]));

describe('formatEstimate', () => table(formatEstimate, [['1.2 GB', '~1.2 GB'], [UNKNOWN, UNKNOWN]]));

describe('formatMembers', () => {
  it('writes an exact count', () => assert.equal(formatMembers(1234, false), '1,234'));
  it('marks an estimate', () => assert.equal(formatMembers(1234, true), '~1,234'));
  it('marks nothing that is not known', () => assert.equal(formatMembers(Number.NaN, true), UNKNOWN));
});

describe('formatAges', () => {
  it('names the classes of the protocol', () => {
    assert.deepEqual(AGE_CLASSES, ['under 1 s', '1 s to 10 s', '10 s to 1 min', '1 min to 10 min', '10 min to 1 h', 'over 1 h']);
    assert.equal(AGE_CLASSES.length, AGE_LIMITS.length + 1);
  });
  it('writes only classes that have members', () => assert.equal(formatAges([3, 0, 0, 1200, 0, 2], false), '3 under 1 s, 1,200 for 1 min to 10 min, 2 over 1 h'));
  it('marks estimates', () => assert.equal(formatAges([0, 40, 0, 0, 0, 0], true), '~40 for 1 s to 10 s'));
  it('is empty without members', () => assert.deepEqual([formatAges([], false), formatAges([0, 0, 0, 0, 0, 0], true)], ['', '']));
});

describe('originText', () => {
  it('says why there is no stack, in one sentence', () => {
    assert.equal(originText('known'), '');
    for (const origin of ['unread', 'notCaptured', 'earlier', 'empty'] as const) assert.match(originText(origin), /^[A-Z][^.]+\.$/, origin);
  });
});

describe('formatQuantity', () => {
  it('counts one in the singular', () => assert.equal(formatQuantity(1, 'group'), '1 group'));
  it('counts others in the plural', () => assert.equal(formatQuantity(1200, 'group'), '1,200 groups'));
});

describe('formatClock', () => {
  const time = new Date(2026, 0, 2, 4, 5, 6).getTime();
  it('writes the local time', () => assert.equal(formatClock(time, false), '04:05'));
  it('adds seconds when asked', () => assert.equal(formatClock(time, true), '04:05:06'));
});
