/** Runs one folder of test/vscode in a VS Code, whichever way that VS Code is started. */
import { appendFileSync, existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeTempFolder } from './environment/tempFolder.mjs';
import { operations } from './driverOperations.mjs';
import { logTail } from './logTail.mjs';
import { waitUntil } from './waitUntil.mjs';

/** For all tests of a scenario together; its prepare.mjs may export another `timeoutMs`, a `locale`, and `webviewsApart`. */
const TIMEOUT_MS = 240_000;
const OPEN_TIMEOUT_MS = 90_000;

/**
 * @typedef {object} OpenedWindow
 * @property {import('playwright-core').Page} page
 * @property {() => Promise<void>} close
 * @property {() => Promise<OpenedWindow>} reopen another one in its place, with what VS Code remembers
 */

/**
 * @typedef {object} WindowOptions
 * @property {string} workspace
 * @property {string} testsPath the module whose `run` runs the tests
 * @property {string} [locale] the language of the extension's texts; absent: English
 * @property {boolean} [webviewsApart] each webview is to have a process of its own, which it always has on the desktop
 * @property {(how: string) => void} onEnd the tests or the window ended
 * @property {(line: string) => void} log
 */

/**
 * The scenarios in a snapshot, or the one that is named.
 *
 * @param {string} dir
 * @param {string} [only]
 */
export async function scenarioNames(dir, only) {
  const entries = await readdir(path.join(dir, 'test', 'vscode'), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  if (only !== undefined && !names.includes(only)) throw new Error(`There is no scenario "${only}", only ${names.join(', ')}.`);
  if (only !== undefined) return [only];
  // Some take the whole machine for minutes, and run only when they are named.
  const onRequest = await Promise.all(names.map(async (name) => (await preparation(dir, name)).onRequest === true));
  return names.filter((_name, index) => !onRequest[index]);
}

/**
 * @param {import('./testReport.mjs').TestReport} report
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.dir the snapshot
 * @param {string} options.output the folder for logs
 * @param {Awaited<ReturnType<typeof import('./testDriver.mjs').startTestDriver>>} options.driver
 * @param {(options: WindowOptions) => Promise<OpenedWindow>} options.open
 * @returns {Promise<boolean>} false when it did not run to its end, so that logs are worth reading
 */
export async function runScenario(report, { name, dir, output, driver, open }) {
  const temp = await makeTempFolder(name);
  const logFile = path.join(output, 'logs', `${name}.log`);
  await mkdir(path.dirname(logFile), { recursive: true });
  await rm(logFile, { force: true });

  let finished = false;
  let end = /** @type {string | undefined} */ (undefined);
  let window = /** @type {OpenedWindow | undefined} */ (undefined);
  const opened = () => waitUntil('the window to open', OPEN_TIMEOUT_MS, () => window);
  const page = async () => (await opened()).page;
  const picture = async (/** @type {string} */ what) =>
    operations.screenshot(await page(), { name: `${name}-${what}` }, driver.screenshots);
  driver.add(name, {
    page,
    onRecord: async (record) => {
      report.add(record);
      if (record.state === 'failed') console.log(`       picture: ${await picture(`failed-${record.title}`)}`);
    },
    onFinished: () => void (finished = true),
    reopen: async () => {
      const before = await opened();
      window = undefined;
      window = await before.reopen();
    },
  });
  try {
    const { workspace, timeoutMs, locale, webviewsApart } = await prepare(name, dir, temp.dir);
    window = await open({
      workspace,
      testsPath: path.join(dir, 'out', 'test', 'vscode', name, 'index.js'),
      locale,
      webviewsApart,
      onEnd: (how) => (end ??= how),
      log: (line) => appendFileSync(logFile, `${line}\n`),
    });
    await waitUntil(`scenario ${name} to end`, timeoutMs, () => end);
    if (!finished) throw new Error(`It ended before its tests were through: ${end}.`);
    return true;
  } catch (error) {
    const shown = window ? await picture('stopped').catch((reason) => `none: ${reason.message}`) : 'none';
    report.addProblem(`scenario ${name}`, `${error.message}\npicture: ${shown}\n${await logTail(logFile)}`);
    return false;
  } finally {
    driver.remove(name);
    await window?.close();
    await temp.remove();
  }
}

/**
 * Copies the scenario's workspace, since tests may write to it, and lets its prepare.mjs complete the copy.
 *
 * @param {string} name
 * @param {string} dir
 * @param {string} temp
 */
async function prepare(name, dir, temp) {
  const source = path.join(dir, 'test', 'vscode', name);
  const workspace = path.join(temp, 'workspace');
  await mkdir(workspace);
  if (existsSync(path.join(source, 'workspace'))) await cp(path.join(source, 'workspace'), workspace, { recursive: true });
  const { prepare: complete, timeoutMs = TIMEOUT_MS, locale, webviewsApart } = await preparation(dir, name);
  await complete?.(workspace, { root: dir });
  return { workspace, timeoutMs, locale, webviewsApart };
}

/**
 * The language that a scenario wants for the extension's texts; undefined for English.
 *
 * @param {string} dir
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
export async function localeOf(dir, name) {
  return (await preparation(dir, name)).locale;
}

/** A scenario's prepare.mjs. @param {string} dir @param {string} name */
async function preparation(dir, name) {
  const script = path.join(dir, 'test', 'vscode', name, 'prepare.mjs');
  return existsSync(script) ? await import(pathToFileURL(script).href) : {};
}
