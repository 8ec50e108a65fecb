import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../helpers/program';
import type { Configuration } from '../debuggee/configuration';

const include = pathToFileURL(path.join(ROOT, 'node_modules', 'why-is-node-running', 'include.js')).href;

/** Under the debugger, where a stack costs twice as much: what Bifrost is compared with is measured like it. */
export const configuration: Configuration = {
  name: 'why-is-node-running, debugged',
  order: 9.5,
  isDebugged: true,
  budgetedOn: ['fastify'],
  nodeArguments: () => ['--import', include],
};
