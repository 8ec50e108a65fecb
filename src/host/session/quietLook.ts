import type { Milliseconds } from '../../protocol/units';
import { CdpError, type CdpConnection } from './cdpConnection';

/**
 * What an expression gives in the program, as the debugger answers; null when there is nothing to look at, as in a page that has
 * no document yet. V8 ends an expression that would change something, and js-debug hides it from its user by its name.
 *
 * @throws CdpError `timeout` or `closed`.
 */
export async function quietLook(connection: CdpConnection, expression: string, timeout: Milliseconds): Promise<unknown> {
  const named = `${expression}\n//# sourceURL=bifrost-call.cdp`;
  try {
    return await connection.send('Runtime.evaluate', { expression: named, returnByValue: true, silent: true, throwOnSideEffect: true }, timeout);
  } catch (error) {
    if (error instanceof CdpError && error.code === 'refused') return null;
    throw error;
  }
}
