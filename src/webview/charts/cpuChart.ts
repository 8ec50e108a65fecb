import * as l10n from '@vscode/l10n';
import { formatCount, formatKnown, formatPercent } from '../../model/format';
import { highest, type ChartDescription } from './description';

/** CPU use, and the number of open handles on the second axis: load that rises with it is work, handles alone are a leak. */
export const cpuChart: ChartDescription = {
  id: 'chart-cpu',
  title: l10n.t('CPU and open handles'),
  axes: [
    { id: 'percent', side: 'left', unit: 'percent', tick: (value) => `${value}%` },
    { id: 'count', side: 'right', unit: 'count', tick: (value) => formatCount(value) },
  ],
  series: [
    {
      id: 'cpu',
      needs: 'cpu',
      label: l10n.t('CPU'),
      axis: 'percent',
      color: 'var(--vscode-charts-blue)',
      width: 1.5,
      shape: 'area',
      marker: 'circle',
      value: (point) => point.cpuPercent,
      format: formatPercent,
    },
    {
      id: 'handles',
      needs: 'handles',
      label: l10n.t('Open handles'),
      axis: 'count',
      color: 'var(--vscode-charts-yellow)',
      width: 1.5,
      dash: [5, 3],
      shape: 'steps',
      marker: 'square',
      value: (point) => point.openHandles,
      format: formatCount,
    },
  ],
  summary: (history) => {
    const now = history.at(-1);
    if (!now) return l10n.t('CPU and open handles: no points yet.');
    const most = highest(history, (point) => point.cpuPercent);
    const handles = now.openHandles === null ? l10n.t('Open handles are not known.') : l10n.t('Open handles: {0}.', formatCount(now.openHandles));
    const cpu = l10n.t('CPU {0} at the end, at most {1} in the time shown.', formatKnown(now.cpuPercent, formatPercent), formatKnown(most, formatPercent));
    return `${cpu} ${handles}`;
  },
};
