import { byteTick } from '../../model/chartScale';
import { formatBytes } from '../../model/format';
import type { ChartDescription } from './description';

/** What the program's objects take, within what V8 holds for them, within what the system gave the process. */
export const memoryChart: ChartDescription = {
  id: 'chart-memory',
  title: 'Memory',
  axes: [{ id: 'bytes', side: 'left', unit: 'bytes', size: 62, tick: byteTick }],
  series: [
    {
      id: 'heap',
      label: 'Heap used',
      axis: 'bytes',
      color: 'var(--vscode-charts-green)',
      width: 1.5,
      filled: true,
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
      value: (point) => point.rssBytes,
      format: formatBytes,
    },
  ],
  summary: (history) => {
    const now = history.at(-1);
    if (!now) return 'Memory: no points yet.';
    const used = history.map((point) => point.usedHeapBytes);
    const range = `between ${formatBytes(Math.min(...used))} and ${formatBytes(Math.max(...used))} in the time shown`;
    return (
      `Heap used ${formatBytes(now.usedHeapBytes)} now, ${range}. ` +
      `Committed heap ${formatBytes(now.committedHeapBytes)}, RSS ${formatBytes(now.rssBytes)}.`
    );
  },
};
