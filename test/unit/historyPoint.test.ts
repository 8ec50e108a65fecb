import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { currentFigures, historyPoint } from '../../src/model/historyPoint';
import { SAMPLE } from '../helpers/collectorReplies';

const AFTER = { ...SAMPLE, clock: SAMPLE.clock + 500, cpuUser: SAMPLE.cpuUser + 200_000, cpuSystem: SAMPLE.cpuSystem + 50_000, usedHeapBytes: 11_000_000 };

describe('currentFigures', () => {
  const figures = currentFigures(SAMPLE, AFTER, { heapObjects: 1234 });

  it('has rates over the time between the samples', () =>
    assert.deepEqual([figures.cpuPercent, figures.cpuUserSeconds, figures.cpuSystemSeconds], [50, 0.2, 0.05]));

  it('has the later sample’s gauges and what was known before, and nothing else', () =>
    assert.deepEqual(figures, {
      cpuPercent: 50,
      cpuUserSeconds: 0.2,
      cpuSystemSeconds: 0.05,
      usedHeapBytes: 11_000_000,
      committedHeapBytes: 20_000_000,
      heapLimitBytes: 4_000_000_000,
      externalBytes: 1_000_000,
      arrayBufferBytes: 500_000,
      rssBytes: 80_000_000,
      totalAllocatedBytes: 90_000_000,
      totalAllocatedIsEstimate: true,
      heapObjects: 1234,
      openHandles: 3,
      gcCount: 7,
      gcLastPause: 1.5,
      gcTotalPause: 12.25,
      loopDelayP99: 11,
      loopUtilization: 0.25,
      cpuCount: 8,
      threadPoolSize: 4,
      dom: null,
      overheadPercent: 0.5,
      overheadLimit: '',
    }));

  it('keeps unknown figures unknown', () => {
    const unknown = currentFigures(SAMPLE, { ...AFTER, totalAllocatedBytes: null, openHandles: null, loopDelayP99: null }, { heapObjects: null });
    assert.deepEqual([unknown.totalAllocatedBytes, unknown.openHandles, unknown.loopDelayP99, unknown.heapObjects], [null, null, null, null]);
  });
});

describe('historyPoint', () => {
  it('keeps what the charts draw', () =>
    assert.deepEqual(historyPoint(99, currentFigures(SAMPLE, AFTER, { heapObjects: null }), { gcCount: 5, gcTotalPause: 4.25 }), {
      time: 99,
      usedHeapBytes: 11_000_000,
      committedHeapBytes: 20_000_000,
      heapLimitBytes: 4_000_000_000,
      rssBytes: 80_000_000,
      cpuPercent: 50,
      openHandles: 3,
      loopDelayP99: 11,
      loopUtilization: 0.25,
      gcCount: 2,
      gcPause: 8,
      gcLastPause: 1.5,
    }));

  it('counts no collections below zero, when the collector began anew', () => {
    const point = historyPoint(99, currentFigures(SAMPLE, AFTER, { heapObjects: null }), { gcCount: 50, gcTotalPause: 400 });
    assert.deepEqual([point.gcCount, point.gcPause], [0, 0]);
  });
});
