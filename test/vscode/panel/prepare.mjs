import { cp } from 'node:fs/promises';
import path from 'node:path';

export const timeoutMs = 480_000;

/** The service in which requests hang. @param {string} workspace @param {{ root: string }} snapshot */
export const prepare = (workspace, { root }) => cp(path.join(root, 'test', 'vscode', 'waiting', 'workspace'), workspace, { recursive: true });
