/** Waits until the demo's panel is full of data, and takes its pictures. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { recordDemo } from './demoRecording.mjs';
import { panel } from './driverOperations.mjs';
import { waitUntil } from './waitUntil.mjs';
import { launchBrowser, openWorkbench } from './workbenchPage.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

const FILLED_MS = 120_000;
const SHOWN_MS = 20_000;
/** The titles of the profiler's views, whose case the workbench changes. */
const TREES = [/Allocations in Use/i, /Open Handles/i];
const REPORTS = ['profile.json', 'handles.json'];

/**
 * @param {object} options
 * @param {import('./environment/bootstrap.mjs').Environment} options.environment
 * @param {import('./vscodeServer.mjs').VscodeServer} options.server
 * @param {string} options.workspace
 * @param {string} options.reports where the starter extension writes what the API gives
 * @param {string} options.out
 */
export async function takePictures({ environment, server, workspace, reports, out }) {
  await mkdir(out, { recursive: true });
  const browser = await launchBrowser(environment);
  try {
    const page = await openWorkbench(browser, server, { folder: workspace });
    try {
      await waitUntilFilled(page, reports);
      await showOnlyBifrost(page);
      await page.screenshot({ path: path.join(out, 'panel.png') });
      await recordDemo(page, path.join(out, 'recording.gif'));
      await runCommandOfPalette(page, 'Preferences: Toggle between Light/Dark Themes');
      await (await panel(page)).locator('body.vscode-light').waitFor({ timeout: SHOWN_MS });
      await nextPaint(page);
      await page.screenshot({ path: path.join(out, 'panel-light.png') });
    } catch (error) {
      await page.screenshot({ path: path.join(out, 'failure.png') });
      throw error;
    }
    for (const file of REPORTS) await copyFile(path.join(reports, file), path.join(out, file));
  } finally {
    await browser.close();
  }
}

/** @param {Page} page @param {string} reports */
async function waitUntilFilled(page, reports) {
  /** @type {string[]} */
  let empty = [];
  try {
    await waitUntil('the demo', FILLED_MS, async () => {
      empty = [...(await emptyInPanel(page)), ...(await emptyInReports(reports))];
      return empty.length === 0;
    });
  } catch {
    throw new Error(`After ${FILLED_MS / 1000} s still empty: ${empty.join('; ')}.`);
  }
}

/** @param {Page} page */
async function emptyInPanel(page) {
  const root = await panel(page, 0).catch(() => undefined);
  if (!root) return ['the panel, which did not open'];
  return (await root.locator('#bifrost[data-ready="true"]').count()) > 0 ? [] : ['the charts or the lists of the panel'];
}

/** @param {string} reports */
async function emptyInReports(reports) {
  if (REPORTS.every((file) => existsSync(path.join(reports, file)))) return [];
  const waiting = path.join(reports, 'waiting.txt');
  return [existsSync(waiting) ? await readFile(waiting, 'utf8') : "all that the extension's API gives"];
}

/** Leaves the profiler's two trees open in the side bar, and closes what lies over the workbench. */
async function showOnlyBifrost(/** @type {Page} */ page) {
  for (const header of await page.locator('.part.sidebar .pane-header').all()) {
    const text = await header.innerText();
    const isOurs = TREES.some((title) => title.test(text));
    const isOpen = (await header.getAttribute('aria-expanded')) === 'true';
    if (isOurs !== isOpen) await header.locator('.title').click();
  }
  const view = (/** @type {RegExp} */ hasText) =>
    page.locator('.part.sidebar .pane', { has: page.locator('.pane-header', { hasText }) });
  const [upper, lower] = TREES.map(view);
  for (const tree of [upper, lower]) await tree.locator('.monaco-list-row').first().waitFor({ timeout: SHOWN_MS });
  await waitUntil('the two trees to have the same height', SHOWN_MS, () => halve(page, upper, lower));
  for (const close of await page.locator('.notification-toast .codicon-notifications-clear').all()) await close.click();
  // Else the header that was clicked last has a frame around it.
  await page.locator('.part.editor .tab.active').click();
  // Off anything that shows a hover.
  await page.mouse.move(800, 990);
  await nextPaint(page);
}

/**
 * Drags the line between two views to the middle. Gives false until it is there: views move for a while after one was opened.
 *
 * @param {Page} page
 * @param {Locator} upper
 * @param {Locator} lower
 */
async function halve(page, upper, lower) {
  const [above, below] = [await upper.boundingBox(), await lower.boundingBox()];
  if (!above || !below) return false;
  if (Math.abs(above.height - below.height) < 10) return true;
  const x = below.x + below.width / 2;
  await page.mouse.move(x, below.y);
  await page.mouse.down();
  await page.mouse.move(x, (above.y + below.y + below.height) / 2, { steps: 5 });
  await page.mouse.up();
  return false;
}

/** @param {Page} page @param {string} title */
async function runCommandOfPalette(page, title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** The charts are drawn in the frame after the one in which their page changed. */
async function nextPaint(/** @type {Page} */ page) {
  const root = (await panel(page)).locator('#bifrost');
  await root.evaluate((element) => {
    const { requestAnimationFrame } = element.ownerDocument.defaultView;
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))));
  });
}
