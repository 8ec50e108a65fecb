/** The environment variables that every test process has. */
import path from 'node:path';

/**
 * @param {{ nodes: Record<string, string>, chromium?: string }} environment without a browser, tests that need one fail
 * @param {string} [grep]
 * @returns {Record<string, string>}
 */
export function testVariables({ nodes, chromium }, grep) {
  return {
    BIFROST_NODES: JSON.stringify(nodes),
    // The `node` of a launch configuration without runtimeExecutable.
    PATH: [path.dirname(nodes[24]), process.env.PATH].join(path.delimiter),
    // For pages that are debugged.
    ...(chromium ? { BIFROST_CHROMIUM: chromium } : {}),
    ...(grep ? { BIFROST_TEST_GREP: grep } : {}),
  };
}
