import type { Configuration } from '../debuggee/configuration';

/** The program alone. */
export const configuration: Configuration = {
  name: 'nothing attached',
  order: 0,
  isDebugged: false,
  budgetedOn: ['http', 'fastify', 'promises'],
};
