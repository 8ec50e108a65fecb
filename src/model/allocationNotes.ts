/** What one must know to read the figures of allocations: what they cover, since when, and what is missing. */
import type { AllocationMeasure, Baseline, SamplerRun } from '../protocol/allocations';
import type { Interval } from '../protocol/profile';
import type { EpochMilliseconds } from '../protocol/units';
import { formatClock } from './format';

export interface AllocationFacts {
  readonly measure: AllocationMeasure;
  readonly run: SamplerRun | null;
  /** When the sampler began that tells what is in use; null when none does. */
  readonly inUseSince: EpochMilliseconds | null;
  /** From when on all allocations are counted; null when they never were. */
  readonly allocatedSince: EpochMilliseconds | null;
  /** Until when, if nothing is counted any more. */
  readonly allocatedUntil: EpochMilliseconds | null;
  /** When the sampler was stopped by somebody else last, so that some of what was allocated before is missing. */
  readonly lostAt: EpochMilliseconds | null;
  readonly baseline: Baseline | null;
  readonly interval: Interval | null;
}

/** One sentence each. */
export function allocationNotes({ measure, run, inUseSince, allocatedSince, allocatedUntil, lostAt, baseline, interval }: AllocationFacts): string[] {
  const notes: string[] = [];
  const since = (time: EpochMilliseconds | null) => (time === null ? '' : ` since ${formatClock(time, true)}`);
  switch (measure) {
    case 'inUse':
      notes.push(`Allocated${since(inUseSince)} and still live, or dead and not collected yet.`);
      break;
    case 'allocated':
      notes.push(
        allocatedUntil === null
          ? `All that was allocated${since(allocatedSince)}, live or not.`
          : `All that was allocated${since(allocatedSince)} and until ${formatClock(allocatedUntil, true)}, when the recording ended, live or not.`,
      );
      break;
    case 'growth':
      if (baseline !== null) notes.push(`How much more is in use than ${baseline.name}.`);
      if (baseline !== null && baseline.kind !== 'mark') notes.push('Functions are compared by name and file, as lines move between runs.');
      if (baseline?.kind === 'mark' && inUseSince !== null && inUseSince > baseline.time) {
        notes.push(`The sampler was started anew at ${formatClock(inUseSince, true)}: what was allocated before does not show.`);
      }
      break;
    case 'allocatedSince':
      if (baseline !== null) notes.push(`All that was allocated since ${baseline.name.replace(/^at /, '')}, live or not.`);
      break;
    case 'interval':
      if (interval !== null) notes.push(`Allocated from ${formatClock(interval.from, true)} to ${formatClock(interval.to, true)}, live or not.`);
      break;
  }
  if (lostAt !== null && measure !== 'inUse') notes.push(`Some of what was allocated before ${formatClock(lostAt, true)} is missing, as another tool stopped the sampler.`);
  if (run?.mode === 'recording') notes.push('Recording all allocations: what is in use is not sampled meanwhile, and each reading collects garbage.');
  if (run?.mode === 'onDemand') notes.push('Each reading collects garbage, so it is taken only when you choose “Collect garbage, then read”.');
  if (run !== null && run.reason !== '') notes.push(run.reason);
  return notes;
}
