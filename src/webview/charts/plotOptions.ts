import uPlot from 'uplot';
import { AXIS_STEPS } from '../../model/chartScale';
import { formatClock } from '../../model/format';
import type { ChartAxis, ChartDescription, ChartSeries } from './description';
import { faded, themeColor } from './theme';

/**
 * Room for the labels of the two value axes in CSS pixels: the same in all charts, so that one time is at one place, and
 * always the same, so that the plot does not move when the labels change.
 */
export const LEFT_GUTTER = 58;
export const RIGHT_GUTTER = 44;
/** Height of the labels of the time axis in CSS pixels. */
export const TIME_AXIS_HEIGHT = 20;
/** Above the plot, so that the highest label of an axis is not cut. */
export const TOP_PADDING = 7;
export const BOTTOM_PADDING = 6;

const FILL_PERCENT = 16;
const BAR_FILL_PERCENT = 60;
const GRID_PERCENT = 12;
const MINUTE_MS = 60_000;
/** Room for a time label in CSS pixels, and the least that it needs. */
const TIME_LABEL_SPACE = 72;
const LEAST_LABEL_SPACE = 58;
/** Between two time labels, in milliseconds. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400].map((seconds) => seconds * 1_000);
/** A bar takes this share of the room between two points, and so many CSS pixels at most and at least. */
const BAR_SIZE: [number, number, number] = [0.5, 5, 1.5];
/** uPlot's enum of sides exists in its types only. A value axis is on the left unless told otherwise. */
const ON_THE_RIGHT = { side: 1 };

export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  /** Whether the times are written below. */
  readonly hasTimeAxis: boolean;
  /** Where an axis ends at the moment. */
  top(axis: string): number;
}

/** A description in the terms of uPlot, with the colours of the current theme. The cross-hair is drawn above all charts at once. */
export function plotOptions(description: ChartDescription, frame: PlotFrame): uPlot.Options {
  const { width, height, hasTimeAxis, top } = frame;
  const isOneSided = description.axes.every(({ side }) => side === 'left');
  return {
    width,
    height,
    ms: 1,
    padding: [TOP_PADDING, isOneSided ? RIGHT_GUTTER : 0, hasTimeAxis ? 0 : BOTTOM_PADDING, 0],
    legend: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    cursor: { show: false },
    scales: {
      x: { time: true, auto: false },
      ...Object.fromEntries(description.axes.map(({ id }) => [id, { range: () => [0, top(id)] } satisfies uPlot.Scale])),
    },
    axes: [timeAxis(hasTimeAxis), ...description.axes.map(valueAxis)],
    series: [{}, ...description.series.map(line)],
  };
}

function timeAxis(isLabelled: boolean): uPlot.Axis {
  return {
    ...looks(),
    size: isLabelled ? TIME_AXIS_HEIGHT : 0,
    gap: 4,
    incrs: TIME_STEPS,
    // In a narrow chart they stand closer, so that there is one at all.
    space: (_chart, _axis, _low, _high, width) => Math.max(LEAST_LABEL_SPACE, Math.min(TIME_LABEL_SPACE, width / 2)),
    filter: inScale,
    grid: { ...gridLines(), filter: inScale },
    // As they come from the filter.
    values: (_chart, splits: (number | null)[], _axis, _space, step) => splits.map((time) => (isLabelled && time !== null ? formatClock(time, step < MINUTE_MS) : '')),
  };
}

/** uPlot gives the first time after the begin of the chart also when it is after its end. */
function inScale({ scales }: uPlot, times: number[]): (number | null)[] {
  const end = scales.x?.max ?? Infinity;
  return times.map((time) => (time <= end ? time : null));
}

function valueAxis(axis: ChartAxis): uPlot.Axis {
  const options: uPlot.Axis = {
    ...looks(),
    scale: axis.id,
    size: axis.side === 'left' ? LEFT_GUTTER : RIGHT_GUTTER,
    gap: 6,
    // The axis on the right has the same number of steps, so the grid of the left one serves both.
    grid: axis.side === 'left' ? gridLines() : { show: false },
    splits: (_chart, _axis, _low, high) => Array.from({ length: AXIS_STEPS + 1 }, (_, step) => (high / AXIS_STEPS) * step),
    // Every other one is written: the charts are low.
    values: (_chart, splits) => splits.map((value, index) => (index % 2 === 0 ? axis.tick(value, splits[1] ?? 1) : '')),
  };
  return axis.side === 'right' ? Object.assign(options, ON_THE_RIGHT) : options;
}

function gridLines(): uPlot.Axis.Grid {
  return { stroke: themeColor(faded('var(--vscode-foreground)', GRID_PERCENT)), width: 1 };
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
  const options: uPlot.Series = {
    label: series.label,
    scale: series.axis,
    stroke: themeColor(series.color),
    width: series.width,
    // A value between two gaps has no line: it is drawn as a point.
    points: { show: true, size: 4, filter: (chart, index) => lonelyIndices(chart.data[index] ?? []) },
  };
  if (series.dash) options.dash = [...series.dash];
  if (series.shape === 'area') options.fill = themeColor(faded(series.color, FILL_PERCENT));
  const { bars, stepped } = uPlot.paths;
  if (series.shape === 'steps' && stepped) options.paths = stepped({ align: 1 });
  if (series.shape === 'bars' && bars) {
    options.fill = themeColor(faded(series.color, BAR_FILL_PERCENT));
    options.paths = bars({ size: BAR_SIZE });
    options.points = { show: false };
  }
  return options;
}

function lonelyIndices(values: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (values[index] != null && values[index - 1] == null && values[index + 1] == null) found.push(index);
  }
  return found;
}
