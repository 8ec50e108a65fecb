/** The environment variables that every test process has. */
import path from 'node:path';

/**
 * @param {Record<string, string>} nodes
 * @param {string} [grep]
 * @returns {Record<string, string>}
 */
export function testVariables(nodes, grep) {
  return {
    BIFROST_NODES: JSON.stringify(nodes),
    // The `node` of a launch configuration without runtimeExecutable.
    PATH: [path.dirname(nodes[24]), process.env.PATH].join(path.delimiter),
    ...(grep ? { BIFROST_TEST_GREP: grep } : {}),
  };
}
