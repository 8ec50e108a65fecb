import { builtin } from './builtins';

/** Whether this is the program's main thread. */
export const isMainThread = askNode();

function askNode(): boolean {
  try {
    return builtin('node:worker_threads').isMainThread;
  } catch {
    // Node loads this module once, and in the main thread changes `process.chdir` then, which a program may have frozen.
    return true;
  }
}
