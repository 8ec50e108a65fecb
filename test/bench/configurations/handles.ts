import type { Configuration } from '../debuggee/configuration';

/** Open handles with their creation stacks. */
export const configuration: Configuration = {
  name: 'Bifrost, handles',
  order: 5,
  isDebugged: true,
  budgetedOn: ['fastify'],
  bifrost: { allocations: false, pendingMode: 'off' },
};
