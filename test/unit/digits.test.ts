import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { digits, writeDigitsIn } from '../../src/model/digits';
import { formatBytes, formatCount, formatPercent } from '../../src/model/format';

describe('digits', () => {
  afterEach(() => writeDigitsIn('en'));

  it('are English unless told otherwise', () => assert.deepEqual([digits(1234.5, 1), digits(1234.5, 1, true), digits(0, 2)], ['1234.5', '1,234.5', '0.00']));

  it('have the separators of the language', () => {
    writeDigitsIn('de');
    assert.deepEqual([formatCount(12_345), formatPercent(12.5), formatBytes(34.2 * 1024 * 1024)], ['12.345', '12,5%', '34,2 MB']);
  });

  it('are English in a language that nobody speaks', () => {
    writeDigitsIn('qps-ploc');
    assert.equal(formatCount(12_345), '12,345');
  });
});
