import type { AllocationProfile, ExternalMemory, SamplerRun } from './allocations';
import type { Missing } from './capabilities';
import type { Frame } from './frames';
import type { CurrentFigures, HandlesView, HistoryBand, HistoryEvent, HistoryPoint } from './profile';

export const SAVED_FORMAT = 'bifrost-profile';
export const SAVED_VERSION = 1;

/**
 * A profile as a file: what Bifrost knew of a program at one moment. Frames are mapped to source. Neither environment
 * variables nor arguments of the program are in it.
 */
export interface SavedProfile {
  readonly format: typeof SAVED_FORMAT;
  readonly version: typeof SAVED_VERSION;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly program: { readonly name: string; readonly pid: number | null; readonly nodeVersion: string | null };
  /** Null when no sampler was on. */
  readonly sampler: SamplerRun | null;
  readonly allocations: AllocationProfile<Frame> | null;
  /** ISO 8601: allocations are read less often than the figures. Null when they never were. */
  readonly allocationsReadAt: string | null;
  readonly external: ExternalMemory | null;
  readonly current: CurrentFigures | null;
  readonly history: readonly HistoryPoint[];
  readonly bands: readonly HistoryBand[];
  readonly events: readonly HistoryEvent[];
  readonly handles: HandlesView | null;
  /** What could not be had of the program, and why. */
  readonly missing: Missing;
}
