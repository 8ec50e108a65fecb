/** Programs of the system: found on the PATH, or installed by apt-get. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';

/** The path of the first of these commands that is on the PATH. @param {string[]} names */
export function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}

/** Whether `aptInstall` can work: on Debian and its kin, as root. */
export function mayAptInstall() {
  return findOnPath(['apt-get']) !== undefined && process.getuid?.() === 0;
}

/** @param {string} title what it is called while it is installed @param {string[]} packages Debian's names */
export async function aptInstall(title, packages) {
  await withProgress(`Installing ${title} with apt-get`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Two runs at once: the second waits for the first to release the package system.
    const wait = ['-o', 'DPkg::Lock::Timeout=600'];
    await runCommand('apt-get', [...wait, 'update'], { env });
    await runCommand('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], { env });
  });
}
