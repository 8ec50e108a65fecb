import { setTimeout as delay } from 'node:timers/promises';
import type { Milliseconds } from '../../protocol/units';
import { CdpError, type CdpAddress } from './cdpConnection';
import type { AskDebugger } from './sourceMapper';
import { withTimeout } from './withTimeout';

/** A debug session whose program can be profiled. */
export interface Target {
  readonly id: string;
  readonly name: string;
  /** What tells it among all that the workspace launches, the same in every run. Left out: it is no run that others are compared with. */
  readonly run?: string;
  /** Undefined when the session has ended; may never settle. */
  requestCdpProxy(): PromiseLike<CdpAddress | undefined>;
  readonly mapLocation: AskDebugger;
  /** Whether it may be a page or a page's worker. Left out, it runs on Node.js. */
  readonly mayBePage?: boolean;
  /** How many times as far apart as the settings say it is to be asked at present, for the sake of others; left out: once. */
  readonly slowness?: () => number;
}

const RETRY_AFTER: Milliseconds = 50;

/**
 * Where the debugger lets us in. Right after a session's start js-debug knows it by no address yet, as after its end.
 *
 * @param isWanted Whether somebody still waits for the address.
 * @throws CdpError `timeout` when the debugger does not answer, `closed` when it has no address.
 */
export async function findAddress(target: Target, timeout: Milliseconds, isWanted: () => boolean): Promise<CdpAddress> {
  const deadline = performance.now() + timeout;
  while (isWanted() && performance.now() < deadline) {
    const address = await withTimeout(
      target.requestCdpProxy(),
      timeout,
      () => new CdpError('timeout', 'The debugger did not offer a connection.'),
    );
    if (address !== undefined) return address;
    await delay(RETRY_AFTER);
  }
  throw new CdpError('closed', 'The debugger offers no connection to this session.');
}
