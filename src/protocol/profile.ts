/** The profile of one session as the host holds it and the views show it: plain data, frames already mapped to source. */
import type { HandleCategory, HandleSummary } from './collector';
import type { Frame } from './frames';
import type { SessionInfo } from './reports';
import type { Bytes, EpochMilliseconds, Milliseconds } from './units';

/** One point of the history: gauges at a moment, rates over the interval before it. */
export interface HistoryPoint {
  readonly time: EpochMilliseconds;
  readonly usedHeapBytes: Bytes;
  readonly committedHeapBytes: Bytes;
  readonly rssBytes: Bytes;
  readonly cpuPercent: number;
  readonly openHandles: number | null;
  readonly gcLastPause: Milliseconds;
}

/** What the tiles and the footer show. */
export interface CurrentFigures {
  readonly cpuPercent: number;
  readonly cpuUserSeconds: number;
  readonly cpuSystemSeconds: number;
  readonly usedHeapBytes: Bytes;
  readonly committedHeapBytes: Bytes;
  readonly heapLimitBytes: Bytes;
  readonly externalBytes: Bytes;
  readonly arrayBufferBytes: Bytes;
  readonly rssBytes: Bytes;
  readonly totalAllocatedBytes: Bytes | null;
  readonly totalAllocatedIsEstimate: boolean;
  /** Always an estimate, from the heap sampler. */
  readonly heapObjects: number | null;
  readonly openHandles: number | null;
  readonly gcCount: number;
  readonly gcLastPause: Milliseconds;
  readonly gcTotalPause: Milliseconds;
  readonly loopDelayP99: Milliseconds | null;
  readonly loopUtilization: number;
  readonly cpuCount: number;
  readonly threadPoolSize: number;
}

export interface SiteRow {
  /** Stable over readings: expansion and focus follow it. */
  readonly id: string;
  readonly bytes: Bytes;
  readonly count: number;
  readonly stack: readonly Frame[];
}

export interface HandleRow {
  /** Stable over readings: expansion and focus follow it. */
  readonly id: string;
  readonly count: number;
  /** Change of `count` since the previous reading; null on the first. */
  readonly trend: number | null;
  /** Node's name of the async resource. */
  readonly type: string;
  readonly label: string;
  readonly state: string;
  readonly waitReason: string;
  readonly category: HandleCategory;
  readonly oldest: Milliseconds;
  readonly median: Milliseconds;
  readonly longWaiting: boolean;
  readonly stuck: boolean;
  readonly stack: readonly Frame[];
  readonly causeStack: readonly Frame[];
}

export interface AllocationsView {
  readonly rows: readonly SiteRow[];
  readonly totalBytes: Bytes;
  readonly totalCount: number;
  readonly omittedSites: number;
  /** Why there is no list, in one sentence; null when there is one. */
  readonly missing: string | null;
}

export interface HandlesView {
  readonly rows: readonly HandleRow[];
  readonly total: number;
  readonly summary: HandleSummary;
  /** Groups that are not among `rows`. */
  readonly omittedGroups: number;
  readonly missing: string | null;
}

/** The session on show, and what to say about its state. */
export interface SessionStatus {
  readonly session: SessionInfo;
  /** One sentence when there is something to say, with what to do; else null. */
  readonly notice: string | null;
}
