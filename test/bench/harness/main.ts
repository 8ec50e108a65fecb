/** Runs the parts of test/bench and prints what they measured: what `npm run bench` starts. See scripts/bench.mjs. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { nodeVersions } from '../../helpers/program';
import type { BenchResult } from './benchPart';
import { benchReport } from './benchReport';
import { fullVersions } from './fullVersions';
import { budgetTable, rowTables } from './reportTables';
import { runPart } from './runPart';

/** The bundled parts: every file of test/bench itself. */
const PARTS = path.join(__dirname, '..');

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values: flags, positionals: names } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, node: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const nodes = nodeVersions().filter(([major]) => flags.node === undefined || major === flags.node);
  if (nodes.length === 0) throw new Error(`--node takes one of ${nodeVersions().map(([major]) => major).join(', ')}.`);
  const run = { nodes, quick: flags.quick, say };

  const results = new Map<string, BenchResult>();
  for (const name of partNames(names)) {
    say(`> ${name}`);
    const result = await runPart(path.join(PARTS, `${name}.js`), run);
    results.set(name, result);
    say(`\n${rowTables(result.title, result.rows)}\n`);
  }

  const report = benchReport(results, run, fullVersions(nodes));
  if (flags.json !== undefined) await writeFile(flags.json, JSON.stringify(report, null, 1));
  if (report.budgets.length > 0) say(budgetTable(report.budgets));
  const { budgets } = report;
  const gates = budgets.filter(({ kind }) => kind === 'gate');
  const missed = gates.filter(({ met }) => !met).length;
  say(`\n${budgets.filter(({ met }) => met).length} of ${budgets.length} budgets met; ${missed} of ${gates.length} that the CI holds were missed.`);
  if (missed > 0) process.exitCode = 1;
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
