/** A worker thread of a real program, at an address of its own as debuggers offer it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { CdpAddress } from '../../src/host/session/cdpConnection';
import { waitFor } from './waitFor';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId?: string; readonly message?: string };
  /** Of an answer that says no: the worker has ended. */
  readonly error?: object;
}

/** The inspector of the main thread tells of its workers, and passes on what is said to them and by them. */
export class WorkerDoor {
  readonly #program: WebSocket;
  readonly #door: WebSocketServer;
  #worker: string | null = null;
  #nextId = 1;

  /** Waits for the first worker, also one that is there. @param address Of the program's main thread. */
  static async open({ host, port, path = '' }: CdpAddress): Promise<WorkerDoor> {
    const program = new WebSocket(`ws://${host}:${port}${path}`, { perMessageDeflate: false });
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await Promise.all([once(program, 'open'), once(server, 'listening')]);
    const door = new WorkerDoor(program, server);
    await waitFor('the program’s inspector to tell of a worker', () => door.#worker ?? undefined);
    return door;
  }

  private constructor(program: WebSocket, door: WebSocketServer) {
    this.#program = program;
    this.#door = door;
    // A killed program breaks the connection off; `close` follows.
    program.on('error', () => program.terminate());
    program.on('close', () => this.close());
    program.on('message', (data: Buffer) => this.#receive(JSON.parse(data.toString('utf8')) as Message));
    door.on('connection', (guest) =>
      guest.on('message', (data: Buffer) => this.#send('NodeWorker.sendMessageToWorker', { sessionId: this.#worker, message: data.toString('utf8') })),
    );
    // Tells when the program ends: it waits for its debugger to let go.
    this.#send('Runtime.enable', {});
    this.#send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  }

  get address(): CdpAddress {
    const { address, port } = this.#door.address() as AddressInfo;
    return { host: address, port };
  }

  /** Lets go of the worker and of the program. */
  close(): void {
    this.#letGoOfWorker();
    this.#program.close();
  }

  #letGoOfWorker(): void {
    for (const guest of this.#door.clients) guest.close();
    this.#door.close();
  }

  #receive({ method, params, error }: Message): void {
    if (method === 'NodeWorker.attachedToWorker') this.#worker ??= params?.sessionId ?? null;
    if (method === 'NodeWorker.receivedMessageFromWorker') for (const guest of this.#door.clients) guest.send(params?.message ?? '');
    if (method === 'NodeWorker.detachedFromWorker' || error !== undefined) this.#letGoOfWorker();
    if (method === 'Runtime.executionContextDestroyed') this.close();
  }

  #send(method: string, params: object): void {
    if (this.#program.readyState === WebSocket.OPEN) this.#program.send(JSON.stringify({ id: this.#nextId++, method, params }));
  }
}
