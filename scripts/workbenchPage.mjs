/** Shows a workbench in Chromium. */
import { URL, URLSearchParams } from 'node:url';
import { chromium } from 'playwright-core';
import { hostApart, PROCESS_PER_ORIGIN, setWebviewsApart } from './webviewOrigins.mjs';

/** The workbench downloads some 20 MB of scripts and starts an extension host. */
const OPEN_TIMEOUT_MS = 90_000;

/** Chromium as root has no sandbox; the rest keeps it off the network. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  PROCESS_PER_ORIGIN,
];

/** @param {import('./environment/bootstrap.mjs').Environment} environment */
export function launchBrowser(environment) {
  return chromium.launch({ executablePath: environment.chromium, args: ARGS });
}

/**
 * Opens a folder in a browser context of its own, so that nothing is remembered from an earlier page.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('./vscodeServer.mjs').VscodeServer} server
 * @param {object} options
 * @param {string} options.folder
 * @param {string} [options.extensionDevelopmentPath] needs a server with `smokeTestDriver`
 * @param {string} [options.extensionTestsPath] needs a server with `smokeTestDriver`
 * @param {string} [options.locale] the language of extensions; the workbench stays English
 * @param {boolean} [options.webviewsApart] in processes of their own
 * @param {(code: number) => void} [options.onExit] gets the result of the module at `extensionTestsPath`
 * @param {(line: string) => void} [options.onLog] gets what the page and the extension host log
 * @param {() => void} [options.onCrash]
 */
export async function openWorkbench(browser, server, options) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  return openIn(context, server, options);
}

/**
 * The same in the place of a page that was opened before: with what VS Code has remembered in the browser.
 *
 * @param {import('playwright-core').Page} before
 * @param {import('./vscodeServer.mjs').VscodeServer} server
 * @param {Parameters<typeof openWorkbench>[2]} options
 */
export async function reopenWorkbench(before, server, options) {
  await before.close();
  return openIn(before.context(), server, options);
}

/** @param {import('playwright-core').BrowserContext} context @param {import('./vscodeServer.mjs').VscodeServer} server @param {Parameters<typeof openWorkbench>[2]} options */
async function openIn(context, server, options) {
  try {
    const page = await context.newPage();
    page.on('console', (message) => options.onLog?.(`[${message.type()}] ${message.text()}`));
    page.on('crash', () => options.onCrash?.());
    // The workbench calls these by name when the smoke test driver is on.
    await page.exposeFunction('codeAutomationLog', (type, args) => options.onLog?.(`[${type}] ${args.join(' ')}`));
    await page.exposeFunction('codeAutomationExit', (code) => options.onExit?.(code));
    // What the workbench's own scripts of another language would set.
    if (options.locale) await page.addInitScript((locale) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: locale }), options.locale);
    if (options.webviewsApart) await setWebviewsApart(page, server);
    await page.goto(address(server, options));
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: OPEN_TIMEOUT_MS });
    return page;
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** @param {import('./vscodeServer.mjs').VscodeServer} server @param {Parameters<typeof openWorkbench>[2]} options */
function address(server, { folder, extensionDevelopmentPath, extensionTestsPath, webviewsApart = false }) {
  const host = webviewsApart ? hostApart(server.port) : new URL(server.url).host;
  const remote = (/** @type {string} */ file) => `vscode-remote://${host}${asUriPath(file)}`;
  const payload = [['skipWelcome', 'true'], ['skipReleaseNotes', 'true']];
  if (extensionDevelopmentPath) payload.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  if (extensionTestsPath) payload.push(['extensionTestsPath', remote(extensionTestsPath)]);
  return `http://${host}/?${new URLSearchParams({ folder: asUriPath(folder), payload: JSON.stringify(payload) })}`;
}

/** @param {string} file */
function asUriPath(file) {
  const forward = file.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
