/** What a program that has nothing to do pays for being looked at. */
import { setTimeout as delay } from 'node:timers/promises';
import { configuration as bifrostDefault } from './configurations/bifrostDefault';
import { configuration as debuggerOnly } from './configurations/debuggerOnly';
import { configuration as metrics } from './configurations/metrics';
import { configuration as nothing } from './configurations/nothing';
import { configuration as preloaded } from './configurations/preloaded';
import { MeasuredProgram } from './debuggee/measuredProgram';
import type { BenchPart, BenchRow } from './harness/benchPart';
import { atMost, type Budget } from './harness/budget';
import { figure } from './harness/figure';

const MEASURED_MS = { quick: 3_000, full: 20_000 };
/** What happens once after the start is over by then: V8 collects garbage of a program at rest some eight seconds after it came to rest. */
const SETTLED_MS = { quick: 500, full: 15_000 };
const LARGEST_PERCENT = 0.2;
const MEASURED = [nothing, debuggerOnly, preloaded, metrics, bifrostDefault];

/** What each configuration takes of one CPU at rest, in the order of `MEASURED`. */
async function percentsAtRest(node: readonly [string, string], quick: boolean): Promise<number[]> {
  const length = quick ? 'quick' : 'full';
  return Promise.all(
    MEASURED.map(async (configuration) => {
      const program = await MeasuredProgram.start(node, 'http', configuration);
      if ('unavailable' in program) throw new Error(program.unavailable);
      await delay(SETTLED_MS[length]);
      const { own } = await program.during(() => delay(MEASURED_MS[length]), true);
      await program.end();
      return own.cpu / 10 / MEASURED_MS[length];
    }),
  );
}

export const part: BenchPart = {
  async run({ nodes, quick, say }) {
    const rows: BenchRow[] = [];
    const budgets: Budget[] = [];
    say(`  ${nodes.length * MEASURED.length} programs`);
    // At the same time: idle programs are in nobody's way, and what else the machine does meets all alike.
    const all = await Promise.all(nodes.map(async (node) => [node[0], await percentsAtRest(node, quick)] as const));
    for (const [major, percents] of all) {
      const beside = percents[MEASURED.indexOf(debuggerOnly)] ?? NaN;
      for (const [index, { name, isDebugged }] of MEASURED.entries()) {
        const percent = percents[index] ?? NaN;
        const added = isDebugged ? { 'beside the debugger': figure('%', [percent - beside]) } : {};
        rows.push({ subject: 'idle', variant: name, node: major, figures: { 'of one CPU': figure('%', [percent]), ...added } });
      }
      const own = (percents[MEASURED.indexOf(bifrostDefault)] ?? NaN) - beside;
      budgets.push(atMost('aim', `${bifrostDefault.name}, % of one CPU at rest`, own, LARGEST_PERCENT, `Node.js ${major}`));
    }
    return { title: 'At rest', rows, budgets };
  },
};
