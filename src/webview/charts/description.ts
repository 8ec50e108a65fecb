import type { AxisUnit } from '../../model/chartScale';
import type { Capability } from '../../protocol/capabilities';
import type { HistoryPoint } from '../../protocol/profile';

/** How the values of a series are drawn. `steps`: a count has no values in between. `bars`: what took place in an interval. */
export type SeriesShape = 'line' | 'area' | 'steps' | 'bars';

/** What marks the values of a series under the cross-hair. */
export type SeriesMarker = 'circle' | 'square' | 'diamond' | 'triangle';

/** One series of a chart. Series differ by dash, shape and marker as well as by colour: not everyone sees colour. */
export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** The axis it is read from. */
  readonly axis: string;
  /** A CSS colour made of theme variables. */
  readonly color: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly shape: SeriesShape;
  readonly marker: SeriesMarker;
  /** Where not every program gives it. */
  readonly needs?: Capability;
  /** Left out of the scale until another series comes near it: what is far below a limit would be a flat line. */
  readonly isLimit?: true;
  value(point: HistoryPoint): number | null;
  format(value: number): string;
}

export interface ChartAxis {
  readonly id: string;
  readonly side: 'left' | 'right';
  readonly unit: AxisUnit;
  tick(value: number, step: number): string;
}

/** All that is to know about one chart: `plot.ts` draws any of them. */
export interface ChartDescription {
  /** Its `data-test` hook. */
  readonly id: string;
  readonly title: string;
  readonly axes: readonly ChartAxis[];
  readonly series: readonly ChartSeries[];
  /** A sentence or two for people who cannot see the chart, about the points on show. */
  summary(history: readonly HistoryPoint[]): string;
}

/** The highest of the known values; null when none is known. */
export function highest(history: readonly HistoryPoint[], value: (point: HistoryPoint) => number | null): number | null {
  let found: number | null = null;
  for (const point of history) {
    const at = value(point);
    if (at !== null && (found === null || at > found)) found = at;
  }
  return found;
}

/** The lowest of the known values; null when none is known. */
export function lowest(history: readonly HistoryPoint[], value: (point: HistoryPoint) => number | null): number | null {
  const negated = highest(history, (point) => {
    const at = value(point);
    return at === null ? null : -at;
  });
  return negated === null ? null : -negated;
}
