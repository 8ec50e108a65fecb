/** Where downloads that outlive one run are kept: Node versions and the VS Code server. */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onExit } from './cleanUp.mjs';

/** The folder named by BIFROST_CACHE, or the user's own cache folder. */
export function cacheFolder() {
  const { BIFROST_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (BIFROST_CACHE) return path.resolve(BIFROST_CACHE);
  if (process.platform === 'win32' && LOCALAPPDATA) return path.join(LOCALAPPDATA, 'bifrost');
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'bifrost');
}

/**
 * Gives the cached folder `name`, filling it first when it is not there.
 *
 * It is filled under another name and then renamed, so a folder that exists is complete even after a crash, and of two
 * runs that fill it at once the second uses what the first made.
 *
 * @param {string} name must change with whatever version the content has
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>}
 */
export async function cached(name, fill) {
  const target = path.join(cacheFolder(), name);
  if (existsSync(target)) return target;
  await mkdir(cacheFolder(), { recursive: true });
  const staging = await mkdtemp(path.join(cacheFolder(), `.${name}-`));
  const forget = onExit(() => rmSync(staging, { recursive: true, force: true }));
  try {
    await fill(staging);
    await moveUnlessThere(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
    forget();
  }
  return target;
}

/** @param {string} from @param {string} to */
async function moveUnlessThere(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}
