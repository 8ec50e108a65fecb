/** `x` is a ratio to something in the same run, `/s` a rate. */
export type Unit = 'x' | 'ms' | 'µs' | 'ns' | 'bytes' | '%' | 'count' | '/s';

/** A median, and how far apart the rounds were. */
export interface Figure {
  readonly unit: Unit;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

export type Figures = Readonly<Record<string, Figure>>;

/** @throws RangeError when there is no sample: what was not measured is no figure. */
export function figure(unit: Unit, samples: readonly number[]): Figure {
  const sorted = [...samples].sort((a, b) => a - b);
  const [low] = sorted;
  const high = sorted.at(-1);
  if (low === undefined || high === undefined) throw new RangeError('There is no figure without a sample.');
  return { unit, value: medianOf(sorted), low, high, rounds: sorted.length };
}

/** `0.97 (0.95–0.99)`; without the spread when there was one round. */
export function figureText({ unit, value, low, high, rounds }: Figure): string {
  const spread = rounds > 1 && low !== high ? ` (${numberText(unit, low)}–${numberText(unit, high)})` : '';
  return `${numberText(unit, value)}${unitSuffix(unit)}${spread}`;
}

/** @param sorted Numbers in ascending order. */
export function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

function numberText(unit: Unit, value: number): string {
  if (unit === 'bytes' || unit === 'count' || unit === '/s') return Math.round(value).toLocaleString('en-US');
  if (unit === 'x') return value.toFixed(3);
  return value.toFixed(Math.abs(value) < 1 ? 3 : Math.abs(value) < 100 ? 2 : 0);
}

function unitSuffix(unit: Unit): string {
  if (unit === 'x' || unit === 'count') return '';
  if (unit === '%' || unit === '/s') return unit;
  return ` ${unit === 'bytes' ? 'B' : unit}`;
}
