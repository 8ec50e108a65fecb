import { formatCount, formatPercent, UNKNOWN } from '../../model/format';
import { highest, type ChartDescription } from './description';

/** CPU use, and the number of open handles on the second axis: load that rises with it is work, handles alone are a leak. */
export const cpuChart: ChartDescription = {
  id: 'chart-cpu',
  title: 'CPU and open handles',
  axes: [
    { id: 'percent', side: 'left', unit: 'percent', tick: (value) => `${value}%` },
    { id: 'count', side: 'right', unit: 'count', tick: (value) => formatCount(value) },
  ],
  series: [
    {
      id: 'cpu',
      label: 'CPU',
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
      label: 'Open handles',
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
    if (!now) return 'CPU and open handles: no points yet.';
    const most = highest(history, (point) => point.cpuPercent);
    const handles = now.openHandles === null ? 'Open handles are not known' : `${formatCount(now.openHandles)} open handles`;
    return `CPU ${formatPercent(now.cpuPercent)} at the end, at most ${most === null ? UNKNOWN : formatPercent(most)} in the time shown. ${handles}.`;
  },
};
