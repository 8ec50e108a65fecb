/** What each of the six tiles says, as plain data: `tiles.tsx` only lays it out. */
import * as l10n from '@vscode/l10n';
import { formatBytes, formatCompactCount, formatCount, formatAge, formatDelay, formatEstimate, formatKnown, formatPercent, formatSeconds, UNKNOWN } from '../../model/format';
import { heapGrowth } from '../../model/health';
import { trendOf } from '../../model/trend';
import type { HandleSummary } from '../../protocol/collector';
import type { CurrentFigures, HistoryPoint } from '../../protocol/profile';
import type { PageState } from '../state';
import { missingReason, reasonFor } from './reasons';

export interface TileFigure {
  /** Its `data-test` hook. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What the figure is, or why there is none. */
  readonly title: string;
  /** Two lines of one or two figures, '' for one that is not there: its place is always kept. */
  readonly details: readonly [readonly string[], readonly string[]];
  readonly badge?: { readonly text: string; readonly title: string };
  /** How it has changed of late. */
  readonly trend?: { readonly text: string; readonly title: string };
  /** The history of the figure, in the colour that it has in the charts. */
  readonly trace?: { readonly color: string; value(point: HistoryPoint): number | null };
  /** A share from 0 to 1, drawn as a bar where the others have their history. */
  readonly meter?: number;
}

/** What the figures are made from, but for those of the moment. */
export type TileState = Pick<PageState, 'history' | 'handles' | 'allocatedPerSecond' | 'status'>;

export function tileFigures(current: CurrentFigures, state: TileState): readonly TileFigure[] {
  const { history } = state;
  return [
    cpuTile(current, state),
    heapTile(current, history),
    allocatedTile(current, state),
    {
      id: 'tile-rss',
      label: l10n.t('RSS'),
      value: formatKnown(current.rssBytes, formatBytes),
      title: current.rssBytes === null ? reasonFor(state, 'rss') : l10n.t('Resident set size: the memory that the operating system has given the process.'),
      details: [
        [current.externalBytes === null ? l10n.t('not known') : l10n.t('external {0}', formatBytes(current.externalBytes))],
        [current.arrayBufferBytes === null ? '' : l10n.t('array buffers {0}', formatBytes(current.arrayBufferBytes))],
      ],
      ...traced(history, 'var(--vscode-foreground)', (point) => point.rssBytes, formatBytes),
    },
    handlesTile(current, state),
    loopTile(current, state),
  ];
}

function cpuTile(current: CurrentFigures, state: TileState): TileFigure {
  const { cpuPercent, cpuUserSeconds, cpuSystemSeconds, cpuCount } = current;
  const ofProcess = cpuUserSeconds !== null && cpuSystemSeconds !== null;
  return {
    id: 'tile-cpu',
    label: l10n.t('CPU'),
    value: formatKnown(cpuPercent, formatPercent),
    title: cpuTitle(current, state),
    details: [
      [ofProcess ? l10n.t('user {0}', formatSeconds(cpuUserSeconds)) : cpuPercent === null ? l10n.t('not known') : l10n.t('main thread only')],
      [ofProcess ? l10n.t('system {0}', formatSeconds(cpuSystemSeconds)) : '', cpuCount === null ? '' : l10n.t('of {0}', `${formatCount(cpuCount * 100)}%`)],
    ],
    ...traced(state.history, 'var(--vscode-charts-blue)', (point) => point.cpuPercent, formatPercent),
  };
}

function cpuTitle({ cpuPercent, cpuUserSeconds, cpuCount }: CurrentFigures, state: TileState): string {
  if (cpuPercent === null) return reasonFor(state, 'cpu');
  if (cpuUserSeconds === null || cpuCount === null) return l10n.t('Processor time that the main thread used in the last interval, in per cent of one CPU. Other threads are not in it.');
  return l10n.t('Processor time used in the last interval, in per cent of one CPU. The program may use {0}.', cpuCount);
}

/** The line of a figure's history, and how it has changed in the last minute. */
function traced(
  history: readonly HistoryPoint[],
  color: string,
  value: (point: HistoryPoint) => number | null,
  format: (value: number) => string,
): Pick<TileFigure, 'trace'> & Pick<TileFigure, 'trend'> {
  return { trace: { color, value }, ...trendPart(history, value, format) };
}

/** Its direction is a shape, and the change is in the unit of the figure. */
function trendPart(history: readonly HistoryPoint[], value: (point: HistoryPoint) => number | null, format: (value: number) => string): Pick<TileFigure, 'trend'> {
  const trend = trendOf(history, value);
  if (trend === null) return {};
  const size = format(Math.abs(trend.change));
  const direction = size === format(0) ? '=' : trend.change > 0 ? '▲' : '▼';
  const title = {
    '=': l10n.t('The same as {0} before', formatAge(trend.over)),
    '▲': l10n.t('{0} more than {1} before', size, formatAge(trend.over)),
    '▼': l10n.t('{0} less than {1} before', size, formatAge(trend.over)),
  }[direction];
  return { trend: { text: direction === '=' ? direction : `${direction} ${size}`, title } };
}

