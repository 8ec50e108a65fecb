/** What each of the six tiles says, as plain data: `tiles.tsx` only lays it out. */
import { formatBytes, formatCompactCount, formatCount, formatDelay, formatEstimate, formatPercent, formatSeconds, UNKNOWN } from '../../model/format';
import { heapGrowth } from '../../model/health';
import type { CurrentFigures, HandleRow, HistoryPoint } from '../../protocol/profile';
import type { PageState } from '../state';

export interface TileFigure {
  /** Its `data-test` hook. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What the figure is, or why there is none. */
  readonly title: string;
  /** Two lines, each of which may be empty: their height is always kept. */
  readonly details: readonly [string, string];
  readonly badge?: { readonly text: string; readonly title: string };
  /** The history of the figure, in the colour that it has in the charts. */
  readonly trace?: { readonly color: string; value(point: HistoryPoint): number | null };
  /** A share from 0 to 1, drawn as a bar where the others have their history. */
  readonly meter?: number;
}

type TileState = Pick<PageState, 'history' | 'handles' | 'allocatedPerSecond'>;

export function tileFigures(current: CurrentFigures, state: TileState): readonly TileFigure[] {
  return [
    {
      id: 'tile-cpu',
      label: 'CPU',
      value: formatPercent(current.cpuPercent),
      title: `Processor time used in the last interval, in per cent of one CPU. The program may use ${current.cpuCount}.`,
      details: [
        `user ${formatSeconds(current.cpuUserSeconds)} · system ${formatSeconds(current.cpuSystemSeconds)}`,
        `of ${formatCount(current.cpuCount * 100)}%`,
      ],
      trace: { color: 'var(--vscode-charts-blue)', value: (point) => point.cpuPercent },
    },
    heapTile(current, state.history),
    allocatedTile(current, state),
    {
      id: 'tile-rss',
      label: 'RSS',
      value: formatBytes(current.rssBytes),
      title: 'Resident set size: the memory that the operating system has given the process.',
      details: [`external ${formatBytes(current.externalBytes)}`, `array buffers ${formatBytes(current.arrayBufferBytes)}`],
      trace: { color: 'var(--vscode-foreground)', value: (point) => point.rssBytes },
    },
    handlesTile(current, state),
    loopTile(current),
  ];
}

function heapTile(current: CurrentFigures, history: readonly HistoryPoint[]): TileFigure {
  const growth = heapGrowth(history);
  return {
    id: 'tile-heap',
    label: 'Heap used',
    value: formatBytes(current.usedHeapBytes),
    title: 'What the objects on the V8 heap take, garbage that is not yet collected included.',
    details: [`committed ${formatBytes(current.committedHeapBytes)}`, `of ${formatBytes(current.heapLimitBytes)} limit`],
    trace: { color: 'var(--vscode-charts-green)', value: (point) => point.usedHeapBytes },
    ...(growth === null
      ? {}
      : { badge: { text: `Growing ${Math.round(growth * 100)}%`, title: 'More than 10% above the mean of the five points before.' } }),
  };
}

function allocatedTile(current: CurrentFigures, { allocatedPerSecond }: TileState): TileFigure {
  const known = current.totalAllocatedBytes !== null;
  const estimate = current.totalAllocatedIsEstimate;
  const total = known ? formatBytes(current.totalAllocatedBytes) : UNKNOWN;
  const rate = allocatedPerSecond === null ? '' : `${formatBytes(allocatedPerSecond)}/s`;
  const exactness = estimate ? ' An estimate: the heap when sampling began, and what the sampler saw since.' : '';
  return {
    id: 'tile-allocated',
    label: 'Total allocated',
    value: estimate ? formatEstimate(total) : total,
    title: known
      ? `All that was ever allocated on the V8 heap, collected or not.${exactness}`
      : 'Not known: this Node.js does not count it, and the allocation sampler is not on.',
    details: [
      `GC ${formatCompactCount(current.gcCount)} · last ${current.gcCount === 0 ? UNKNOWN : formatDelay(current.gcLastPause)}`,
      known ? (estimate && rate !== '' ? formatEstimate(rate) : rate) : 'not known',
    ],
  };
}

const isBackground = ({ category }: HandleRow) => category === 'background';
const isPerRequest = ({ category }: HandleRow) => category === 'per_request';
const isLong = ({ longWaiting }: HandleRow) => longWaiting;
const isStuck = ({ stuck }: HandleRow) => stuck;

function handlesTile(current: CurrentFigures, { handles }: TileState): TileFigure {
  const known = current.openHandles !== null;
  const summary = handles?.missing === null ? handles.summary : null;
  /** A sum over some of the rows is an estimate when one of them is. */
  const figure = (count: number, isPart: (row: HandleRow) => boolean) =>
    handles?.rows.some((row) => row.estimated && isPart(row)) === true ? formatEstimate(formatCompactCount(count)) : formatCount(count);
  return {
    id: 'tile-handles',
    label: 'Open handles',
    value: known ? formatCount(current.openHandles) : UNKNOWN,
    title: known
      ? 'Timers, sockets, servers, requests in flight and other open resources of the program. The lines below count pending operations too.'
      : `Not known: ${handles?.missing ?? 'handles are not tracked in this program.'}`,
    details: [
      known ? (summary ? `${figure(summary.background, isBackground)} background · ${figure(summary.perRequest, isPerRequest)} per request` : '') : 'not known',
      summary ? `${figure(summary.longWaiting, isLong)} long waiting · ${figure(summary.potentiallyStuck, isStuck)} stuck` : '',
    ],
    trace: { color: 'var(--vscode-charts-yellow)', value: (point) => point.openHandles },
  };
}

function loopTile(current: CurrentFigures): TileFigure {
  const known = current.loopDelayP99 !== null;
  return {
    id: 'tile-loop',
    label: 'Event loop',
    value: known ? formatDelay(current.loopDelayP99) : UNKNOWN,
    title: known
      ? 'How late the event loop was in the last interval: 99% of its turns were no later than this. The bar is the share of time it was busy.'
      : 'Not known yet: the delay is measured between two readings.',
    details: [known ? 'p99 delay' : 'p99 delay not known yet', `${formatPercent(current.loopUtilization * 100)} busy`],
    meter: current.loopUtilization,
  };
}
