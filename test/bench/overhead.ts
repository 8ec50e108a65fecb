/** What a program under load pays for what is at work beside it: throughput, latency, CPU and memory. */
import { inspect } from 'node:util';
import { SeededRandom } from '../helpers/seededRandom';
import type { Configuration } from './debuggee/configuration';
import { configurations, workloads } from './debuggee/found';
import { MeasuredProgram } from './debuggee/measuredProgram';
import type { BenchPart, BenchResult, BenchRow, BenchRun } from './harness/benchPart';
import type { Budget } from './harness/budget';
import { LoadGenerator } from './load/loadGenerator';
import { Comparison } from './overhead/comparison';
import { measure, type LoadTimes } from './overhead/measurement';
import { overheadBudgets } from './overhead/overheadBudgets';

/**
 * Under the debugger a program is warm when Bifrost has taken most of the many stacks that it takes at first, which is over
 * after some three seconds of load; the first two are told apart. In the quick form all is seen at its dearest.
 */
const FULL: Times = { debugged: { first: 2_000, warmUp: 1_600, measured: 700 }, alone: { first: 400, warmUp: 0, measured: 600 } };
const QUICK: Times = { debugged: { first: 500, warmUp: 0, measured: 400 }, alone: { first: 200, warmUp: 0, measured: 400 } };
/** All there is time for in the quick form, and for what no budget rests on with several versions of Node.js. */
const MAIN_WORKLOADS: readonly string[] = ['http', 'fastify', 'promises'];

/** With one version of Node.js there is time for more. What is wide of the mark in one round is so in the median of three, or was noise. */
const ROUNDS = { quick: 1, wide: 3, several: 3, one: 9 };

interface Times {
  readonly debugged: LoadTimes;
  readonly alone: LoadTimes;
}

/** What changes with time (a warmer machine, somebody else's work) must not always meet the same configuration. */
const random = new SeededRandom(7);

interface Subject {
  readonly node: readonly [major: string, binary: string];
  readonly workload: string;
  readonly all: readonly Configuration[];
  readonly load: LoadGenerator;
  readonly run: BenchRun;
  /** What went wrong is added here: half an hour's other figures are not lost with it. */
  readonly failures: string[];
}

/** Whether a configuration is measured in a round of a workload. */
function isWanted({ budgetedOn }: Configuration, workload: string, round: number, { quick, nodes }: BenchRun): boolean {
  if (budgetedOn === 'every workload' || budgetedOn.includes(workload)) return true;
  return round === 0 && !quick && (nodes.length === 1 || MAIN_WORKLOADS.includes(workload));
}

async function compare(subject: Subject): Promise<Comparison> {
  const { node, workload, all, run } = subject;
  const comparison = new Comparison(all);
  const rounds = run.quick ? ROUNDS.quick : run.nodes.length > 1 ? ROUNDS.several : ROUNDS.one;
  const isWide = () => overheadBudgets({ workload, node: node[0] }, comparison, all).some(({ kind, met }) => kind === 'gate' && !met);
  for (let round = 0; round < rounds || (round < ROUNDS.wide && isWide()); round++) await measureRound(subject, comparison, round);
  return comparison;
}

async function measureRound({ node, workload, all, load, run, failures }: Subject, comparison: Comparison, round: number): Promise<void> {
  for (const configuration of random.shuffled(all.filter((each) => isWanted(each, workload, round, run)))) {
    const times = (run.quick ? QUICK : FULL)[configuration.isDebugged ? 'debugged' : 'alone'];
    try {
      const program = await MeasuredProgram.start(node, workload, configuration);
      if ('unavailable' in program) run.say(`  ${configuration.name} is left out: ${program.unavailable}`);
      else comparison.add(round, configuration, await measure(program, load, times).finally(() => program.end()));
    } catch (error) {
      if (configuration.isUnsteady === true) run.say(`  ${configuration.name} is left out: ${String(error).split('\n', 1)[0] ?? ''}`);
      else failures.push(`${workload} on Node.js ${node[0]}, ${configuration.name}: ${inspect(error)}`);
    }
  }
}

export const part: BenchPart = {
  async run(run): Promise<BenchResult> {
    const all = await configurations();
    const rows: BenchRow[] = [];
    const budgets: Budget[] = [];
    const failures: string[] = [];
    const load = new LoadGenerator();
    for (const node of run.nodes) {
      for (const workload of run.workload === null ? (run.quick ? MAIN_WORKLOADS : workloads()) : [run.workload]) {
        run.say(`  ${workload} on Node.js ${node[0]}`);
        const comparison = await compare({ node, workload, all, load, run, failures });
        for (const configuration of all) {
          const figures = comparison.figures(configuration);
          if (figures) rows.push({ subject: workload, variant: configuration.name, node: node[0], figures });
        }
        budgets.push(...overheadBudgets({ workload, node: node[0] }, comparison, all));
      }
    }
    load.close();
    return { title: 'Under load', rows, budgets, failures };
  },
};
