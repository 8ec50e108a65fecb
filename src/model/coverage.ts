/** How much of a selected time readings tell of, in words: figures that tell of less than was selected must say so. */
import * as l10n from '@vscode/l10n';
import type { Interval } from '../protocol/profile';
import type { EpochMilliseconds, Milliseconds } from '../protocol/units';
import { formatClock } from './format';

/** Readings come once in a while, and never at the very edge of a selection: less than this is not worth a word. */
const SLACK: Milliseconds = 2_000;
/** Stretches that are named; more of them are counted. */
const MOST_NAMED = 3;

/** Stretches as few as can be: those that are no more than `apart` from each other are one. @param stretches In the order of time. */
export function joined(stretches: readonly Interval[], apart: Milliseconds = 0): Interval[] {
  const result: Interval[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last !== undefined && stretch.from - last.to <= apart) result[result.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else result.push(stretch);
  }
  return result;
}

/** What was allocated in the selected time: a sentence for each way in which the readings do not match it, none when they do. */
export function allocationCoverage(selected: Interval, covered: readonly Interval[]): string[] {
  // Without a reading there are no figures either.
  if (covered.length === 0) return [];
  const { part, since } = mismatch(selected, covered);
  return [
    ...(part === null ? [] : [l10n.t('Readings cover only a part of it, {0}: what was allocated in the rest does not show.', part)]),
    ...(since === null ? [] : [l10n.t('The first reading in it has all that was allocated from {0} on.', since)]),
  ];
}

/** The same about the handles that came in the selected time. */
export function arrivalCoverage(selected: Interval, covered: readonly Interval[]): string[] {
  if (covered.length === 0) return [l10n.t('The list was not read in the selected time: what came then is not known.')];
  const { part, since } = mismatch(selected, covered);
  return [
    ...(part === null ? [] : [l10n.t('Readings cover only a part of the selected time, {0}: what came in the rest does not show.', part)]),
    ...(since === null ? [] : [l10n.t('The first reading in the selected time has all that came from {0} on.', since)]),
  ];
}

/**
 * @param covered What the readings within the selection tell of, in order. The first of them tells of the time since the reading
 * before, which may begin before the selection does.
 * @returns What is covered when that is not all of it; and since when the first reading counts when that is long before.
 */
function mismatch(selected: Interval, covered: readonly Interval[]): { readonly part: string | null; readonly since: string | null } {
  const within = joined(covered, SLACK).map(({ from, to }) => ({ from: Math.max(from, selected.from), to: Math.min(to, selected.to) }));
  const edges = [selected.from, ...within.flatMap(({ from, to }) => [from, to]), selected.to];
  // Edges come in pairs: the end of what is covered, and where it goes on.
  const hasGap = edges.some((edge, index) => index % 2 === 0 && (edges[index + 1] ?? edge) - edge > SLACK);
  const first = covered[0]?.from ?? selected.from;
  return { part: hasGap ? stretchesText(within) : null, since: selected.from - first > SLACK ? clock(first) : null };
}

function stretchesText(stretches: readonly Interval[]): string {
  const named = stretches.slice(0, MOST_NAMED).map(({ from, to }) => l10n.t('{0} to {1}', clock(from), clock(to)));
  const more = stretches.length - named.length;
  return [...named, ...(more > 0 ? [l10n.t('{0} more', more)] : [])].join(', ');
}

function clock(time: EpochMilliseconds): string {
  return formatClock(time, true);
}
