import type { Configuration } from '../debuggee/configuration';

/** The heap sampled at 512 KiB. */
export const configuration: Configuration = {
  name: 'Bifrost, allocations',
  order: 4,
  isDebugged: true,
  budgetedOn: [],
  bifrost: { handles: false, pendingMode: 'off' },
};
