/** What a run of all parts came to: the content of `--json FILE`. */
import os from 'node:os';
import type { BenchResult, BenchRow, BenchRun } from './benchPart';
import type { Budget } from './budget';

export interface BenchReport {
  readonly date: string;
  readonly machine: Machine;
  /** Full versions of Node.js, by major version. */
  readonly nodes: Readonly<Record<string, string>>;
  readonly quick: boolean;
  readonly rows: readonly (BenchRow & { readonly part: string })[];
  readonly budgets: readonly (Budget & { readonly part: string })[];
  /** What went wrong, and is in no row. */
  readonly failures: readonly string[];
}

export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryGiB: number;
  readonly system: string;
}

/** @param results by the name of the part */
export function benchReport(results: ReadonlyMap<string, BenchResult>, { quick }: Pick<BenchRun, 'quick'>, nodes: Readonly<Record<string, string>>): BenchReport {
  const all = [...results];
  return {
    date: new Date().toISOString(),
    machine: {
      processor: os.cpus()[0]?.model.trim() ?? 'unknown',
      processors: os.cpus().length,
      memoryGiB: Math.round(os.totalmem() / 2 ** 30),
      system: `${os.type()} ${os.arch()}`,
    },
    nodes,
    quick,
    rows: all.flatMap(([part, { rows }]) => rows.map((row) => ({ part, ...row }))),
    failures: all.flatMap(([, { failures = [] }]) => failures),
    budgets: all.flatMap(([part, { budgets }]) => budgets.map((budget) => ({ part, ...budget }))),
  };
}
