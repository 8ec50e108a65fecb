/** Runs the parts of test/bench and prints what they measured: what `npm run bench` starts. See scripts/bench.mjs. */
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { nodeVersions } from '../../helpers/program';
import type { BenchResult } from './benchPart';
import { benchReport, type BenchReport } from './benchReport';
import { fullVersions } from './fullVersions';
import { withSummary } from './readmeSummary';
import { budgetTable, rowTables } from './reportTables';
import { runPart } from './runPart';

/** The bundled parts: every file of test/bench itself. */
const PARTS = path.join(__dirname, '..');
/** Of the checkout, which is where this is started. */
const README = 'README.md';

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values: flags, positionals: names } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      node: { type: 'string' },
      workload: { type: 'string' },
      quick: { type: 'boolean', default: false },
      from: { type: 'string' },
      readme: { type: 'boolean', default: false },
    },
  });
  const nodes = nodeVersions().filter(([major]) => flags.node === undefined || major === flags.node);
  if (nodes.length === 0) throw new Error(`--node takes one of ${nodeVersions().map(([major]) => major).join(', ')}.`);
  const measured = () => measure(partNames(names), { nodes, quick: flags.quick, workload: flags.workload ?? null, say });
  const report = flags.from === undefined ? await measured() : (JSON.parse(await readFile(flags.from, 'utf8')) as BenchReport);
  if (flags.json !== undefined) await writeFile(flags.json, JSON.stringify(report, null, 1));
  if (flags.readme && report.quick) throw new Error('The quick form is too coarse for README.md.');
  if (flags.readme) await writeFile(README, withSummary(await readFile(README, 'utf8'), report));
  tellBudgets(report);
}

async function measure(names: readonly string[], run: Parameters<typeof runPart>[1]): Promise<BenchReport> {
  const results = new Map<string, BenchResult>();
  for (const name of names) {
    say(`> ${name}`);
    // What the other parts measure is not lost with this one.
    const failed = (error: unknown) => ({ title: name, rows: [], budgets: [], failures: [String(error)] });
    const result = await runPart(path.join(PARTS, `${name}.js`), run).catch(failed);
    results.set(name, result);
    if (result.rows.length > 0) say(`\n${rowTables(result.title, result.rows)}\n`);
  }
  return benchReport(results, run, fullVersions(run.nodes));
}

function tellBudgets({ budgets, failures }: BenchReport): void {
  if (budgets.length > 0) say(budgetTable(budgets));
  const gates = budgets.filter(({ kind }) => kind === 'gate');
  const missed = gates.filter(({ met }) => !met).length;
  say(`\n${budgets.filter(({ met }) => met).length} of ${budgets.length} budgets met; of the ${gates.length} that the CI holds ${missed} were missed.`);
  for (const failure of failures) say(`FAILED: ${failure}`);
  if (missed > 0 || failures.length > 0) process.exitCode = 1;
}

/** @throws Error when there is no part of a name. */
function partNames(wanted: readonly string[]): string[] {
  const all = readdirSync(PARTS).filter((file) => file.endsWith('.js')).map((file) => path.basename(file, '.js'));
  for (const name of wanted) if (!all.includes(name)) throw new Error(`There is no ${name}: the parts are ${all.join(', ')}.`);
  return wanted.length > 0 ? [...wanted] : all.sort();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
