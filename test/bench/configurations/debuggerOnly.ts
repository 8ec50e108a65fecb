import type { Configuration } from '../debuggee/configuration';

/** What a person who debugs pays before Bifrost comes. */
export const configuration: Configuration = {
  name: 'debugger only',
  order: 1,
  isDebugged: true,
  budgetedOn: 'every workload',
};
