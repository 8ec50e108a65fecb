/** Figures that tests in VS Code measure, for `npm run bench`: it has no editor of its own. */
import { perform } from './driver';
import type { MeasuredFigure } from './driverProtocol';
import { TextTable } from './textTable';

/** Writes figures to out/measured/NAME.json, and prints them as a table. */
export async function keepFigures(name: string, figures: readonly MeasuredFigure[]): Promise<void> {
  const table = new TextTable(`what a user waits for: ${name}`);
  for (const { subject, figure, unit, samples, limit } of figures) {
    const row = `${subject}, ${figure}`;
    const text = (value: number) => `${value.toFixed(unit === 'ms' ? 1 : 0)}${unit === 'count' ? '' : ` ${unit}`}`;
    table.set(row, 'median', text(median(samples)));
    table.set(row, 'least', text(Math.min(...samples)));
    table.set(row, 'most', text(Math.max(...samples)));
    table.set(row, 'limit', limit === null ? '' : text(limit));
    table.set(row, 'samples', String(samples.length));
  }
  table.print();
  await perform('measured', { name, figures });
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
