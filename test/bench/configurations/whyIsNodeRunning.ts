import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../helpers/program';
import type { Configuration } from '../debuggee/configuration';

const include = pathToFileURL(path.join(ROOT, 'node_modules', 'why-is-node-running', 'include.js')).href;

/** As its users start it: without a debugger. */
export const configuration: Configuration = {
  name: 'why-is-node-running',
  order: 10,
  isDebugged: false,
  budgetedOn: [],
  nodeArguments: () => ['--import', include],
};