function heapTile(current: CurrentFigures, history: readonly HistoryPoint[]): TileFigure {
  const growth = heapGrowth(history);
  return {
    id: 'tile-heap',
    label: l10n.t('Heap used'),
    value: formatBytes(current.usedHeapBytes),
    title: l10n.t('What the objects on the V8 heap take, garbage that is not yet collected included.'),
    details: [[l10n.t('committed {0}', formatBytes(current.committedHeapBytes))], [current.heapLimitBytes === null ? l10n.t('limit not known') : l10n.t('of {0} limit', formatBytes(current.heapLimitBytes))]],
    ...traced(history, 'var(--vscode-charts-green)', (point) => point.usedHeapBytes, formatBytes),
    ...(growth === null
      ? {}
      : { badge: { text: l10n.t('Growing {0}%', Math.round(growth * 100)), title: l10n.t('More than 10% above the mean of the five points before.') } }),
  };
}

function allocatedTile(current: CurrentFigures, state: TileState): TileFigure {
  const { allocatedPerSecond } = state;
  const known = current.totalAllocatedBytes !== null;
  const estimate = current.totalAllocatedIsEstimate;
  const total = known ? formatBytes(current.totalAllocatedBytes) : UNKNOWN;
  const rate = allocatedPerSecond === null ? '' : `${formatBytes(allocatedPerSecond)}/s`;
  const exactness = estimate ? ` ${l10n.t('An estimate: the heap when sampling began, and what the sampler saw since.')}` : '';
  return {
    id: 'tile-allocated',
    label: l10n.t('Total allocated'),
    value: estimate ? formatEstimate(total) : total,
    title: known
      ? `${l10n.t('All that was ever allocated on the V8 heap, collected or not.')}${exactness}`
      : (missingReason(state, 'totalAllocated') ?? l10n.t('Not known: this Node.js does not count it, and the allocation sampler is not on.')),
    details: [
      [collectionsText(current)],
      [known ? (estimate && rate !== '' ? formatEstimate(rate) : rate) : l10n.t('not known')],
    ],
  };
}

function collectionsText({ gcCount, gcLastPause }: CurrentFigures): string {
  if (gcCount === null) return l10n.t('GC not known');
  return l10n.t('GC {0} · last {1}', formatCompactCount(gcCount), gcCount === 0 ? UNKNOWN : formatKnown(gcLastPause, formatDelay));
}

function handlesTile(current: CurrentFigures, state: TileState): TileFigure {
  const { handles, history } = state;
  const known = current.openHandles !== null;
  const summary = handles?.missing === null ? handles.summary : null;
  const figure = (part: keyof HandleSummary) => {
    const count = summary?.[part] ?? 0;
    return handles?.estimates[part] === true ? formatEstimate(formatCompactCount(count)) : formatCount(count);
  };
  return {
    id: 'tile-handles',
    label: l10n.t('Open handles'),
    value: known ? formatCount(current.openHandles) : UNKNOWN,
    title: known
      ? l10n.t('Timers, sockets, servers, requests in flight and other open resources of the program. The lines below count pending operations too.')
      : (missingReason(state, 'handles') ?? l10n.t('Not known: {0}', handles?.missing ?? l10n.t('handles are not tracked in this program.'))),
    details: summary
      ? [
          [l10n.t('{0} background', figure('background')), l10n.t('{0} per request', figure('perRequest'))],
          [l10n.t('{0} long waiting', figure('longWaiting')), l10n.t('{0} stuck', figure('potentiallyStuck'))],
        ]
      : [[known ? '' : l10n.t('not known'), ''], ['', '']],
    ...traced(history, 'var(--vscode-charts-yellow)', (point) => point.openHandles, formatCount),
  };
}

function loopTile(current: CurrentFigures, state: TileState): TileFigure {
  const { loopDelayP99, loopUtilization } = current;
  const known = loopDelayP99 !== null;
  const missing = missingReason(state, 'loopDelay');
  const isFirst = missing === undefined && !state.history.some((point) => point.loopDelayP99 !== null);
  return {
    id: 'tile-loop',
    label: l10n.t('Event loop'),
    value: formatKnown(loopDelayP99, formatDelay),
    title: known
      ? l10n.t('How late the event loop was in the last interval: 99% of its turns were no later than this. The bar is the share of time it was busy.')
      : (missing ?? (isFirst ? l10n.t('Not known yet: the delay is measured between two readings.') : l10n.t('Not known: the loop does not turn while the debugger holds the program, or something keeps it busy.'))),
    details: [
      [known ? l10n.t('p99 delay') : isFirst ? l10n.t('p99 delay not known yet') : l10n.t('p99 delay not known')],
      [loopUtilization === null ? '' : l10n.t('{0} busy', formatPercent(loopUtilization * 100))],
    ],
    ...trendPart(state.history, (point) => point.loopDelayP99, formatDelay),
    ...(loopUtilization === null ? {} : { meter: loopUtilization }),
  };
}
