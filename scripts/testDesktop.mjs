/**
 * Runs the scenarios of test/vscode in desktop VS Code: the oldest that package.json admits, and the newest stable one.
 *
 *   npm run test:desktop -- [--scenario NAME] [--grep TEXT]
 *
 * Downloads both, and needs a display: on a machine without one, run it under xvfb-run.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from './environment/checkout.mjs';
import { chromiumBinary } from './environment/chromium.mjs';
import { nodeBinaries } from './environment/nodeVersions.mjs';
import { withProgress } from './environment/progress.mjs';
import { ensureProjectPackages } from './environment/projectPackages.mjs';
import { jestPackage } from './environment/subjects.mjs';
import { buildSnapshot, makeSnapshot } from './snapshot.mjs';
import { TestReport } from './testReport.mjs';
import { testVariables } from './testVariables.mjs';

const report = new TestReport();
await run().catch((error) => report.addProblem('the test run', error.stack));
report.finish();

async function run() {
  const { values: flags } = parseArgs({ options: { scenario: { type: 'string' }, grep: { type: 'string' } } });
  await ensureProjectPackages();
  const env = testVariables({ nodes: await nodeBinaries(), chromium: await chromiumBinary() }, flags.grep);
  // Loaded only now: they need packages that were just installed.
  const { openDesktopWindow } = await import('./desktopWindow.mjs');
  const { localeOf, runScenario, scenarioNames } = await import('./scenario.mjs');
  const { startTestDriver } = await import('./testDriver.mjs');
  const output = path.join(checkout, 'out', 'desktop');
  const snapshot = await makeSnapshot();
  const driver = await startTestDriver(path.join(output, 'screenshots'));
  env.BIFROST_TEST_DRIVER = driver.address;
  env.BIFROST_JEST = await jestPackage();
  report.showPathsAs(snapshot.dir, checkout);
  try {
    await buildSnapshot(snapshot.dir, '--tests');
    for (const version of [await oldestVersion(), 'stable']) {
      const executable = await download(version);
      for (const name of await scenarioNames(snapshot.dir, flags.scenario)) {
        // The desktop speaks another language only with a language pack.
        if (await localeOf(snapshot.dir, name)) continue;
        report.beginPart(`VS Code ${version}: ${name}`);
        const open = (/** @type {any} */ window) => openDesktopWindow({ executable, extension: snapshot.dir, env }, window);
        const complete = await runScenario(report, { name, dir: snapshot.dir, output, driver, open });
        if (complete && report.ranInPart === 0 && !flags.grep) report.addProblem(`scenario ${name}`, 'None of its tests ran.');
      }
    }
  } finally {
    driver.stop();
    await snapshot.remove();
  }
}

/** `^1.107.0` in engines means 1.107.0. */
async function oldestVersion() {
  const { engines } = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8'));
  return engines.vscode.replace(/^\D+/, '');
}

/** @param {string} version */
async function download(version) {
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  try {
    const options = { version, reporter: new SilentReporter(), cachePath: path.join(checkout, 'out', 'desktop', 'vscode') };
    return await withProgress(`Downloading VS Code ${version}`, () => downloadAndUnzipVSCode(options));
  } catch (error) {
    const advice = "run these tests where VS Code's update server is reachable";
    throw new Error(`VS Code ${version} could not be downloaded (${error.message}): ${advice}.`, { cause: error });
  }
}
