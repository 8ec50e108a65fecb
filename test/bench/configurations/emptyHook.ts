import path from 'node:path';
import { ROOT } from '../../helpers/program';
import type { Configuration } from '../debuggee/configuration';

/** An async hook that does nothing: the least that tracking of any kind costs. */
export const configuration: Configuration = {
  name: 'empty async hook',
  order: 9,
  isDebugged: true,
  budgetedOn: [],
  nodeArguments: () => ['--require', path.join(ROOT, 'test', 'fixtures', 'emptyHook.js')],
};
