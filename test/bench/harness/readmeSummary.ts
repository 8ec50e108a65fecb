/** What a full run came to, for README.md: a few lines of Markdown between two markers. */
import { TextTable } from '../../helpers/textTable';
import type { BenchReport } from './benchReport';
import type { Budget } from './budget';
import type { Figure } from './figure';

const BEGIN = '<!-- written by `npm run bench -- --readme` -->';
const END = '<!-- end of what it wrote -->';

/** What is shown of it, for each workload: what a user has who changes nothing. */
const SHOWN = 'Bifrost, default';

/** @throws Error when the text lacks the markers. */
export function withSummary(readme: string, report: BenchReport): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('README.md has no place for the summary: the markers are gone.');
  return `${readme.slice(0, begin + BEGIN.length)}\n${summary(report)}\n${readme.slice(end)}`;
}

function summary({ date, machine, nodes, rows, budgets }: BenchReport): string {
  const { processor, processors, memoryGiB, system } = machine;
  const place = `${processors} processors (${processor}), ${memoryGiB} GiB, ${system}; Node.js ${Object.values(nodes).join(', ')}`;
  const throughput = new TextTable('a program under load');
  const atFirst = new TextTable('in its first two seconds under load');
  for (const { part, subject, variant, node, figures } of rows) {
    if (part !== 'overhead' || variant !== SHOWN || node === null) continue;
    const set = (table: TextTable, ratio?: Figure, cpu?: Figure) => {
      if (ratio && cpu) table.set(subject, `Node.js ${node}`, `${ratio.value.toFixed(2)} (${cpu.value.toFixed(2)})`);
    };
    set(throughput, figures.throughput, figures['CPU per request']);
    set(atFirst, figures['throughput at first'], figures['CPU per request at first']);
  }
  return [
    `Measured on ${date.slice(0, 10)} with ${place}. Throughput, and in brackets CPU per request, with all defaults and the`,
    'panel open, as a ratio to the same program with the debugger alone: once it is warm, and as it comes under load, when most stacks',
    'are new and Bifrost takes more of them.',
    '',
    throughput.toString(),
    '',
    atFirst.toString(),
    '',
    budgetsByAim(budgets).toString(),
  ].join('\n');
}

/** Of each aim how often it was met, and where it came off worst. */
function budgetsByAim(budgets: readonly Budget[]): TextTable {
  const table = new TextTable('budget');
  const aims = budgets.filter(({ kind }) => kind === 'aim');
  for (const aim of new Set(aims.map((budget) => budget.aim))) {
    const all = aims.filter((budget) => budget.aim === aim);
    const [worst] = all.sort((a, b) => (a.sense === 'atLeast' ? a.value - b.value : b.value - a.value));
    if (!worst) continue;
    const { sense, limit, value, name } = worst;
    const line = `${aim} ${sense === 'atLeast' ? '≥' : '≤'} ${Number(limit.toFixed(3))}`;
    const where = name === aim ? '' : ` (${name.slice(aim.length + 2)})`;
    table.set(line, 'met', `${all.filter(({ met }) => met).length} of ${all.length}`);
    table.set(line, 'worst', `${Number(value.toFixed(3))}${where}`);
  }
  return table;
}
