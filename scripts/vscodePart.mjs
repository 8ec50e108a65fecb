/** Runs the scenarios in the VS Code server, shown by Chromium. */
import path from 'node:path';
import { runScenario, scenarioNames } from './scenario.mjs';
import { startTestDriver } from './testDriver.mjs';
import { startVscodeServer } from './vscodeServer.mjs';
import { launchBrowser, openWorkbench, reopenWorkbench } from './workbenchPage.mjs';

/**
 * @param {import('./testReport.mjs').TestReport} report
 * @param {object} options
 * @param {import('./environment/bootstrap.mjs').Environment} options.environment
 * @param {string} [options.scenario] the only one to run
 * @param {string} options.dir the snapshot, whose extension is loaded as one under development
 * @param {string} options.output
 * @param {Record<string, string>} options.env
 * @param {boolean} options.mayBeEmpty a scenario of which no test ran is right, as only some were asked for
 */
export async function runVscodePart(report, { environment, scenario, dir, output, env, mayBeEmpty }) {
  const driver = await startTestDriver(path.join(output, 'screenshots'));
  const browser = await launchBrowser(environment);
  const server = await startVscodeServer({
    environment,
    smokeTestDriver: true,
    env: { ...env, BIFROST_TEST_DRIVER: driver.address },
  });
  try {
    for (const name of await scenarioNames(dir, scenario)) {
      report.beginPart(`VS Code: ${name}`);
      const complete = await runScenario(report, {
        name,
        dir,
        output,
        driver,
        open: async ({ workspace, testsPath, locale, webviewsApart, onEnd, log }) => {
          await server.resetSettings();
          const options = {
            folder: workspace,
            extensionDevelopmentPath: dir,
            extensionTestsPath: testsPath,
            locale,
            webviewsApart,
            onExit: (code) => onEnd(`VS Code ended the tests with code ${code}`),
            onCrash: () => onEnd('its page crashed'),
            onLog: log,
          };
          server.onEnd = (code) => onEnd(`the VS Code server ended with ${code}`);
          /** @param {import('playwright-core').Page} page @returns {import('./scenario.mjs').OpenedWindow} */
          const windowOf = (page) => ({
            page,
            close: () => page.context().close(),
            reopen: async () => windowOf(await reopenWorkbench(page, server, options)),
          });
          return windowOf(await openWorkbench(browser, server, options));
        },
      });
      if (!complete) console.log(await server.logTail());
      else if (report.ranInPart === 0 && !mayBeEmpty) report.addProblem(`scenario ${name}`, 'None of its tests ran.');
    }
  } finally {
    await browser.close();
    await server.stop();
    driver.stop();
  }
}
