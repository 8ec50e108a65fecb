import uPlot from 'uplot';
import { AXIS_STEPS, axisStep } from '../../model/chartScale';
import { formatClock } from '../../model/format';
import type { Interval } from '../../protocol/profile';
import type { ChartAxis, ChartDescription, ChartSeries } from './description';
import { faded, themeColor } from './theme';

/** Charts on one page show the cursor at the same time of day. */
const CURSOR_GROUP = 'bifrost';
const FILL_PERCENT = 16;
const GRID_PERCENT = 14;
const SELECTION_PERCENT = 70;
/** A drag of fewer CSS pixels is a click. */
const LEAST_DRAG = 4;
const MINUTE_MS = 60_000;
/** Room that a time label needs in CSS pixels, and the most intervals between labels: with more, they show seconds. */
const TIME_LABEL_SPACE = 48;
const TIME_INTERVALS = 6;
/** uPlot's enum of sides exists in its types only. A value axis is on the left unless told otherwise. */
const ON_THE_RIGHT = { side: 1 };

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** What a chart tells, and is told by when it draws. */
export interface ChartEvents {
  /** Which row of the columns the mouse is at; null when it left. */
  onCursor(index: number | null): void;
  /** A stretch of time was selected by dragging; null when a click ended the selection. */
  onSelect(interval: Interval | null): void;
  /** What is selected, to be marked in the chart. */
  selected(): Interval | null;
}

/** A description in the terms of uPlot, with the colours of the current theme. */
export function uplotOptions(description: ChartDescription, size: ChartSize, events: ChartEvents): uPlot.Options {
  return {
    ...size,
    ms: 1,
    legend: { show: false },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    cursor: {
      y: false,
      // Nothing can be zoomed: the range is always the window of the history.
      drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG },
      bind: { dblclick: () => null },
      points: { size: 7 },
      sync: { key: CURSOR_GROUP },
    },
    scales: { x: { time: true, auto: false }, ...Object.fromEntries(description.axes.map((axis) => [axis.id, valueScale(axis)])) },
    axes: [timeAxis(), ...description.axes.map(valueAxis)],
    series: [{}, ...description.series.map(line)],
    hooks: {
      setCursor: [(chart) => events.onCursor(chart.cursor.idx ?? null)],
      setSelect: [(chart) => select(chart, events)],
      drawClear: [(chart) => drawSelection(chart, events.selected())],
    },
  };
}

/** Hands on what was dragged, and takes uPlot's own mark away: it would stand still while the time goes on. */
function select(chart: uPlot, events: ChartEvents): void {
  const { left, width } = chart.select;
  if (width >= LEAST_DRAG) events.onSelect({ from: chart.posToVal(left, 'x'), to: chart.posToVal(left + width, 'x') });
  else if (events.selected() !== null) events.onSelect(null);
  if (width > 0) chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function drawSelection(chart: uPlot, interval: Interval | null): void {
  if (interval === null) return;
  const { left, top, width, height } = chart.bbox;
  const position = (time: number) => Math.min(left + width, Math.max(left, chart.valToPos(time, 'x', true)));
  const [from, to] = [position(interval.from), position(interval.to)];
  chart.ctx.save();
  chart.ctx.fillStyle = themeColor(faded('var(--vscode-editor-selectionBackground, var(--vscode-focusBorder))', SELECTION_PERCENT));
  chart.ctx.fillRect(from, top, Math.max(1, to - from), height);
  chart.ctx.restore();
}

function valueScale(axis: ChartAxis): uPlot.Scale {
  return { range: (_chart, _lowest, highest: number | null) => [0, AXIS_STEPS * axisStep(axis.unit, highest ?? 0)] };
}

function timeAxis(): uPlot.Axis {
  return {
    ...looks(),
    size: 28,
    gap: 8,
    space: (_chart, _axis, _start, _end, width) => Math.max(TIME_LABEL_SPACE, width / TIME_INTERVALS),
    grid: { show: false },
    values: (_chart, splits, _axis, _space, step) => splits.map((time) => formatClock(time, step < MINUTE_MS)),
  };
}

function valueAxis(axis: ChartAxis): uPlot.Axis {
  const options: uPlot.Axis = {
    ...looks(),
    scale: axis.id,
    size: axis.size,
    gap: 6,
    // The axis on the right has the same number of steps, so the grid of the left one serves both.
    grid: axis.side === 'left' ? { stroke: themeColor(faded('var(--vscode-foreground)', GRID_PERCENT)), width: 1 } : { show: false },
    splits: (_chart, _axis, _low, high) => Array.from({ length: AXIS_STEPS + 1 }, (_, step) => (high / AXIS_STEPS) * step),
    values: (_chart, splits) => splits.map((value) => axis.tick(value, splits[1] ?? 1)),
  };
  return axis.side === 'right' ? Object.assign(options, ON_THE_RIGHT) : options;
}

function looks(): uPlot.Axis {
  const font = getComputedStyle(document.body).fontFamily;
  return {
    stroke: themeColor('var(--vscode-descriptionForeground, var(--vscode-foreground))'),
    font: `11px ${font}`,
    ticks: { show: false },
    border: { show: false },
  };
}

function line(series: ChartSeries): uPlot.Series {
  const color = themeColor(series.color);
  const { stepped } = uPlot.paths;
  return {
    label: series.label,
    scale: series.axis,
    stroke: color,
    width: series.width,
    points: { show: false },
    ...(series.dash ? { dash: [...series.dash] } : {}),
    ...(series.filled ? { fill: themeColor(faded(series.color, FILL_PERCENT)) } : {}),
    ...(series.stepped && stepped ? { paths: stepped({ align: 1 }) } : {}),
  };
}
