import { readFileSync } from 'node:fs';
import type { Milliseconds } from '../../src/protocol/units';

/**
 * The processor time that the main thread of a process has had. What else runs on the machine hardly shows in it, other
 * than in the time that passes, which is what other systems than Linux have to do with here.
 */
export function mainThreadTime(pid: number): Milliseconds {
  if (process.platform !== 'linux') return performance.now();
  const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
