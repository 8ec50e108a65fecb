/** What one must know to read the figures of allocations: what they cover, since when, and what is missing. */
import * as l10n from '@vscode/l10n';
import type { AllocationMeasure, Baseline, SamplerRun } from '../protocol/allocations';
import type { Interval } from '../protocol/profile';
import type { EpochMilliseconds } from '../protocol/units';
import { allocationCoverage } from './coverage';
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
  /** What readings within the interval tell of. */
  readonly covered: readonly Interval[];
}

/** One sentence each. */
export function allocationNotes({ measure, run, inUseSince, allocatedSince, allocatedUntil, lostAt, baseline, interval, covered }: AllocationFacts): string[] {
  const notes: string[] = [];
  const clock = (time: EpochMilliseconds) => formatClock(time, true);
  switch (measure) {
    case 'inUse':
      notes.push(
        inUseSince === null
          ? l10n.t('Allocated and still live, or dead and not collected yet.')
          : l10n.t('Allocated since {0} and still live, or dead and not collected yet.', clock(inUseSince)),
      );
      break;
    case 'allocated':
      if (allocatedSince === null) notes.push(l10n.t('All that was allocated, live or not.'));
      else if (allocatedUntil === null) notes.push(l10n.t('All that was allocated since {0}, live or not.', clock(allocatedSince)));
      else notes.push(l10n.t('All that was allocated since {0} and until {1}, when the recording ended, live or not.', clock(allocatedSince), clock(allocatedUntil)));
      break;
    case 'growth':
      if (baseline !== null) notes.push(l10n.t('How much more is in use than {0}.', baseline.name));
      if (baseline !== null && baseline.kind !== 'mark') notes.push(l10n.t('Functions are compared by name and file, as lines move between runs.'));
      if (baseline?.kind === 'mark' && inUseSince !== null && inUseSince > baseline.time) {
        notes.push(l10n.t('The sampler was started anew at {0}: what was allocated before does not show.', clock(inUseSince)));
      }
      break;
    case 'allocatedSince':
      if (baseline !== null) notes.push(l10n.t('All that was allocated since {0}, live or not.', baseline.name.replace(/^at /, '')));
      break;
    case 'interval':
      if (interval !== null) notes.push(l10n.t('Allocated from {0} to {1}, live or not.', clock(interval.from), clock(interval.to)), ...allocationCoverage(interval, covered));
      break;
  }
  if (lostAt !== null && measure !== 'inUse') notes.push(l10n.t('Some of what was allocated before {0} is missing, as another tool stopped the sampler.', clock(lostAt)));
  if (run?.mode === 'recording') notes.push(l10n.t('Recording all allocations: what is in use is not sampled meanwhile, and each reading collects garbage.'));
  if (run?.mode === 'onDemand') notes.push(l10n.t('Each reading collects garbage, so it is taken only when you choose “Collect garbage, then read”.'));
  if (run !== null && run.reason !== '') notes.push(run.reason);
  return notes;
}
