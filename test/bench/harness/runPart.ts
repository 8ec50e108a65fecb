import { fork } from 'node:child_process';
import path from 'node:path';
import type { BenchResult, BenchRun } from './benchPart';
import type { PartMessage } from './partProcess';

/**
 * Runs a part in a process of its own.
 *
 * @param file The bundled part.
 * @throws Error when it ends without a result.
 */
export function runPart(file: string, { say, ...run }: BenchRun): Promise<BenchResult> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, 'partProcess.js'), [file, JSON.stringify(run)], { execArgv: ['--expose-gc'] });
    let result: BenchResult | undefined;
    child.on('message', (message: PartMessage) => {
      if ('said' in message) say(message.said);
      else ({ result } = message);
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (result && code === 0) resolve(result);
      else reject(new Error(`${path.basename(file)} ended with ${String(code)} and ${result ? 'a' : 'no'} result.`));
    });
  });
}
