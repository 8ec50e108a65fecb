/** The browser that shows the workbench. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of Chromium or Chrome. Installs Debian's when there is none and this user may. @returns {Promise<string>} */
export async function chromiumBinary() {
  const named = process.env.BIFROST_CHROMIUM;
  if (named && !existsSync(named)) throw new Error(`BIFROST_CHROMIUM is set to ${named}, which does not exist.`);
  const found = named ?? find();
  if (found) return found;
  if (!findOnPath(['apt-get']) || process.getuid?.() !== 0) {
    throw new Error('No Chromium was found: install Chromium or Chrome, or set BIFROST_CHROMIUM to its path.');
  }
  await withProgress('Installing Chromium with apt-get', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Two runs at once: the second waits for the first to release the package system.
    const wait = ['-o', 'DPkg::Lock::Timeout=600'];
    await runCommand('apt-get', [...wait, 'update'], { env });
    // Without a font every text in a screenshot is a row of boxes.
    await runCommand('apt-get', [...wait, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env });
  });
  const installed = find();
  if (!installed) throw new Error('apt-get installed Chromium, but no chromium command is on the PATH.');
  return installed;
}

function find() {
  return findOnPath(NAMES) ?? APPLICATIONS.find((file) => existsSync(file));
}

/** @param {string[]} names */
function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}
