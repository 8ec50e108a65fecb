import type { Configuration } from '../debuggee/configuration';

/** V8’s CPU profiler from the start to the end. */
export const configuration: Configuration = {
  name: '--cpu-prof',
  order: 12,
  isDebugged: false,
  budgetedOn: [],
  nodeArguments: ({ folder }) => ['--cpu-prof', `--cpu-prof-dir=${folder}`],
};
