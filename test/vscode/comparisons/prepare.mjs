import { cp } from 'node:fs/promises';
import path from 'node:path';

/** Four programs one after the other, the last in a window that is loaded anew. */
export const timeoutMs = 420_000;

/** The program of the dialogs' scenario, in a window of its own. @param {string} workspace @param {{ root: string }} options */
export async function prepare(workspace, { root }) {
  await cp(path.join(root, 'test', 'vscode', 'dialogs', 'workspace'), workspace, { recursive: true });
}
