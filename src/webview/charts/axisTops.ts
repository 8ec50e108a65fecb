import { AXIS_STEPS, axisStep } from '../../model/chartScale';
import type { ChartColumns } from '../../model/chartColumns';
import type { ChartDescription, ChartSeries } from './description';

/** A limit comes into the scale when another series has reached this share of it. */
const NEAR_LIMIT = 0.5;

/** Where each axis of a chart ends, by its id. All begin at 0. */
export function axisTops({ axes, series }: ChartDescription, { values }: ChartColumns): ReadonlyMap<string, number> {
  return new Map(
    axes.map((axis) => {
      const isOn = (one: ChartSeries) => one.axis === axis.id;
      const highest = (isLimit: boolean) =>
        series.reduce((most, one, index) => (isOn(one) && (one.isLimit === true) === isLimit ? Math.max(most, highestOf(values[index] ?? [])) : most), 0);
      const measured = highest(false);
      const limit = highest(true);
      const reached = limit > 0 && measured >= limit * NEAR_LIMIT ? Math.max(measured, limit) : measured;
      return [axis.id, AXIS_STEPS * axisStep(axis.unit, reached)];
    }),
  );
}

function highestOf(values: readonly (number | null)[]): number {
  let most = 0;
  for (const value of values) if (value !== null && value > most) most = value;
  return most;
}
