/**
 * What a test in the extension host can have done in the page. test/helpers/driver.ts is the other end.
 *
 * Everything is found by selector in a Playwright page, whether that is a browser's or, over its debugging port, VS Code's.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { waitUntil } from './waitUntil.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').FrameLocator} FrameLocator */
/** @typedef {{ selector: string, text?: string, nth?: number, timeoutMs?: number }} Target */

const require = createRequire(import.meta.url);

/** How long an element may take to appear, unless the test says otherwise. */
const APPEAR_MS = 10_000;
/** A drag of one jump would be none. */
const DRAG_STEPS = 8;

/** @type {Record<string, (page: Page, params: any, screenshots: string) => Promise<unknown>>} */
export const operations = {
  'workbench.waitFor': (page, target) => waitFor(page, target),
  'workbench.click': (page, target) => click(page, target),
  'workbench.hover': (page, target) => find(page, target).hover({ timeout: target.timeoutMs ?? APPEAR_MS }),
  'workbench.evaluate': (page, { expression }) => page.evaluate((code) => (0, eval)(code), expression),
  'workbench.text': (page, target) => page.locator(target.selector).allInnerTexts(),
  'workbench.press': (page, { keys }) => page.keyboard.press(keys),
  'workbench.type': (page, { text }) => page.keyboard.type(text),
  'panel.waitFor': async (page, target) => waitFor(await panel(page, target.timeoutMs), target),
  'panel.click': async (page, target) => click(await panel(page, target.timeoutMs), target),
  'panel.text': async (page, target) => (await panel(page)).locator(target.selector).allInnerTexts(),
  'panel.evaluate': async (page, { expression }) => evaluate(await panel(page), expression),
  'summary.waitFor': async (page, target) => waitFor(await panel(page, target.timeoutMs, 'compact'), target),
  'summary.click': async (page, target) => click(await panel(page, target.timeoutMs, 'compact'), target),
  'summary.text': async (page, target) => (await panel(page, APPEAR_MS, 'compact')).locator(target.selector).allInnerTexts(),
  'summary.evaluate': async (page, { expression }) => evaluate(await panel(page, APPEAR_MS, 'compact'), expression),
  'panel.move': async (page, { selector, at }) => page.mouse.move(...(await pointIn(page, selector, at))),
  'panel.drag': async (page, { selector, from, to }) => {
    await page.mouse.move(...(await pointIn(page, selector, from)));
    await page.mouse.down();
    await page.mouse.move(...(await pointIn(page, selector, to)), { steps: DRAG_STEPS });
    await page.mouse.up();
  },
  'panel.wheel': async (page, { selector, at, by, key }) => {
    await page.mouse.move(...(await pointIn(page, selector, at)));
    if (key) await page.keyboard.down(key);
    await page.mouse.wheel(...by);
    if (key) await page.keyboard.up(key);
  },
  'panel.accessibility': async (page) => accessibility(await panel(page)),
  'viewer.waitFor': async (page, target) => void (await viewer(page, target)),
  'viewer.click': async (page, target) => click(await viewer(page, target), target),
  'viewer.fill': async (page, { value, ...target }) => find(await viewer(page, target), target).fill(value, { timeout: target.timeoutMs ?? APPEAR_MS }),
  'workbench.resize': async (page, { width, height, scale }) => {
    // Playwright goes back to its own size for a picture. What is emulated besides goes with the connection, so that stays;
    // and a page notices another scale only together with another size.
    await page.setViewportSize({ width, height: height - 1 });
    const connection = await page.context().newCDPSession(page);
    await connection.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
  },
  measured: async (_page, { name, figures }, screenshots) => {
    const folder = path.join(path.dirname(screenshots), 'measured');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  },
  screenshot: async (page, { name }, screenshots) => {
    await mkdir(screenshots, { recursive: true });
    const file = path.join(screenshots, `${name.replace(/[^\w.-]+/g, '-')}.png`);
    await page.screenshot({ path: file });
    return file;
  },
};

/**
 * The page of the Bifrost panel: a webview is two nested frames, and other extensions may have webviews of their own.
 *
 * @param {Page} page
 * @param {number} [timeoutMs]
 * @param {'full' | 'compact'} [form] the compact one is in the side bar
 */
export function panel(page, timeoutMs = APPEAR_MS, form = 'full') {
  return waitUntil(`a webview that contains #bifrost in its ${form} form`, timeoutMs, async () => {
    const webviews = page.locator('iframe.webview');
    for (let index = 0; index < (await webviews.count()); index++) {
      const inner = webviews.nth(index).contentFrame().locator('#active-frame').contentFrame();
      if ((await inner.locator(`#bifrost[data-form="${form}"]`).count()) > 0) return inner;
    }
    return undefined;
  });
}

/**
 * What axe has to say against the panel's page, a line each: the rule, its help, and where.
 *
 * @param {FrameLocator} frame
 */
async function accessibility(frame) {
  const source = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  const { violations } = await frame.locator(':root').evaluate(async (_root, code) => {
    (0, eval)(code);
    // The rest of the frame is VS Code's.
    return globalThis.axe.run('#bifrost', { resultTypes: ['violations'] });
  }, source);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`));
}

/**
 * The page of another extension's webview, once it shows the target.
 *
 * @param {Page} page
 * @param {Target} target
 */
function viewer(page, target) {
  return waitUntil(`a webview that shows ${JSON.stringify(target)}`, target.timeoutMs ?? APPEAR_MS, async () => {
    const webviews = page.locator('iframe.webview');
    for (let index = 0; index < (await webviews.count()); index++) {
      const inner = webviews.nth(index).contentFrame().locator('#active-frame').contentFrame();
      if (await find(inner, target).isVisible()) return inner;
    }
    return undefined;
  });
}

/**
 * A point of the window that lies in an element of the panel.
 *
 * @param {Page} page
 * @param {string} selector
 * @param {[x: number, y: number]} at shares of the element's width and height, from 0 to 1
 * @returns {Promise<[x: number, y: number]>}
 */
async function pointIn(page, selector, [x, y]) {
  const element = (await panel(page)).locator(selector).first();
  await element.scrollIntoViewIfNeeded({ timeout: APPEAR_MS });
  const box = await element.boundingBox();
  if (!box) throw new Error(`${selector} is not shown.`);
  return [box.x + x * box.width, box.y + y * box.height];
}

/** @param {FrameLocator} frame @param {string} expression */
function evaluate(frame, expression) {
  return frame.locator(':root').evaluate((_root, code) => (0, eval)(code), expression);
}

/** @param {Page | FrameLocator} where @param {Target} target */
function find(where, { selector, text, nth = 0 }) {
  return where.locator(selector, text === undefined ? {} : { hasText: text }).nth(nth);
}

/** @param {Page | FrameLocator} where @param {Target} target */
async function waitFor(where, target) {
  await find(where, target).waitFor({ state: 'visible', timeout: target.timeoutMs ?? APPEAR_MS });
}

/** @param {Page | FrameLocator} where @param {Target} target */
async function click(where, target) {
  await find(where, target).click({ timeout: target.timeoutMs ?? APPEAR_MS });
}
