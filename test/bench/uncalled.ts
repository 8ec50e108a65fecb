/** What a program pays that was launched with the collector in it, once nobody has called it for as long as it waits. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UNCALLED_LIMIT } from '../../src/protocol/collector';
import { ROOT } from '../helpers/program';
import { SeededRandom } from '../helpers/seededRandom';
import { configuration as debuggerOnly } from './configurations/debuggerOnly';
import { configuration as preloaded } from './configurations/preloaded';
import type { Configuration } from './debuggee/configuration';
import { MeasuredProgram } from './debuggee/measuredProgram';
import type { BenchPart, BenchRow } from './harness/benchPart';
import { atLeast, type Budget } from './harness/budget';
import { LoadGenerator } from './load/loadGenerator';
import { Comparison } from './overhead/comparison';
import { measure } from './overhead/measurement';

/**
 * Hooks that do nothing, taken off again after a second: V8 and Node go on by slower ways once a program has had any. Whatever
 * tracks handles from the first line leaves that much behind.
 */
const hooksTakenOff: Configuration = {
  name: 'empty hooks, taken off',
  order: 3,
  isDebugged: true,
  budgetedOn: [],
  nodeArguments: () => ['--require', path.join(ROOT, 'test', 'fixtures', 'emptyHooksTakenOff.js')],
};

const WORKLOAD = 'http';
const MEASURED = [debuggerOnly, preloaded, hooksTakenOff];
/** Two programs without anything differ by up to 8% here, so that a hundredth takes many. */
const ROUNDS = 7;
const TIMES = { first: 500, warmUp: 1_000, measured: 1_500 };
const LEAST = 0.99;

interface Started {
  readonly round: number;
  readonly configuration: Configuration;
  readonly program: MeasuredProgram;
}

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
      const started = await startAll(node);
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

/** A program of each configuration for each round, in the order in which they are to be measured: another in each round. */
async function startAll(node: readonly [major: string, binary: string]): Promise<Started[]> {
  const random = new SeededRandom(11);
  const order = Array.from({ length: ROUNDS }, (_, round) => random.shuffled(MEASURED).map((configuration) => ({ round, configuration }))).flat();
  return Promise.all(
    order.map(async ({ round, configuration }) => {
      const program = await MeasuredProgram.start(node, WORKLOAD, configuration);
      if ('unavailable' in program) throw new Error(program.unavailable);
      return { round, configuration, program };
    }),
  );
}
