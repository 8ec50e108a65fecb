import type { Configuration } from '../debuggee/configuration';

/** V8’s heap sampler, at Node’s default of 512 KiB. */
export const configuration: Configuration = {
  name: '--heap-prof',
  order: 13,
  isDebugged: false,
  budgetedOn: [],
  nodeArguments: ({ folder }) => ['--heap-prof', `--heap-prof-dir=${folder}`],
};
