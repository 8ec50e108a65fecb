import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { describeAddress, formatDelay, pathOnly } from '../../src/model/subjects';

describe('formatDelay', () => {
  const rows: readonly (readonly [delay: number, text: string])[] = [
    [0, '0 ms'],
    [1, '1 ms'],
    [250, '250 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [1500, '1.5 s'],
    [1250, '1250 ms'],
    [1234, '1234 ms'],
    [30_000, '30 s'],
    [61_000, '61 s'],
    [66_000, '1.1 min'],
    [90_000, '1.5 min'],
    [300_000, '5 min'],
    [3_600_000, '1 h'],
    [5_400_000, '1.5 h'],
    [86_400_000, '24 h'],
    [2 ** 31 - 1, '2147483647 ms'],
    [0.5, '0.5 ms'],
    [-1, '-1 ms'],
    [NaN, 'NaN ms'],
    [Infinity, 'Infinity ms'],
  ];
  for (const [delay, text] of rows) it(`writes ${delay} as "${text}"`, () => assert.equal(formatDelay(delay), text));

  it('says exactly what the delay is', () => {
    const sizes: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
    for (let delay = 0; delay < 4_000_000; delay += 50) {
      const [figure = '', unit = ''] = formatDelay(delay).split(' ');
      assert.equal(Math.round(Number(figure) * (sizes[unit] ?? NaN)), delay);
      assert.match(figure, /^\d+(\.\d)?$/);
    }
  });
});

describe('describeAddress', () => {
  const rows: readonly (readonly [address: Parameters<typeof describeAddress>[0], text: string])[] = [
    [{ address: '127.0.0.1', port: 8080 }, '127.0.0.1:8080'],
    [{ address: '::1', port: 8080 }, '[::1]:8080'],
    [{ address: 'db.internal', port: 5432 }, 'db.internal:5432'],
    [{ address: '10.0.0.7' }, '10.0.0.7'],
    [{ address: '::' }, '[::]'],
    [{ address: '0.0.0.0', port: 0 }, '0.0.0.0:0'],
    [undefined, ''],
    [{}, ''],
    [{ port: 80 }, ''],
    [{ address: null, port: 80 }, ''],
    [{ address: 7, port: 80 }, ''],
    [{ address: '127.0.0.1', port: '80' }, '127.0.0.1'],
  ];
  for (const [address, text] of rows) {
    it(`makes "${text}" of ${JSON.stringify(address)}`, () => assert.equal(describeAddress(address), text));
  }
});

describe('pathOnly', () => {
  const rows: readonly (readonly [path: string, only: string])[] = [
    ['/users', '/users'],
    ['/login?token=secret', '/login'],
    ['/page#token=secret', '/page'],
    ['/a?b#c?d', '/a'],
    ['/a#b?c', '/a'],
    ['?token=secret', ''],
    ['', ''],
    ['*', '*'],
    ['/a%3Fb', '/a%3Fb'],
  ];
  for (const [path, only] of rows) it(`leaves "${only}" of "${path}"`, () => assert.equal(pathOnly(path), only));
});
