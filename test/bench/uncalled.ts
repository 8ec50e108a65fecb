/** What a program pays that was launched with the collector in it, once nobody has called it for as long as it waits. */
import { setTimeout as delay } from 'node:timers/promises';
import { UNCALLED_LIMIT } from '../../src/protocol/collector';
import { configuration as debuggerOnly } from './configurations/debuggerOnly';
import { configuration as preloaded } from './configurations/preloaded';
import { MeasuredProgram } from './debuggee/measuredProgram';
import type { BenchPart, BenchRow } from './harness/benchPart';
import { atLeast, type Budget } from './harness/budget';
import { LoadGenerator } from './load/loadGenerator';
import { Comparison } from './overhead/comparison';
import { measure } from './overhead/measurement';

const WORKLOAD = 'http';
const MEASURED = [debuggerOnly, preloaded];
const ROUNDS = 3;
const TIMES = { first: 500, warmUp: 500, measured: 700 };
const LEAST = 0.99;

export const part: BenchPart = {
  async run({ nodes, quick, say }) {
    const rows: BenchRow[] = [];
    const budgets: Budget[] = [];
    const title = 'Launched with the collector, which nobody called';
    // Waiting takes as long as the rest of the quick form.
    if (quick) return { title, rows, budgets };
    const load = new LoadGenerator();
    for (const node of nodes) {
      say(`  ${WORKLOAD} on Node.js ${node[0]}`);
      const started = await Promise.all(
        Array.from({ length: ROUNDS }, (_, round) =>
          MEASURED.map(async (configuration) => {
            const program = await MeasuredProgram.start(node, WORKLOAD, configuration);
            if ('unavailable' in program) throw new Error(program.unavailable);
            return { round, configuration, program };
          }),
        ).flat(),
      );
      await delay(UNCALLED_LIMIT);
      const comparison = new Comparison(MEASURED);
      for (const { round, configuration, program } of started) {
        comparison.add(round, configuration, await measure(program, load, TIMES).finally(() => program.end()));
      }
      for (const configuration of MEASURED) {
        const figures = comparison.figures(configuration);
        if (figures) rows.push({ subject: WORKLOAD, variant: configuration.name, node: node[0], figures });
      }
      const throughput = comparison.figures(preloaded)?.throughput;
      if (throughput) budgets.push(atLeast('aim', 'preloaded, nobody came, throughput', throughput.value, LEAST, `Node.js ${node[0]}`));
    }
    load.close();
    return { title, rows, budgets };
  },
};
