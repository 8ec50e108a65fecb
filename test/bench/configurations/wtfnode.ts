import type { Configuration } from '../debuggee/configuration';

/** As its users start it: without a debugger. */
export const configuration: Configuration = {
  name: 'wtfnode',
  order: 11,
  isDebugged: false,
  budgetedOn: [],
  nodeArguments: () => ['--require', require.resolve('wtfnode')],
};
