import type { RuntimeSample } from '../protocol/collector';
import type { CurrentFigures, HistoryPoint } from '../protocol/profile';
import type { EpochMilliseconds } from '../protocol/units';
import { cpuUsage } from './cpuUsage';

/** What was known before and a sample does not bring: readings that are taken only when somebody looks. */
export type CarriedFigures = Pick<CurrentFigures, 'heapObjects'>;

/** The figures of a moment from two samples of the program's counters: rates are over the time between them. */
export function currentFigures(before: RuntimeSample, after: RuntimeSample, carried: CarriedFigures): CurrentFigures {
  const cpu = cpuUsage(before, after);
  return {
    cpuPercent: cpu.percent,
    cpuUserSeconds: cpu.userSeconds,
    cpuSystemSeconds: cpu.systemSeconds,
    usedHeapBytes: after.usedHeapBytes,
    committedHeapBytes: after.committedHeapBytes,
    heapLimitBytes: after.heapLimitBytes,
    externalBytes: after.externalBytes,
    arrayBufferBytes: after.arrayBufferBytes,
    rssBytes: after.rssBytes,
    totalAllocatedBytes: after.totalAllocatedBytes,
    totalAllocatedIsEstimate: after.totalAllocatedIsEstimate,
    heapObjects: carried.heapObjects,
    openHandles: after.openHandles,
    gcCount: after.gcCount,
    gcLastPause: after.gcLastPause,
    gcTotalPause: after.gcTotalPause,
    loopDelayP99: after.loopDelayP99,
    loopUtilization: after.loopUtilization,
    cpuCount: after.cpuCount,
    threadPoolSize: after.threadPoolSize,
    dom: after.dom,
    overheadPercent: after.overheadPercent,
    overheadLimit: after.limits.reason,
  };
}

/** The garbage collections that were counted when an interval began. */
export type EarlierCollections = Pick<RuntimeSample, 'gcCount' | 'gcTotalPause'>;

/** What the charts draw of the figures: collections of garbage are those since `before`. */
export function historyPoint(time: EpochMilliseconds, current: CurrentFigures, before: EarlierCollections): HistoryPoint {
  return {
    time,
    usedHeapBytes: current.usedHeapBytes,
    committedHeapBytes: current.committedHeapBytes,
    heapLimitBytes: current.heapLimitBytes,
    rssBytes: current.rssBytes,
    cpuPercent: current.cpuPercent,
    openHandles: current.openHandles,
    loopDelayP99: current.loopDelayP99,
    loopUtilization: current.loopUtilization,
    gcCount: since(before.gcCount, current.gcCount),
    gcPause: since(before.gcTotalPause, current.gcTotalPause),
    gcLastPause: current.gcLastPause,
  };
}

function since(before: number | null, now: number | null): number | null {
  return before === null || now === null ? null : Math.max(0, now - before);
}
