/** The browser that shows the workbench. */
import { existsSync } from 'node:fs';
import { aptInstall, findOnPath, mayAptInstall } from './systemPackages.mjs';

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
  if (!mayAptInstall()) throw new Error('No Chromium was found: install Chromium or Chrome, or set BIFROST_CHROMIUM to its path.');
  // Without a font every text in a screenshot is a row of boxes.
  await aptInstall('Chromium', ['chromium', 'fonts-liberation']);
  const installed = find();
  if (!installed) throw new Error('apt-get installed Chromium, but no chromium command is on the PATH.');
  return installed;
}

function find() {
  return findOnPath(NAMES) ?? APPLICATIONS.find((file) => existsSync(file));
}
