/** A copy of the checkout to build and test in. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from './environment/checkout.mjs';
import { withProgress } from './environment/progress.mjs';
import { runCommand } from './environment/runCommand.mjs';
import { makeTempFolder } from './environment/tempFolder.mjs';

/** Not copied: what is made there, and what is linked. */
const LEFT_OUT = new Set(['.git', 'dist', 'node_modules', 'out']);

/**
 * Copies the checkout to a temp folder, so that another run, a watch build or an edit does not change what is being tested.
 *
 * The packages are linked, not copied. `forPacking`: those that ship are copied, since vsce packs no links, and the link
 * to all others is one folder up, where Node finds it too.
 *
 * @param {{ forPacking?: boolean }} [options]
 */
export async function makeSnapshot({ forPacking = false } = {}) {
  const folder = await makeTempFolder('checkout');
  const dir = path.join(folder.dir, 'bifrost');
  for (const entry of await readdir(checkout)) {
    if (LEFT_OUT.has(entry) || entry.endsWith('.vsix')) continue;
    await cp(path.join(checkout, entry), path.join(dir, entry), { recursive: true });
  }
  if (forPacking) await copyShippedPackages(dir);
  // 'junction': Windows lets only administrators make other links.
  await symlink(path.join(checkout, 'node_modules'), path.join(forPacking ? folder.dir : dir, 'node_modules'), 'junction');
  return { dir, remove: folder.remove };
}

/** @param {string} dir */
async function copyShippedPackages(dir) {
  const lock = JSON.parse(await readFile(path.join(checkout, 'package-lock.json'), 'utf8'));
  for (const [place, { dev }] of Object.entries(lock.packages)) {
    const from = path.join(checkout, place);
    if (place !== '' && !dev && existsSync(from)) await cp(from, path.join(dir, place), { recursive: true });
  }
}

/**
 * Builds in the snapshot, with its own build script.
 *
 * @param {string} dir
 * @param {...('--production' | '--tests')} flags
 */
export function buildSnapshot(dir, ...flags) {
  return withProgress('Building', () => runCommand(process.execPath, ['esbuild.mjs', ...flags], { cwd: dir }));
}
