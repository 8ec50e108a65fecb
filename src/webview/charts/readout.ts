import * as l10n from '@vscode/l10n';
import { formatAge, formatClock, UNKNOWN } from '../../model/format';
import type { HistoryPoint } from '../../protocol/profile';
import type { EpochMilliseconds } from '../../protocol/units';
import type { ChartDescription } from './description';

/** What there is to say about the time at the cross-hair besides the figures, which stand in the legends. */
export interface Readout {
  /** "14:03:21", or "latest". */
  readonly time: string;
  /** How long ago that was, and what took place; '' for nothing. */
  readonly detail: string;
}

/**
 * @param cursor Null without a cross-hair: the newest figures are shown.
 * @param remarks What took place at that time.
 */
export function readout(cursor: EpochMilliseconds | null, newest: EpochMilliseconds, point: HistoryPoint | undefined, remarks: readonly string[]): Readout {
  if (cursor === null) return { time: point ? l10n.t('Latest') : '', detail: remarks.join(' · ') };
  const ago = newest - cursor < 1000 ? l10n.t('now') : l10n.t('{0} ago', formatAge(newest - cursor));
  const nothing = point ? [] : [l10n.t('nothing was measured')];
  return { time: formatClock(cursor, true), detail: [ago, ...nothing, ...remarks].join(' · ') };
}

/** The same and all figures, as one text for screen readers. */
export function spokenReadout({ time, detail }: Readout, point: HistoryPoint | undefined, charts: readonly ChartDescription[]): string {
  const figures = charts
    .flatMap(({ series }) => series)
    .map((series) => {
      const value = point ? series.value(point) : null;
      return `${series.label} ${value === null ? UNKNOWN : series.format(value)}`;
    });
  return [time, detail, ...(point ? figures : [])].filter((part) => part !== '').join(', ');
}
