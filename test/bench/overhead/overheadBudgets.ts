import type { Configuration } from '../debuggee/configuration';
import { atLeast, atMost, type Budget } from '../harness/budget';
import { figure } from '../harness/figure';
import type { Comparison } from './comparison';
import type { Measurement } from './measurement';

interface Aim {
  readonly configuration: string;
  readonly what: string;
  readonly key: keyof Measurement;
  readonly sense: typeof atLeast;
  readonly limit: number;
  /**
   * Beyond this it is no noise, and the CI fails: twice the CPU came of noise alone, where one question a second was asked. Only
   * on CPU: what else runs on the machine takes throughput from one at a time.
   */
  readonly gate?: number;
}

const AIMS: readonly Aim[] = [
  { configuration: 'Bifrost, default', what: 'throughput', key: 'perSecond', sense: atLeast, limit: 0.95 },
  { configuration: 'Bifrost, default', what: 'p99', key: 'p99', sense: atMost, limit: 1.1 },
  { configuration: 'Bifrost, default', what: 'CPU per request', key: 'cpuPerRequest', sense: atMost, limit: 1 / 0.95, gate: 3 },
  { configuration: 'preloaded, no host', what: 'throughput', key: 'perSecond', sense: atLeast, limit: 0.99 },
  { configuration: 'preloaded, no host', what: 'CPU per request', key: 'cpuPerRequest', sense: atMost, limit: 1 / 0.99, gate: 3 },
  { configuration: 'Bifrost, metrics', what: 'throughput', key: 'perSecond', sense: atLeast, limit: 0.995 },
  { configuration: 'Bifrost, metrics', what: 'CPU per request', key: 'cpuPerRequest', sense: atMost, limit: 1 / 0.995, gate: 3 },
];

/** Tracking handles next to the tool that it takes the place of, both under the debugger. */
const RIVAL = { workload: 'fastify', tracker: 'Bifrost, handles', rival: 'why-is-node-running, debugged', limit: 3 };

/** What one workload on one Node.js is held against: medians over the rounds. */
export function overheadBudgets(subject: { workload: string; node: string }, comparison: Comparison, all: readonly Configuration[]): Budget[] {
  const { workload, node } = subject;
  const named = (name: string) => all.find((configuration) => configuration.name === name);
  const where = `${workload}, Node.js ${node}`;
  const budgets = AIMS.flatMap(({ configuration, what, key, sense, limit, gate }) => {
    const measured = named(configuration);
    const ratios = measured ? comparison.ratios(measured, key) : [];
    return ratios.length > 0 ? bothKinds(sense, `${configuration}, ${what}`, figure('x', ratios).value, limit, gate, where) : [];
  });
  if (workload !== RIVAL.workload) return budgets;
  const [tracker, rival] = [named(RIVAL.tracker), named(RIVAL.rival)];
  const ratios = tracker && rival ? comparison.ratiosTo(rival, tracker, 'perSecond') : [];
  if (ratios.length === 0) return budgets;
  const aim = `${RIVAL.tracker}, throughput against ${RIVAL.rival}`;
  return [...budgets, atLeast('aim', aim, figure('x', ratios).value, RIVAL.limit, where)];
}

function bothKinds(sense: typeof atLeast, aim: string, value: number, limit: number, gate: number | undefined, where: string): Budget[] {
  return [sense('aim', aim, value, limit, where), ...(gate === undefined ? [] : [sense('gate', `${aim}, wide of the mark`, value, gate, where)])];
}
