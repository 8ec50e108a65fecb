/**
 * Lets tests in the extension host reach the page around them: they post an operation, this does it with Playwright.
 *
 * One server serves all scenarios of a run. Its address reaches the extension host as BIFROST_TEST_DRIVER.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { operations } from './driverOperations.mjs';

/**
 * @typedef {object} Scenario
 * @property {() => Promise<import('playwright-core').Page>} page
 * @property {(record: import('./testReport.mjs').TestRecord) => Promise<void>} onRecord a test has ended
 * @property {() => void} onFinished all of them have
 * @property {() => Promise<void>} reopen closes the window and opens it anew
 */

/** @param {string} screenshots the folder for them */
export async function startTestDriver(screenshots) {
  /** @type {Map<string, Scenario>} */
  const scenarios = new Map();

  /** @param {{ scenario: string, operation: string, params: any }} request */
  async function perform({ scenario: name, operation, params }) {
    const scenario = scenarios.get(name);
    if (!scenario) throw new Error(`No scenario "${name}" is running.`);
    if (operation === 'report') return scenario.onRecord(params);
    if (operation === 'finished') return scenario.onFinished();
    if (operation === 'reopen') return scenario.reopen();
    const work = operations[operation];
    if (!work) throw new Error(`The test driver knows no operation "${operation}".`);
    return work(await scenario.page(), params, screenshots);
  }

  const server = createServer(async (request, response) => {
    /** @type {{ ok: true, value: unknown } | { ok: false, error: string }} */
    let answer;
    try {
      answer = { ok: true, value: await perform(/** @type {any} */ (await json(request))) };
    } catch (error) {
      // Playwright colours its messages even where nobody sees colours.
      answer = { ok: false, error: stripVTControlCharacters(error.message) };
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`,
    screenshots,
    /** @param {string} name @param {Scenario} scenario */
    add: (name, scenario) => void scenarios.set(name, scenario),
    /** @param {string} name */
    remove: (name) => void scenarios.delete(name),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
