import type { Pace } from '../../model/history';
import type { PendingMode } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';

/** The user's settings as the session needs them, read anew each time they are used. */
export interface ProfilerSettings {
  readonly profileOnLaunch: boolean;
  /** Whoever profiles a program profiles its child processes and workers. */
  readonly profileChildren: boolean;
  readonly interval: Milliseconds;
  readonly window: Milliseconds;
  /** Sample allocations. */
  readonly allocations: boolean;
  readonly samplingIntervalBytes: number;
  /** Count all allocations too, where a reading tells them from what is in use. */
  readonly cumulative: boolean;
  readonly allocationLimit: number;
  /** Read and save what a program holds when its heap is nearly full. */
  readonly saveNearHeapLimit: boolean;
  /** Track open handles. */
  readonly handles: boolean;
  readonly longWait: Milliseconds;
  /** Age from which what a request opened is potentially stuck. */
  readonly stuckAfter: Milliseconds;
  readonly backgroundPatterns: readonly string[];
  readonly perRequestPatterns: readonly string[];
  readonly pendingMode: PendingMode;
  /** Percent of one CPU that the collector may cost. */
  readonly overheadBudgetPercent: number;
  /** How long a deep check follows every promise. */
  readonly deepCheckTime: Milliseconds;
}

/** How the history is kept by these settings. @param slower How many times as far apart its points are now: none of those before goes for that. */
export function historyPace({ window, interval }: ProfilerSettings, slower = 1): Pace {
  return { capacity: Math.max(1, Math.round(window / interval)), interval: interval * slower };
}
