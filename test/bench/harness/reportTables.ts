import { TextTable } from '../../helpers/textTable';
import type { BenchRow } from './benchPart';
import type { Budget } from './budget';
import { figureText } from './figure';

/** One table per version of Node.js: a line per subject and variant, a column per figure. */
export function rowTables(title: string, rows: readonly BenchRow[]): string {
  const tables = new Map<string | null, TextTable>();
  for (const { subject, variant, node, figures } of rows) {
    const table = tables.get(node) ?? new TextTable(node === null ? title : `${title}, Node.js ${node}`);
    tables.set(node, table);
    const line = variant === '' ? subject : `${subject}: ${variant}`;
    for (const [name, figure] of Object.entries(figures)) table.set(line, name, figureText(figure));
  }
  return [...tables.values()].map(String).join('\n\n');
}

export function budgetTable(budgets: readonly Budget[]): string {
  const table = new TextTable('budget');
  for (const { name, value, limit, sense, met, kind } of budgets) {
    table.set(name, 'limit', `${sense === 'atLeast' ? '≥' : '≤'} ${limit.toLocaleString('en-US')}`);
    table.set(name, 'value', value.toLocaleString('en-US', { maximumFractionDigits: 4 }));
    table.set(name, 'met', met ? 'yes' : kind === 'gate' ? 'NO (fails the CI)' : 'no');
  }
  return table.toString();
}
