/** The npm packages of the checkout itself. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from './checkout.mjs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';

const installed = path.join(checkout, 'node_modules');

/**
 * Makes node_modules what package-lock.json says, if it is not already.
 *
 * Installed under out/ and then moved, so that two runs that start in a fresh clone do not install over each other.
 * Install scripts do not run: esbuild's only copies a file to be faster.
 */
export async function ensureProjectPackages() {
  if (await matchesLock()) return;
  await withProgress('Installing the npm packages of the checkout', async () => {
    await mkdir(path.join(checkout, 'out'), { recursive: true });
    const staging = await mkdtemp(path.join(checkout, 'out', 'install-'));
    try {
      for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
        await cp(path.join(checkout, file), path.join(staging, file));
      }
      await npm(staging, 'ci');
      if (await matchesLock()) return;
      if (existsSync(installed)) await rename(installed, path.join(staging, 'old'));
      await rename(path.join(staging, 'node_modules'), installed);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  });
}

/** Compares with the list npm keeps of what it has installed: it is written last, so an interrupted install has none. */
async function matchesLock() {
  const list = path.join(installed, '.package-lock.json');
  if (!existsSync(list)) return false;
  const has = await packagesIn(list);
  const wants = await packagesIn(path.join(checkout, 'package-lock.json'));
  return Object.entries(wants).every(([place, { version, optional }]) => {
    if (place === '') return true;
    // Optional ones are binaries for other platforms.
    return has[place] === undefined ? optional === true : has[place].version === version;
  });
}

/** @param {string} file @returns {Promise<Record<string, { version?: string, optional?: boolean }>>} */
async function packagesIn(file) {
  return JSON.parse(await readFile(file, 'utf8')).packages;
}
