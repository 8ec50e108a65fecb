import * as l10n from '@vscode/l10n';
import { delayTick } from '../../model/chartScale';
import { formatCount, formatDelay, formatKnown, formatPercent } from '../../model/format';
import type { HistoryPoint } from '../../protocol/profile';
import { highest, type ChartDescription } from './description';

const busyPercent = (point: HistoryPoint) => (point.loopUtilization === null ? null : point.loopUtilization * 100);
/** An interval without a collection has no bar. */
const pauseOf = (point: HistoryPoint) => (point.gcCount === 0 ? null : point.gcPause);

/** How late the event loop is, how busy, and what part garbage collection has in that. */
export const loopChart: ChartDescription = {
  id: 'chart-loop',
  title: l10n.t('Event loop and garbage collection'),
  axes: [
    { id: 'delay', side: 'left', unit: 'milliseconds', tick: delayTick },
    { id: 'busy', side: 'right', unit: 'percent', tick: (value) => `${value}%` },
  ],
  series: [
    {
      id: 'delay',
      needs: 'loopDelay',
      label: l10n.t('Delay (p99)'),
      axis: 'delay',
      // Not orange: it is dim in some themes, and missing in those of high contrast.
      color: 'var(--vscode-charts-red)',
      width: 1.5,
      shape: 'area',
      marker: 'circle',
      value: (point) => point.loopDelayP99,
      format: formatDelay,
    },
    {
      id: 'busy',
      needs: 'loopUtilization',
      label: l10n.t('Busy'),
      axis: 'busy',
      color: 'var(--vscode-charts-blue)',
      width: 1.5,
      dash: [5, 3],
      shape: 'line',
      marker: 'square',
      value: busyPercent,
      format: formatPercent,
    },
    {
      id: 'gc',
      needs: 'collections',
      label: l10n.t('GC pauses'),
      axis: 'delay',
      color: 'var(--vscode-charts-purple)',
      width: 1,
      shape: 'bars',
      marker: 'triangle',
      value: pauseOf,
      format: formatDelay,
    },
  ],
  summary: (history) => {
    const now = history.at(-1);
    if (!now) return l10n.t('Event loop: no points yet.');
    const latest = formatKnown(now.loopDelayP99, formatDelay);
    const most = formatKnown(highest(history, (point) => point.loopDelayP99), formatDelay);
    const collections = history.reduce((sum, point) => sum + (point.gcCount ?? 0), 0);
    const longest = formatKnown(highest(history, pauseOf), formatDelay);
    return [
      l10n.t('Event loop late by {0} at the end, at most {1} in the time shown; {2} busy at the end.', latest, most, formatKnown(busyPercent(now), formatPercent)),
      now.gcCount === null
        ? l10n.t('Garbage collections are not known.')
        : collections === 0
        ? l10n.t('No garbage collection.')
        : l10n.t('Garbage collections: {0}, at most {1} between two points.', formatCount(collections), longest),
    ].join(' ');
  },
};
