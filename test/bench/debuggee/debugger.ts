import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { CdpAddress } from '../../../src/host/session/cdpConnection';
import { JsDebugSession, type CdpChannel } from './jsDebugSession';

/** Debugs a program and its workers, each thread in a session of its own. */
export class Debugger {
  readonly #socket: WebSocket;
  /** The main thread's first. */
  readonly #sessions: JsDebugSession[] = [];
  readonly #begun: Promise<void>[] = [];

  /** Attaches to a program that waits for it, and lets it run. */
  static async attach({ host, port, path = '' }: CdpAddress): Promise<Debugger> {
    const socket = new WebSocket(`ws://${host}:${port}${path}`, { perMessageDeflate: false });
    // Before the connection is open, so that no worker is missed.
    const attached = new Debugger(socket);
    await once(socket, 'open');
    await attached.#add({
      send: (message) => socket.send(message),
      onMessage: (listener) => void socket.on('message', (data: Buffer) => listener(data.toString('utf8'))),
    });
    return attached;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Every thread that has been attached to until now. */
  async sessions(): Promise<readonly JsDebugSession[]> {
    await Promise.all(this.#begun);
    return this.#sessions;
  }

  close(): void {
    for (const session of this.#sessions) session.close();
    this.#socket.terminate();
  }

  #add(channel: CdpChannel): Promise<void> {
    const session = new JsDebugSession(channel, (worker) => void this.#add(worker));
    this.#sessions.push(session);
    const begun = session.begin();
    this.#begun.push(begun);
    return begun;
  }
}
