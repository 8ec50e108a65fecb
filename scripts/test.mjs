/**
 * Runs all tests, installing first what they need. The last line it prints is `N passed, N failed`.
 *
 *   npm test -- [--only unit|fuzz|collector|situations|vscode] [--scenario NAME] [--grep TEXT]
 *
 * | part      | where the tests run                                                                     |
 * |-----------|-----------------------------------------------------------------------------------------|
 * | unit      | a Node.js process                                                                       |
 * | fuzz      | the same: 100,000 broken answers of a program, replayable by their seeds                 |
 * | collector | the same, with programs started on every Node.js version as their subjects               |
 * | situations | the same: odd programs, whose output and end must be the same with Bifrost and without  |
 * | vscode    | the extension host of a real VS Code: each folder of test/vscode, in a window of its own |
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './environment/bootstrap.mjs';
import { checkout } from './environment/checkout.mjs';
import { ddTracePackage, jestPackage } from './environment/subjects.mjs';
import { runMochaPart } from './mochaPart.mjs';
import { buildSnapshot, makeSnapshot } from './snapshot.mjs';
import { TestReport } from './testReport.mjs';
import { testVariables } from './testVariables.mjs';

const PARTS = ['unit', 'fuzz', 'collector', 'situations', 'vscode'];

const report = new TestReport();
// Also whatever fails outside every await is a failure with a last line.
process.on('uncaughtException', (error) => {
  report.addProblem('the test run', error.stack ?? error.message);
  report.finish();
});

await run().catch((error) => report.addProblem('the test run', error.stack));
if (report.total === 0) report.addProblem('the test run', 'No test ran.');
report.finish();

async function run() {
  const { values: flags } = parseArgs({
    options: { only: { type: 'string' }, scenario: { type: 'string' }, grep: { type: 'string' } },
  });
  const only = flags.scenario ? 'vscode' : flags.only;
  if (only !== undefined && !PARTS.includes(only)) throw new Error(`--only takes one of ${PARTS.join(', ')}, not "${only}".`);
  const wants = (/** @type {string} */ part) => only === undefined || part === only;

  const environment = await bootstrap();
  const snapshot = await makeSnapshot();
  report.showPathsAs(snapshot.dir, checkout);
  const { dir } = snapshot;
  const node = environment.nodes[24];
  const env = testVariables(environment, flags.grep);
  const mayBeEmpty = flags.grep !== undefined;
  try {
    await buildSnapshot(dir, '--tests');
    if (wants('unit')) {
      const timeouts = { testTimeoutMs: 30_000, partTimeoutMs: 600_000 };
      await runMochaPart(report, { folder: 'unit', dir, node, env, mayBeEmpty, ...timeouts });
    }
    if (wants('fuzz')) {
      const timeouts = { testTimeoutMs: 60_000, partTimeoutMs: 600_000 };
      await runMochaPart(report, { folder: 'fuzz', dir, node, env, mayBeEmpty, ...timeouts });
    }
    if (wants('collector')) {
      const timeouts = { testTimeoutMs: 180_000, partTimeoutMs: 1_800_000 };
      await runMochaPart(report, { folder: 'collector', dir, node, env, mayBeEmpty, ...timeouts });
    }
    if (wants('situations')) {
      const timeouts = { testTimeoutMs: 240_000, partTimeoutMs: 1_200_000 };
      const beside = { ...env, BIFROST_DD_TRACE: await ddTracePackage() };
      await runMochaPart(report, { folder: 'situations', dir, node, env: beside, mayBeEmpty, ...timeouts });
    }
    if (wants('vscode')) {
      // Loaded only now: it needs playwright-core, which the bootstrap installs.
      const { runVscodePart } = await import('./vscodePart.mjs');
      const output = path.join(checkout, 'out');
      const beside = { ...env, BIFROST_JEST: await jestPackage() };
      await runVscodePart(report, { environment, scenario: flags.scenario, dir, output, env: beside, mayBeEmpty });
    }
  } finally {
    await snapshot.remove();
  }
}
