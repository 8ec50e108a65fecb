/** Records the demo: what a user sees and does in a few seconds, as an animated picture that any page can show. */
import { writeFile } from 'node:fs/promises';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import { panel } from './driverOperations.mjs';

/** @typedef {import('playwright-core').Page} Page */

const FRAME_MS = 400;
/** The last picture stays, so that it can be read before all begins anew. */
const LAST_MS = 2_500;
const COLORS = 64;
const SHOWN_MS = 10_000;
/** An index of the palette that stands for "as before". */
const UNCHANGED = COLORS - 1;

/** What is done, and how many pictures are taken after it. @type {{ frames: number, act: (page: Page) => Promise<void> }[]} */
const STEPS = [
  { frames: 5, act: async () => undefined },
  { frames: 3, act: async (page) => (await panel(page)).locator('[data-test="tab"][data-tab="handles"]').click({ timeout: SHOWN_MS }) },
  { frames: 4, act: async (page) => (await panel(page)).locator('[data-test="handles"] [data-test="row"]').first().click({ timeout: SHOWN_MS }) },
  { frames: 5, act: async (page) => (await panel(page)).locator('[data-test="handles"] button.frame.origin-user').first().click({ timeout: SHOWN_MS }) },
];

/**
 * @param {Page} page a workbench with a filled panel
 * @param {string} file gets a GIF
 */
export async function recordDemo(page, file) {
  /** @type {Buffer[]} */
  const pictures = [];
  for (const { frames, act } of STEPS) {
    await act(page);
    for (let left = frames; left > 0; left--) {
      pictures.push(await page.screenshot());
      await page.waitForTimeout(FRAME_MS);
    }
  }
  await writeFile(file, encode(pictures));
}

/** One palette for all pictures; of each but the first only what has changed, which is little. @param {Buffer[]} pictures */
function encode(pictures) {
  const { GIFEncoder, applyPalette, quantize } = gifenc;
  const frames = pictures.map((picture) => PNG.sync.read(picture));
  const [{ width, height }] = frames;
  // The first and the last have all colours between them, and one is kept free.
  const palette = quantize(Buffer.concat([frames[0].data, frames[frames.length - 1].data]), COLORS - 1);
  while (palette.length < COLORS) palette.push([0, 0, 0]);
  const gif = GIFEncoder();
  /** @type {Uint8Array | undefined} */
  let shown;
  for (const [index, { data }] of frames.entries()) {
    const colors = applyPalette(data, palette.slice(0, UNCHANGED));
    const before = shown;
    const changes = before ? colors.map((color, at) => (color === before[at] ? UNCHANGED : color)) : colors;
    const delay = index === frames.length - 1 ? LAST_MS : FRAME_MS;
    gif.writeFrame(changes, width, height, { ...(index === 0 ? { palette } : {}), delay, transparent: index > 0, transparentIndex: UNCHANGED, dispose: 1 });
    shown = colors;
  }
  gif.finish();
  return gif.bytes();
}
