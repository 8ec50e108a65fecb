import './chartCard.css';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { chartColumns } from '../../model/chartColumns';
import { formatClock, UNKNOWN } from '../../model/format';
import type { ChartDescription, ChartSeries } from '../charts/description';
import { TimeChart } from '../charts/timeChart';
import type { Interval } from '../../protocol/profile';
import type { PageState } from '../state';

interface ChartCardProps {
  readonly chart: ChartDescription;
  readonly state: Pick<PageState, 'history' | 'windowSeconds' | 'intervalSeconds'>;
  /** Said in the chart's place while it has no points. */
  readonly waiting: string;
  /** The stretch of time that is selected, in all charts. */
  readonly selected: Interval | null;
  onSelect(interval: Interval | null): void;
}

/** A chart with its title and a legend that shows the current values, or those at the time under the mouse. */
export function ChartCard({ chart, state, waiting, selected, onSelect }: ChartCardProps) {
  const { history, windowSeconds, intervalSeconds } = state;
  const holder = useRef<HTMLDivElement>(null);
  const drawn = useRef<TimeChart | null>(null);
  // The chart lives longer than one drawing of the page.
  const latest = useRef({ selected, onSelect });
  latest.current = { selected, onSelect };
  const [cursor, setCursor] = useState<number | null>(null);
  const columns = useMemo(
    () => chartColumns(history, chart.series.map((series) => series.value), intervalSeconds),
    [history, chart, intervalSeconds],
  );

  useLayoutEffect(() => {
    if (!holder.current) return undefined;
    const timeChart = new TimeChart(holder.current, chart, {
      onCursor: setCursor,
      onSelect: (interval) => latest.current.onSelect(interval),
      selected: () => latest.current.selected,
    });
    drawn.current = timeChart;
    return () => timeChart.dispose();
  }, [chart]);

  useLayoutEffect(() => {
    const end = history.at(-1)?.time;
    if (end !== undefined) drawn.current?.update(columns, { start: end - windowSeconds * 1000, end });
  }, [columns, windowSeconds]);

  useLayoutEffect(() => drawn.current?.redraw(), [selected]);

  const at = cursor === null ? undefined : columns.times[cursor];
  const row = at === undefined ? columns.times.length - 1 : (cursor ?? 0);
  return (
    <section class="card chart-card" data-test={chart.id} data-points={history.length}>
      <div class="card-head">
        <h2 class="card-title">{chart.title}</h2>
        <span class="legend-time">{at === undefined ? (history.length > 0 ? 'latest' : '') : formatClock(at, true)}</span>
        <div class="legend">
          {chart.series.map((series, index) => (
            <LegendEntry key={series.id} series={series} value={columns.values[index]?.[row] ?? null} />
          ))}
        </div>
      </div>
      <div class="chart-frame">
        <div class={`chart${history.length === 0 ? ' blank' : ''}`} ref={holder} role="img" aria-label={chart.summary(history)} />
        {history.length === 0 && <div class="chart-waiting">{waiting}</div>}
      </div>
    </section>
  );
}

function LegendEntry({ series, value }: { readonly series: ChartSeries; readonly value: number | null }) {
  return (
    <span class="legend-entry">
      <svg class="legend-line" viewBox="0 0 18 8" aria-hidden="true">
        {series.filled && <path class="legend-area" d="M0 4H18V8H0Z" style={{ fill: series.color }} />}
        <path
          d={series.stepped ? 'M0 6H9V2H18' : 'M0 4H18'}
          fill="none"
          stroke-width={series.width}
          stroke-dasharray={series.dash?.join(' ')}
          style={{ stroke: series.color }}
        />
      </svg>
      <span class="legend-label">{series.label}</span>
      <span class="legend-value">{value === null ? UNKNOWN : series.format(value)}</span>
    </span>
  );
}
