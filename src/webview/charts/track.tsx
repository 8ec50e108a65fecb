import './track.css';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { GrowingColumns } from '../../model/chartColumns';
import { UNKNOWN } from '../../model/format';
import { firstFrom } from '../../model/historySearch';
import type { TimeRange } from '../../model/timeView';
import type { HistoryPoint } from '../../protocol/profile';
import type { Milliseconds } from '../../protocol/units';
import { Icon } from '../components/icon';
import { pure } from '../components/pure';
import { axisTops } from './axisTops';
import type { ChartDescription, ChartSeries } from './description';
import { MarkerShape } from './marker';
import { Plot } from './plot';
import { BOTTOM_PADDING, TIME_AXIS_HEIGHT, TOP_PADDING } from './plotOptions';

interface TrackProps extends PlotProps {
  readonly isOpen: boolean;
  /** What the legend says. */
  readonly point: HistoryPoint | undefined;
  /** Whether that is the point under the cross-hair, which is then marked in the plot. */
  readonly isPointed: boolean;
  /** Why the program gives no values of a series; undefined when it does. */
  missing(series: ChartSeries): string | undefined;
  onToggle(): void;
}

/** One of the charts above each other: a title that folds it, a legend with the values at the cross-hair, and the plot. */
export function Track({ isOpen, point, isPointed, missing, onToggle, ...plot }: TrackProps) {
  const { chart } = plot;
  return (
    <div class="track" data-test={chart.id} data-points={plot.history.length}>
      <div class="track-head">
        <h3 class="track-title">
          <button type="button" class="track-toggle" aria-expanded={isOpen} onClick={onToggle}>
            <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
            {chart.title}
          </button>
        </h3>
        <div class="legend">
          {chart.series.map((series) => (
            <LegendEntry key={series.id} series={series} value={point ? series.value(point) : null} missing={missing(series)} />
          ))}
        </div>
      </div>
      {isOpen && <TrackPlot {...plot} pointed={isPointed ? point : undefined} />}
    </div>
  );
}

interface PlotProps {
  readonly chart: ChartDescription;
  readonly history: readonly HistoryPoint[];
  readonly range: TimeRange;
  readonly gap: Milliseconds;
  /** Of the plot in CSS pixels, without the labels beside it. */
  readonly width: number;
  readonly hasTimeAxis: boolean;
}

const TrackPlot = pure(({ chart, history, range, gap, width, hasTimeAxis, pointed }: PlotProps & { readonly pointed: HistoryPoint | undefined }) => {
  const holder = useRef<HTMLDivElement>(null);
  const drawn = useRef<Plot | null>(null);
  const growing = useMemo(() => new GrowingColumns(chart.series.map((series) => series.value)), [chart]);
  const columns = useMemo(() => growing.of(history, { range, gap, width }), [growing, history, range, gap, width]);
  const tops = useMemo(() => axisTops(chart, columns), [chart, columns]);
  const summary = useMemo(() => chart.summary(inRange(history, range)), [chart, history, range]);

  // An axis without values would show a range that nobody measured, and a page that is not filled yet is painted sooner.
  const isBlank = history.length === 0;

  useLayoutEffect(() => {
    if (!holder.current || isBlank) return undefined;
    const plot = new Plot(holder.current, chart, hasTimeAxis);
    drawn.current = plot;
    return () => {
      drawn.current = null;
      plot.dispose();
    };
  }, [chart, hasTimeAxis, isBlank]);

  useLayoutEffect(() => drawn.current?.update({ columns, range, tops }), [columns, range, tops, hasTimeAxis, isBlank]);

  return (
    <div class="track-plot">
      <div class={`plot${hasTimeAxis ? ' with-time' : ''}`} ref={holder} role="img" aria-label={summary} />
      {pointed && (
        <div class="plot-values" aria-hidden="true" style={{ top: `${TOP_PADDING}px`, bottom: `${hasTimeAxis ? TIME_AXIS_HEIGHT : BOTTOM_PADDING}px` }}>
          {chart.series.map((series) => (
            <PointedValue key={series.id} series={series} point={pointed} range={range} top={tops.get(series.axis) ?? 1} />
          ))}
        </div>
      )}
    </div>
  );
});

interface PointedValueProps {
  readonly series: ChartSeries;
  readonly point: HistoryPoint;
  readonly range: TimeRange;
  readonly top: number;
}

/** A series' value at the cross-hair, where its line is. */
function PointedValue({ series, point, range, top }: PointedValueProps) {
  const value = series.value(point);
  if (value === null || value > top || point.time < range.start || point.time > range.end) return null;
  const left = ((point.time - range.start) / (range.end - range.start)) * 100;
  return (
    <svg class="pointed-value" viewBox="-5 -5 10 10" style={{ left: `${left}%`, top: `${(1 - value / top) * 100}%` }}>
      <MarkerShape marker={series.marker} color={series.color} />
    </svg>
  );
}

function inRange(history: readonly HistoryPoint[], { start, end }: TimeRange): readonly HistoryPoint[] {
  return history.slice(firstFrom(history, start), firstFrom(history, end + 1));
}

/** The line as it is in the plot, its marker, and a value. */
function LegendEntry({ series, value, missing }: { readonly series: ChartSeries; readonly value: number | null; readonly missing: string | undefined }) {
  const { shape, color, width, dash, marker } = series;
  return (
    <span class="legend-entry" data-series={series.id} title={missing}>
      <svg class="legend-line" viewBox="-12 -5 24 10" aria-hidden="true">
        {shape === 'area' && <path class="legend-area" d="M-12 0H12V5H-12Z" style={{ fill: color }} />}
        {shape === 'bars' && <path d="M-8 5V0M-3 5V-4M2 5V2M7 5V-1" fill="none" stroke-width="2" style={{ stroke: color }} />}
        {shape !== 'bars' && (
          <path d={shape === 'steps' ? 'M-12 3H0V-3H12' : 'M-12 0H12'} fill="none" stroke-width={width} stroke-dasharray={dash?.join(' ')} style={{ stroke: color }} />
        )}
        {shape !== 'bars' && <MarkerShape marker={marker} color={color} />}
      </svg>
      <span class="legend-label">{series.label}</span>
      <span class={`legend-value legend-${series.id}`}>{value === null ? UNKNOWN : series.format(value)}</span>
    </span>
  );
}
