import type { ProfilerSettings } from '../../src/host/session/settings';

/** The defaults, but for the history: one point, then none for a minute, as most tests want it. */
export const SETTINGS: ProfilerSettings = {
  profileOnLaunch: false,
  profileChildren: true,
  interval: 60_000,
  window: 300_000,
  allocations: true,
  samplingIntervalBytes: 1024,
  cumulative: true,
  allocationLimit: 50,
  saveNearHeapLimit: true,
  handles: true,
  longWait: 60_000,
  stuckAfter: 60_000,
  backgroundPatterns: [],
  perRequestPatterns: [],
  pendingMode: 'sampled',
  overheadBudgetPercent: 3,
  deepCheckTime: 1_000,
};
