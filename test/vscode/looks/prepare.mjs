import { cp } from 'node:fs/promises';
import path from 'node:path';
import { compileWorkspace } from '../../../scripts/compileWorkspace.mjs';

export const timeoutMs = 420_000;

/** @param {string} workspace @param {{ root: string }} options */
export async function prepare(workspace, { root }) {
  await cp(path.join(root, 'test', 'fixtures', 'leakyService'), workspace, { recursive: true });
  await compileWorkspace(workspace);
}
