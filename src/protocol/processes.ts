/** All programs that are known, as one tree with sums: processes, their children, and worker threads. */
import type { SessionInfo } from './reports';
import type { Bytes, EpochMilliseconds } from './units';

/** Null is not known. */
export interface ProcessFigures {
  /** Of the whole process; null for a worker, which shares its process's. */
  readonly cpuPercent: number | null;
  readonly rssBytes: Bytes | null;
  /** Of the thread itself, as is what follows. */
  readonly usedHeapBytes: Bytes | null;
  readonly openHandles: number | null;
  /** Handles and pending operations that look stuck. They are read while a view shows them. */
  readonly stuck: number | null;
}

export interface ProcessRow {
  readonly session: SessionInfo;
  /** The session of the process that started it; null for the program of a launch. */
  readonly parentId: string | null;
  /** 0 for the program of a launch. */
  readonly depth: number;
  readonly kind: 'process' | 'worker';
  /** The last that were read; null when there are none. */
  readonly figures: ProcessFigures | null;
  /** Whether they are of now; those of others are in no sum. */
  readonly isCurrent: boolean;
  readonly readAt: EpochMilliseconds | null;
  /** What its figures mean or why there are none, in one sentence; null when there is nothing to say. */
  readonly note: string | null;
}

/** Sums over what is current. CPU and RSS count each process once, however many workers it has. */
export interface ProcessTotal extends ProcessFigures {
  readonly processes: number;
  readonly workers: number;
}

export interface ProcessesView {
  /** In the order of the tree: children follow their parent. */
  readonly rows: readonly ProcessRow[];
  readonly total: ProcessTotal;
}

/** `tree`: what was started below what started it. The others: the largest figure first, names from A. */
export type ProcessSort = 'tree' | 'name' | 'cpu' | 'rss' | 'heap' | 'handles' | 'stuck';

/** Which programs are listed, and in which order. */
export interface ProcessQuery {
  /** Only programs whose name, process id or kind contains this text; '' for all. */
  readonly search: string;
  readonly sort: ProcessSort;
}
