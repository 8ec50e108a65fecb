import type { Configuration } from '../debuggee/configuration';

/** One promise in many followed. */
export const configuration: Configuration = {
  name: 'Bifrost, pending sampled',
  order: 6,
  isDebugged: true,
  budgetedOn: [],
  bifrost: { allocations: false, handles: false, pendingMode: 'sampled' },
};
