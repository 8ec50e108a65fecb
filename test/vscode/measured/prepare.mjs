import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { runCommand } from '../../../scripts/environment/runCommand.mjs';

/** Five windows, each after the other. */
export const timeoutMs = 300_000;

/** `npm run bench` asks for it: it prints figures of the machine, and holds none of them. */
export const onRequest = true;

/** Measures what is shipped: the bundles of the tests' own build are neither minified nor without source maps. The program is that of the lists. */
export async function prepare(workspace, { root }) {
  await copyFile(path.join(root, 'test', 'vscode', 'lists', 'workspace', 'program.js'), path.join(workspace, 'program.js'));
  await runCommand(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
}
