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
import { measureInTurns } from './overhead/measurement';

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

/** How far two programs differ that do the same. */
const onceMore: Configuration = { ...debuggerOnly, name: 'debugger only, once more' };

const WORKLOAD = 'http';
const MEASURED = [debuggerOnly, preloaded, hooksTakenOff, onceMore];
/** Two programs without anything differ by up to 8% here, so that a hundredth takes many. */
const ROUNDS = 9;
/** Of each program of a round, in turn with the others. */
const TURNS = 16;
const TIMES = { first: 500, warmUp: 1_000, measured: 100 };
const LEAST = 0.99;

interface Started {
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
      const random = new SeededRandom(11);
      const rounds = await startAll(node, random);
      await delay(UNCALLED_LIMIT);
      const comparison = new Comparison(MEASURED);
      for (const [round, started] of rounds.entries()) {
        const measured = await measureInTurns(started, load, TIMES, TURNS, (all) => random.shuffled(all)).finally(() => Promise.all(started.map(({ program }) => program.end())));
        for (const [{ configuration }, measurement] of measured) comparison.add(round, configuration, measurement);
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

/** A program of each configuration for each round, in the order in which they come under load: another in each round. */
function startAll(node: readonly [major: string, binary: string], random: SeededRandom): Promise<Started[][]> {
  const start = async (configuration: Configuration): Promise<Started> => {
    const program = await MeasuredProgram.start(node, WORKLOAD, configuration);
    if ('unavailable' in program) throw new Error(program.unavailable);
    return { configuration, program };
  };
  return Promise.all(Array.from({ length: ROUNDS }, () => Promise.all(random.shuffled(MEASURED).map(start))));
}
