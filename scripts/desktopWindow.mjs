/** Opens a desktop VS Code and gets hold of its window. */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startGroup } from './environment/processGroup.mjs';
import { makeTempFolder } from './environment/tempFolder.mjs';
import { waitUntil } from './waitUntil.mjs';
import { writeUserSettings } from './workbenchSettings.mjs';

const OPEN_TIMEOUT_MS = 90_000;

/**
 * @param {object} options
 * @param {string} options.executable
 * @param {string} options.extension
 * @param {Record<string, string>} options.env
 * @param {import('./scenario.mjs').WindowOptions} window
 * @returns {Promise<import('./scenario.mjs').OpenedWindow>}
 */
export async function openDesktopWindow(options, window) {
  const temp = await makeTempFolder('desktop');
  await writeUserSettings(temp.dir);
  return openIn(temp, options, window);
}

/**
 * @param {Awaited<ReturnType<typeof makeTempFolder>>} temp where VS Code keeps what it remembers
 * @param {Parameters<typeof openDesktopWindow>[0]} options
 * @param {import('./scenario.mjs').WindowOptions} window
 * @returns {Promise<import('./scenario.mjs').OpenedWindow>}
 */
async function openIn(temp, options, window) {
  const { executable, extension, env } = options;
  const { workspace, testsPath, log } = window;
  let onEnd = window.onEnd;
  const variables = { ...process.env, ...env };
  // Set in the terminals of VS Code, and would make the executable a plain Node.js.
  delete variables.ELECTRON_RUN_AS_NODE;
  const group = startGroup(
    executable,
    [
      workspace,
      `--extensionDevelopmentPath=${extension}`,
      `--extensionTestsPath=${testsPath}`,
      `--user-data-dir=${temp.dir}`,
      `--extensions-dir=${path.join(temp.dir, 'extensions')}`,
      '--remote-debugging-port=0',
      // Else the extension host takes the PATH of a login shell, and programs run on whichever Node.js that finds.
      '--force-disable-user-env',
      ...['--no-sandbox', '--disable-gpu', '--disable-updates', '--disable-workspace-trust'],
      ...['--skip-welcome', '--skip-release-notes'],
    ],
    { env: variables, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // Chromium's way to tell which port it chose.
  const portFile = path.join(temp.dir, 'DevToolsActivePort');
  for (const stream of [group.child.stdout, group.child.stderr]) stream.setEncoding('utf8').on('data', log);
  group.finished.then(
    (code) => onEnd(`VS Code ended with ${code}`),
    (error) => onEnd(`VS Code could not be started: ${error.message}`),
  );
  const close = async () => {
    await group.stop();
    await temp.remove();
  };
  try {
    await waitUntil('VS Code to open its debugging port', OPEN_TIMEOUT_MS, () => existsSync(portFile));
    const [port] = (await readFile(portFile, 'utf8')).split('\n');
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const page = await waitUntil('the workbench of VS Code', OPEN_TIMEOUT_MS, () =>
      browser.contexts().flatMap((context) => context.pages()).find((candidate) => candidate.url().includes('workbench')),
    );
    const reopen = async () => {
      onEnd = () => undefined;
      await group.stop();
      await rm(portFile, { force: true });
      return openIn(temp, options, window);
    };
    return { page, close, reopen };
  } catch (error) {
    await close();
    throw error;
  }
}
