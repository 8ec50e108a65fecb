import { lookAtStack } from './interruptedStack';

/** The script of Node that holds `compileForInternalLoader`, by which it loads its own modules. */
const LOADER_SCRIPT = 'node:internal/bootstrap/realm';

/** Frames looked through for it: below them a program is in a recursion of its own. */
const DEEPEST_LOOK = 1_000;

/**
 * Whether Node is just loading a module of its own, for the program or for itself. V8 runs what a debugger asks for between any
 * two steps of the program, and so also there. The module is then given out half made: the collector would keep for good
 * what it lacks (`new PerformanceObserver` of undefined, on every version), and a third one that needs it and is loaded in
 * between would too, for the whole program.
 */
export function isNodeLoading(): boolean {
  return lookAtStack(DEEPEST_LOOK, (sites) => sites.some((site) => site.getFileName() === LOADER_SCRIPT)) ?? false;
}
