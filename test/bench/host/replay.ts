import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { CdpAddress } from '../../../src/host/session/cdpConnection';
import type { Recorded, ReplayMessage } from './replayProcess';

/** Programs that are played by a process of their own. */
export class Replay {
  readonly #child = fork(path.join(__dirname, 'host', 'replayProcess.js'));

  /** Where all of them answer. */
  async start(recorded: Recorded): Promise<CdpAddress> {
    const [message] = await this.#answer(recorded);
    if (!('port' in message)) throw new Error('The replay does not listen.');
    return { host: '127.0.0.1', port: message.port };
  }

  /** Readings that were asked for until now. */
  async ticks(): Promise<number> {
    const [message] = await this.#answer('ticks');
    return 'ticks' in message ? message.ticks : NaN;
  }

  close(): void {
    this.#child.disconnect();
  }

  #answer(message: Recorded | 'ticks'): Promise<[ReplayMessage]> {
    this.#child.send(message);
    return once(this.#child, 'message') as Promise<[ReplayMessage]>;
  }
}
