import type { Milliseconds } from '../../protocol/units';

/** The user's settings as the session needs them, read anew each time they are used. */
export interface ProfilerSettings {
  readonly profileOnLaunch: boolean;
  readonly interval: Milliseconds;
  readonly window: Milliseconds;
  readonly samplingIntervalBytes: number;
  readonly allocationLimit: number;
  readonly longWait: Milliseconds;
  readonly backgroundPatterns: readonly string[];
  readonly perRequestPatterns: readonly string[];
}
