/** Compiles the TypeScript program of a copied workspace, as its author would have before debugging it. */
import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runCommand } from './environment/runCommand.mjs';

const require = createRequire(import.meta.url);

/**
 * @param {string} workspace has a tsconfig.json; gets a link to the types of Node.js, which the copy is too far away to find
 */
export async function compileWorkspace(workspace) {
  const types = path.join(workspace, 'node_modules', '@types');
  await mkdir(types, { recursive: true });
  await symlink(path.dirname(require.resolve('@types/node/package.json')), path.join(types, 'node'), 'junction');
  await runCommand(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', workspace]);
}
