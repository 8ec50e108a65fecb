import type { Configuration } from '../debuggee/configuration';

/** Memory, CPU and event loop: the part that cannot be turned off. */
export const configuration: Configuration = {
  name: 'Bifrost, metrics',
  order: 3,
  isDebugged: true,
  budgetedOn: ['http', 'fastify', 'promises'],
  bifrost: { allocations: false, handles: false, pendingMode: 'off' },
};
