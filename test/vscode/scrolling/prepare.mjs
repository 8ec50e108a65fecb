import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { buildForUse } from '../measured/prepare.mjs';

export const timeoutMs = 300_000;

/** `npm run bench` asks for it: it prints figures of the machine, and holds none of them. */
export const onRequest = true;

/** Frames are those of the page alone: one that shares its process with the workbench stands still for the workbench's tasks. */
export const webviewsApart = true;

/** The program is that of the lists. */
export async function prepare(workspace, { root }) {
  await copyFile(path.join(root, 'test', 'vscode', 'lists', 'workspace', 'program.js'), path.join(workspace, 'program.js'));
  await buildForUse(root);
}
