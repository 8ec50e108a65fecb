/** How much later a program is ready when the collector is loaded before its first line. */
import { configuration as debuggerOnly } from './configurations/debuggerOnly';
import { configuration as preloaded } from './configurations/preloaded';
import type { Configuration } from './debuggee/configuration';
import { MeasuredProgram } from './debuggee/measuredProgram';
import type { BenchPart, BenchRow } from './harness/benchPart';
import { atMost, type Budget } from './harness/budget';
import { figure } from './harness/figure';

const WORKLOADS = ['http', 'fastify'];
const ROUNDS = { quick: 3, full: 15 };
const LATEST_MS = 30;
/** A program that is ready after three times the time is no noise. */
const GATE_RATIO = 3;

async function startUp(node: readonly [string, string], workload: string, configuration: Configuration): Promise<number> {
  const program = await MeasuredProgram.start(node, workload, configuration);
  if ('unavailable' in program) throw new Error(program.unavailable);
  await program.end();
  return program.startUp;
}

export const part: BenchPart = {
  async run({ nodes, quick, say }) {
    const rows: BenchRow[] = [];
    const budgets: Budget[] = [];
    for (const node of nodes) {
      for (const workload of WORKLOADS) {
        say(`  ${workload} on Node.js ${node[0]}`);
        const without: number[] = [];
        const withPreload: number[] = [];
        for (let round = quick ? ROUNDS.quick : ROUNDS.full; round > 0; round--) {
          without.push(await startUp(node, workload, debuggerOnly));
          withPreload.push(await startUp(node, workload, preloaded));
        }
        const added = figure('ms', withPreload.map((time, round) => time - (without[round] ?? NaN)));
        const ratio = figure('x', withPreload.map((time, round) => time / (without[round] ?? NaN)));
        rows.push(
          { subject: workload, variant: debuggerOnly.name, node: node[0], figures: { 'until ready': figure('ms', without) } },
          { subject: workload, variant: preloaded.name, node: node[0], figures: { 'until ready': figure('ms', withPreload), added, ratio } },
        );
        const where = `${workload}, Node.js ${node[0]}`;
        budgets.push(atMost('aim', 'preloaded, ms added to the start-up', added.value, LATEST_MS, where));
        budgets.push(atMost('gate', 'preloaded, start-up, wide of the mark', ratio.value, GATE_RATIO, where));
      }
    }
    return { title: 'Start-up', rows, budgets };
  },
};
