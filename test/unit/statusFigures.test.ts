import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { statusFigures } from '../../src/model/statusFigures';

const MEGABYTE = 1024 * 1024;
const figures = { cpuPercent: 12.5, usedHeapBytes: 34.2 * MEGABYTE, openHandles: 1_234 };

describe('statusFigures', () => {
  it('says CPU, heap and handles', () =>
    assert.deepEqual(statusFigures(figures, 0), {
      text: '$(pulse) 12.5%  $(database) 34.2 MB  $(plug) 1,234',
      title: 'CPU 12.5%, heap 34.2 MB, open handles 1,234',
      isStuck: false,
    }));

  it('warns of what is stuck, and only of that', () =>
    assert.deepEqual(statusFigures(figures, 3), {
      text: '$(warning) 12.5%  $(database) 34.2 MB  $(plug) 1,234',
      title: 'CPU 12.5%, heap 34.2 MB, open handles 1,234. Stuck: 3',
      isStuck: true,
    }));

  it('shows handles that are not counted as missing', () => assert.match(statusFigures({ ...figures, openHandles: null }, 0).text, /\$\(plug\) –$/));
});
