import type { Configuration } from '../debuggee/configuration';

/** As it is when a user runs Show Profiler and changes nothing. */
export const configuration: Configuration = {
  name: 'Bifrost, default',
  order: 7,
  isDebugged: true,
  budgetedOn: 'every workload',
  bifrost: {},
};
