/** Runs a folder of bundled test files in a Node.js process of its own. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { startGroup } from './environment/processGroup.mjs';
import { waitUntil } from './waitUntil.mjs';

/**
 * @param {import('./testReport.mjs').TestReport} report
 * @param {object} options
 * @param {string} options.dir the snapshot
 * @param {string} options.folder below out/test, and the name of the part
 * @param {string} options.node
 * @param {Record<string, string>} options.env
 * @param {boolean} options.mayBeEmpty that no test ran is right, as only some were asked for
 * @param {number} options.testTimeoutMs
 * @param {number} options.partTimeoutMs
 */
export async function runMochaPart(report, { folder, dir, node, env, mayBeEmpty, testTimeoutMs, partTimeoutMs }) {
  const title = `${folder} tests`;
  report.beginPart(title);
  const bundles = path.join(dir, 'out', 'test');
  const files = await testFiles(path.join(bundles, folder));
  const main = path.join(bundles, 'helpers', 'runMochaPart.js');
  const group = startGroup(node, [main, String(testTimeoutMs), ...files], {
    cwd: dir,
    env: { ...process.env, ...env },
    // What tests print goes through; records come as messages, so that neither is taken for the other.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let finished = false;
  group.child.on('message', (/** @type {import('./testReport.mjs').TestRecord | 'finished'} */ message) => {
    if (message === 'finished') finished = true;
    else report.add(message);
  });
  let ended = /** @type {number | string | undefined} */ (undefined);
  void group.finished.then((code) => (ended = code));
  try {
    await waitUntil(`the ${title} to end`, partTimeoutMs, () => ended !== undefined);
    if (!finished) throw new Error(`Their process ended with ${ended} before they were through.`);
    if (ended !== 0) throw new Error(`Their process ended with ${ended}.`);
    if (report.ranInPart === 0 && !mayBeEmpty) throw new Error('None of them ran.');
  } catch (error) {
    report.addProblem(title, error.message);
  } finally {
    await group.stop();
  }
}

/** @param {string} folder */
async function testFiles(folder) {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.test.js')).sort().map((name) => path.join(folder, name));
}
