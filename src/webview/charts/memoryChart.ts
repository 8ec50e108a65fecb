import * as l10n from '@vscode/l10n';
import { byteTick } from '../../model/chartScale';
import { formatBytes, formatKnown } from '../../model/format';
import { highest, lowest, type ChartDescription } from './description';

/** What the program's objects take, within what V8 holds for them, within what the system gave the process. */
export const memoryChart: ChartDescription = {
  id: 'chart-memory',
  title: l10n.t('Memory'),
  axes: [{ id: 'bytes', side: 'left', unit: 'bytes', tick: byteTick }],
  series: [
    {
      id: 'heap',
      label: l10n.t('Heap used'),
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
      label: l10n.t('Committed'),
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
      needs: 'rss',
      label: l10n.t('RSS'),
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
      needs: 'heapLimit',
      label: l10n.t('Heap limit'),
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
    if (!now) return l10n.t('Memory: no points yet.');
    const [least, most] = [lowest, highest].map((extreme) => extreme(history, (point) => point.usedHeapBytes) ?? Number.NaN);
    const used = [now.usedHeapBytes, least ?? Number.NaN, most ?? Number.NaN].map(formatBytes);
    return [
      l10n.t('Heap used {0} at the end, between {1} and {2} in the time shown.', ...used),
      l10n.t('Committed heap {0}, RSS {1}, heap limit {2}.', formatBytes(now.committedHeapBytes), formatKnown(now.rssBytes, formatBytes), formatKnown(now.heapLimitBytes, formatBytes)),
    ].join(' ');
  },
};
