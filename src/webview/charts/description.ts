import type { AxisUnit } from '../../model/chartScale';
import type { HistoryPoint } from '../../protocol/profile';

/** One line of a chart. Lines differ by dash and shape as well as by colour: not everyone sees colour. */
export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** The axis it is read from. */
  readonly axis: string;
  /** A CSS colour made of theme variables. */
  readonly color: string;
  readonly width: number;
  readonly dash?: readonly number[];
  /** Drawn as steps: a count has no values in between. */
  readonly stepped?: true;
  readonly filled?: true;
  value(point: HistoryPoint): number | null;
  format(value: number): string;
}

export interface ChartAxis {
  readonly id: string;
  readonly side: 'left' | 'right';
  readonly unit: AxisUnit;
  /** Width kept for the labels in CSS pixels, so that the plot does not move when they change. */
  readonly size: number;
  tick(value: number, step: number): string;
}

/** All that is to know about one chart: `timeChart.ts` draws any of them. */
export interface ChartDescription {
  /** Its `data-test` hook. */
  readonly id: string;
  readonly title: string;
  readonly axes: readonly ChartAxis[];
  readonly series: readonly ChartSeries[];
  /** One sentence for people who cannot see the chart. */
  summary(history: readonly HistoryPoint[]): string;
}
