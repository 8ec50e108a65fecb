import { OWN_SCRIPT } from '../protocol/collector';

/**
 * Whether a frame is the profiler's own work. A built-in without a script and Node's own functions work for whoever called
 * them; the profiler calls those, and never the program's.
 */
export function isOwnFrame(scriptName: string, isCallerOwn: boolean): boolean {
  return scriptName === '' || scriptName.startsWith('node:') ? isCallerOwn : OWN_SCRIPT.test(scriptName);
}
