export { onRequest, prepare } from '../measured/prepare.mjs';

export const timeoutMs = 300_000;

/** Frames are those of the page alone: one that shares its process with the workbench stands still for the workbench's tasks. */
export const webviewsApart = true;
