import path from 'node:path';
import type { Configuration } from '../debuggee/configuration';

/** The newest that it loads on. */
const NEWEST_NODE = 22;

/** What `clinic bubbleprof` collects with: a stack for every async resource, and Node's trace events. Without a debugger. */
export const configuration: Configuration = {
  name: 'clinic bubbleprof',
  order: 14,
  isDebugged: false,
  budgetedOn: [],
  // Its logger now and then ends the program: "EINVAL: invalid argument, write".
  isUnsteady: true,
  nodeArguments: ({ major }) => {
    // Installed by scripts/bench.mjs: with its viewer it is too large to be installed for every developer.
    const installed = process.env.BIFROST_BUBBLEPROF;
    if (installed === undefined) return Promise.resolve({ unavailable: 'it could not be installed' });
    // It asks for a module of Node's that is gone: "No such module: async_wrap".
    if (Number(major) > NEWEST_NODE) return Promise.resolve({ unavailable: `it does not load on Node ${major}` });
    return Promise.resolve(['--require', path.join(installed, 'injects', 'logger.js'), '--trace-events-enabled', '--trace-event-categories', 'node.async_hooks']);
  },
};
