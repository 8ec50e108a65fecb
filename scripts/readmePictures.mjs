/** The pictures of the README: those of the demo, made light enough for a page that people open on the way. */
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';

/** Enough for two themes of VS Code; what is left out are shades on the edges of letters. */
const COLORS = 64;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Per pixel, and the kind of its colours. */
const [BITS, PALETTE] = [8, 3];
/** In bytes. The test of the documents has the same. */
const LIMITS = { 'panel.png': 200_000, 'recording.gif': 700_000 };

/**
 * @param {string} pictures the folder that the demo has written to
 * @param {string} out
 */
export async function writeReadmePictures(pictures, out) {
  await mkdir(out, { recursive: true });
  await writeFile(path.join(out, 'panel.png'), lighter(await readFile(path.join(pictures, 'panel.png'))));
  await copyFile(path.join(pictures, 'recording.gif'), path.join(out, 'recording.gif'));
  for (const [name, limit] of Object.entries(LIMITS)) {
    const { size } = await stat(path.join(out, name));
    if (size > limit) throw new Error(`${name} has ${size} bytes, more than ${limit}.`);
  }
}

/** The same picture with a palette: a byte for each pixel, which pngjs does not write. @param {Buffer} png */
function lighter(png) {
  const { applyPalette, quantize } = gifenc;
  const { width, height, data } = PNG.sync.read(png);
  const palette = quantize(data, COLORS);
  const colors = applyPalette(data, palette);
  // Each line begins with its filter: none.
  const lines = Buffer.alloc((width + 1) * height);
  for (let line = 0; line < height; line++) lines.set(colors.subarray(line * width, (line + 1) * width), line * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BITS, PALETTE], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => color.slice(0, 3)))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}
