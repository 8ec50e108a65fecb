/** What a file of test/bench exports as `part`: something that is measured, as rows of one report. */
import type { Budget } from './budget';
import type { Figures } from './figure';

export interface BenchPart {
  /** Measures, on each of `BenchRun.nodes` where the version makes a difference. */
  run(run: BenchRun): Promise<BenchResult>;
}

export interface BenchRun {
  /** The Node.js binaries to measure on, by major version. */
  readonly nodes: readonly (readonly [major: string, binary: string])[];
  /** Few rounds: the figures are coarse, and the whole run takes two minutes. */
  readonly quick: boolean;
  /** The only workload to be put under load; null for all. */
  readonly workload: string | null;
  /** Tells what is going on. */
  say(line: string): void;
}

export interface BenchResult {
  /** Heading of its tables. */
  readonly title: string;
  readonly rows: readonly BenchRow[];
  readonly budgets: readonly Budget[];
  /** What could not be measured because something went wrong. */
  readonly failures?: readonly string[];
}

export interface BenchRow {
  /** What was done: a workload, a number of handles. */
  readonly subject: string;
  /** What was at work meanwhile; '' when there is nothing to tell apart. */
  readonly variant: string;
  /** The major version of Node.js; null when it was measured on one only. */
  readonly node: string | null;
  /** By name, in the order of the table's columns. */
  readonly figures: Figures;
}
