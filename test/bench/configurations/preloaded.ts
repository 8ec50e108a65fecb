import { PRELOADED } from '../../helpers/collectorProbe';
import type { Configuration } from '../debuggee/configuration';

/** As launched with `bifrost.profileOnLaunch`, with nobody who looks. */
export const configuration: Configuration = {
  name: 'preloaded, no host',
  order: 2,
  isDebugged: true,
  budgetedOn: ['http', 'fastify', 'promises'],
  nodeArguments: () => PRELOADED,
};
