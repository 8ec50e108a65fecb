import { compileWorkspace } from '../../../scripts/compileWorkspace.mjs';

/** @param {string} workspace */
export const prepare = (workspace) => compileWorkspace(workspace);
