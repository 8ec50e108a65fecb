import type { ProfilerSettings } from '../../../src/host/session/settings';

/** What is at work beside a program: what each file of test/bench/configurations exports as `configuration`. */
export interface Configuration {
  readonly name: string;
  /** Its place in the tables; the first two are what the others are compared with. */
  readonly order: number;
  /** Whether a debugger is attached: its cost is not Bifrost's. Ratios are to the same without anything else. */
  readonly isDebugged: boolean;
  /** What Bifrost is set to, beside its defaults, while it profiles the program; left out when it does not. */
  readonly bifrost?: Partial<ProfilerSettings>;
  /** Arguments of node itself, or why the program cannot be run so. */
  readonly nodeArguments?: (environment: ConfigurationEnvironment) => Promise<readonly string[] | Unavailable> | readonly string[];
  /** Where a budget rests on it: there it is measured in every round, and in the quick form; elsewhere in one round, where there is time. */
  readonly budgetedOn: 'every workload' | readonly string[];
  /** That it ends some programs by a fault of its own: its row is then left out, and the run has not failed. */
  readonly isUnsteady?: boolean;
}

export interface ConfigurationEnvironment {
  readonly node: string;
  readonly major: string;
  /** An empty folder of the program's own; it is its working directory too. */
  readonly folder: string;
}

export interface Unavailable {
  readonly unavailable: string;
}
