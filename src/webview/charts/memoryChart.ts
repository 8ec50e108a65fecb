import { byteTick } from '../../model/chartScale';
import { formatBytes, UNKNOWN } from '../../model/format';
import { highest, lowest, type ChartDescription } from './description';

/** What the program's objects take, within what V8 holds for them, within what the system gave the process. */
export const memoryChart: ChartDescription = {
  id: 'chart-memory',
  title: 'Memory',
  axes: [{ id: 'bytes', side: 'left', unit: 'bytes', tick: byteTick }],
  series: [
    {
      id: 'heap',
      label: 'Heap used',
      axis: 'bytes',
      color: 'var(--vscode-charts-green)',
      width: 1.5,
      shape: 'area',
      marker: 'circle',
      value: (point) => point.usedHeapBytes,
      format: formatBytes,
    },
    {
      id: 'committed',
      label: 'Committed',
      axis: 'bytes',
      color: 'var(--vscode-charts-purple)',
      width: 1.5,
      dash: [6, 3],
      shape: 'line',
      marker: 'square',
      value: (point) => point.committedHeapBytes,
      format: formatBytes,
    },
    {
      id: 'rss',
      label: 'RSS',
      axis: 'bytes',
      color: 'var(--vscode-foreground)',
      width: 1,
      dash: [1, 3],
      shape: 'line',
      marker: 'diamond',
      value: (point) => point.rssBytes,
      format: formatBytes,
    },
    {
      id: 'limit',
      label: 'Heap limit',
      axis: 'bytes',
      color: 'var(--vscode-charts-red)',
      width: 1.5,
      dash: [12, 4, 2, 4],
      shape: 'line',
      marker: 'triangle',
      isLimit: true,
      value: (point) => point.heapLimitBytes,
      format: formatBytes,
    },
  ],
  summary: (history) => {
    const now = history.at(-1);
    if (!now) return 'Memory: no points yet.';
    const [least, most] = [lowest, highest].map((extreme) => extreme(history, (point) => point.usedHeapBytes) ?? Number.NaN);
    const limit = now.heapLimitBytes === null ? UNKNOWN : formatBytes(now.heapLimitBytes);
    return (
      `Heap used ${formatBytes(now.usedHeapBytes)} at the end, between ${formatBytes(least ?? Number.NaN)} and ${formatBytes(most ?? Number.NaN)} in the time shown. ` +
      `Committed heap ${formatBytes(now.committedHeapBytes)}, RSS ${formatBytes(now.rssBytes)}, heap limit ${limit}.`
    );
  },
};
