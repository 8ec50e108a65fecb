import process from 'node:process';
import { runCommand } from '../../../scripts/environment/runCommand.mjs';

/** Six windows, and some seconds of scrolling in the last. */
export const timeoutMs = 420_000;

/** `npm run bench` asks for it: it prints figures of the machine, and holds none of them. */
export const onRequest = true;

/** Measures what is shipped: the bundles of the tests' own build are neither minified nor without source maps. */
export async function prepare(_workspace, { root }) {
  await runCommand(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
}
