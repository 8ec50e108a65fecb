import type { HistoryPoint } from '../../src/protocol/profile';

/** A point of a history, of a program that does nothing but for what `more` says. */
export function historyPointAt(time: number, more: Partial<HistoryPoint> = {}): HistoryPoint {
  return {
    time,
    usedHeapBytes: 0,
    committedHeapBytes: 0,
    heapLimitBytes: null,
    rssBytes: 0,
    cpuPercent: 0,
    openHandles: null,
    loopDelayP99: null,
    loopUtilization: null,
    gcCount: null,
    gcPause: null,
    gcLastPause: 0,
    ...more,
  };
}
