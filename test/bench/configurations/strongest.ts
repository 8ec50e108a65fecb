import { PRELOADED } from '../../helpers/collectorProbe';
import type { Configuration } from '../debuggee/configuration';

/** Everything that can be turned up is. */
export const configuration: Configuration = {
  name: 'Bifrost, strongest',
  order: 8,
  isDebugged: true,
  budgetedOn: [],
  nodeArguments: () => PRELOADED,
  bifrost: { samplingIntervalBytes: 8 * 1024, pendingMode: 'all', interval: 250 },
};
