import './historyTable.css';
import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import { formatClock, formatCount, UNKNOWN } from '../../model/format';
import { firstFrom } from '../../model/historySearch';
import type { TimeRange } from '../../model/timeView';
import type { HistoryPoint } from '../../protocol/profile';
import { Button } from '../components/button';
import { pure } from '../components/pure';
import type { ChartSeries } from './description';

/** Rows that are listed at first, and added when asked. */
const ROWS = 100;

interface HistoryTableProps {
  readonly history: readonly HistoryPoint[];
  /** What is selected, or else what the charts would show. */
  readonly range: TimeRange;
  readonly series: readonly ChartSeries[];
  /** What else there is to say about the time of a point: marks, bands. */
  remarks(point: HistoryPoint): string;
}

/** The same figures as the charts have, as text, the newest first. */
export function HistoryTable({ history, range, series, remarks }: HistoryTableProps) {
  const [limit, setLimit] = useState(ROWS);
  const end = firstFrom(history, range.end + 1);
  const start = firstFrom(history, range.start);
  const listed = history.slice(Math.max(start, end - limit), end).reverse();
  const left = end - start - listed.length;
  return (
    <div class="history-table" data-test="history-table" role="region" aria-label={l10n.t('Figures of the charts')} tabIndex={0}>
      <table>
        <caption class="only-read">
          {l10n.t('{0} points from {1} to {2}, the newest first', formatCount(end - start), formatClock(range.start, true), formatClock(range.end, true))}
        </caption>
        <thead>
          <tr>
            <th scope="col">{l10n.t('Time')}</th>
            {series.map(({ id, label }) => (
              <th key={id} scope="col" class="figure">
                {label}
              </th>
            ))}
            <th scope="col">{l10n.t('Remarks')}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((point) => (
            <Row key={point.time} point={point} series={series} remark={remarks(point)} />
          ))}
        </tbody>
      </table>
      {left > 0 && <Button text={l10n.t('Show more ({0})', formatCount(left))} icon="chevron-down" small onClick={() => setLimit(limit + ROWS)} />}
    </div>
  );
}

interface RowProps {
  readonly point: HistoryPoint;
  readonly series: readonly ChartSeries[];
  readonly remark: string;
}

const Row = pure(({ point, series, remark }: RowProps) => (
  <tr data-test="history-row">
    <th scope="row">{formatClock(point.time, true)}</th>
    {series.map((one) => {
      const value = one.value(point);
      return (
        <td key={one.id} class="figure">
          {value === null ? UNKNOWN : one.format(value)}
        </td>
      );
    })}
    <td>{remark}</td>
  </tr>
));
