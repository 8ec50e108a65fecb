import type { CdpConnection } from '../../src/host/session/cdpConnection';
import { waitFor } from './waitFor';

/**
 * Lets the debugger hold a program wherever it is told to.
 *
 * @returns Waits until it does, and says why; or `gone` when the program has ended before.
 */
export async function watchHold(connection: CdpConnection): Promise<() => Promise<string>> {
  let outcome: string | undefined;
  connection.on('Debugger.paused', ({ reason }) => (outcome ??= reason));
  connection.onClose(() => (outcome ??= 'gone'));
  await connection.send('Debugger.enable', {}, 10_000);
  return () => waitFor('the debugger to hold the program', () => outcome);
}
