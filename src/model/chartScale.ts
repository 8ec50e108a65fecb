/**
 * Axes with a fixed number of equal steps from 0. The two axes of one chart then share their grid lines, and an axis
 * changes only when its highest value leaves the range, not with every point.
 */

import type { Milliseconds } from '../protocol/units';

/** Steps of every value axis. */
export const AXIS_STEPS = 4;

const DECIMAL_STEPS = [1, 2, 2.5, 5, 10] as const;
const INTEGER_STEPS = [1, 2, 5, 10] as const;
/** Round in a unit of 1024: half and three quarters of the next unit follow on the hundreds. */
const BYTE_STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12.5, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 256, 300, 400, 512, 768] as const;

export type AxisUnit = 'percent' | 'count' | 'bytes' | 'milliseconds';

/** The size of one step of an axis that must reach `highest`. */
export function axisStep(unit: AxisUnit, highest: number): number {
  const needed = (Number.isFinite(highest) ? Math.max(0, highest) : 0) / AXIS_STEPS;
  switch (unit) {
    case 'percent':
      // At least 0 to 100: an idle program's noise must not fill the chart.
      return Math.max(25, roundUp(needed, DECIMAL_STEPS, 10));
    case 'count':
      return Math.max(1, roundUp(needed, INTEGER_STEPS, 10));
    case 'milliseconds':
      // An event loop is a millisecond late now and then: that is no mountain.
      return Math.max(5, roundUp(needed, DECIMAL_STEPS, 10));
    case 'bytes':
      return Math.max(256, roundUp(needed, BYTE_STEPS, 1024));
  }
}

/** The label of a point on a byte axis, in the unit that suits the whole axis: "0", "40 MB", "1.5 GB". */
export function byteTick(value: number, step: number): string {
  if (value === 0) return '0';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let power = 0;
  while (step / 1024 ** power >= 512 && power < units.length - 1) power++;
  return `${Number((value / 1024 ** power).toFixed(2))} ${units[power] ?? ''}`;
}

/** The label of a point on an axis of durations, in the unit that suits the whole axis: "0", "50 ms", "1.5 s". */
export function delayTick(value: Milliseconds, step: Milliseconds): string {
  if (value === 0) return '0';
  return step < 250 ? `${Number(value.toFixed(1))} ms` : `${Number((value / 1000).toFixed(2))} s`;
}

/** The smallest `step × base^n` that is not below `needed`; the steps end where the next power of `base` begins or before. */
function roundUp(needed: number, steps: readonly number[], base: number): number {
  if (needed <= 0) return 0;
  let power = base ** Math.floor(Math.log(needed) / Math.log(base));
  // The logarithm of an exact power may come out a little low.
  if (needed >= power * base) power *= base;
  for (const step of steps) if (step * power >= needed) return step * power;
  return power * base;
}
