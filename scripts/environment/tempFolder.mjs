/** Folders of one run. */
import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onExit } from './cleanUp.mjs';

/** Processes that were just ended may still write while their folder is removed. */
const REMOVE = { recursive: true, force: true, maxRetries: 5, retryDelay: 200 };

/**
 * Makes an empty folder that is removed when this process exits, if `remove` was not called before.
 *
 * @param {string} purpose a word for its name
 */
export async function makeTempFolder(purpose) {
  // The real path: js-debug and the extension host report real paths, and the system's temp folder can be a link.
  const dir = await realpath(await mkdtemp(path.join(os.tmpdir(), `bifrost-${purpose}-`)));
  const forget = onExit(() => rmSync(dir, REMOVE));
  return {
    dir,
    async remove() {
      await rm(dir, REMOVE);
      forget();
    },
  };
}
