/** The far end of a CdpConnection: a real WebSocket server whose answers a test scripts. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { CdpAddress } from '../../src/host/session/cdpConnection';
import { waitFor } from './waitFor';

export interface CdpRequest {
  readonly id: number;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** What to send for a request, as it goes over the wire; undefined: no answer. */
export type Respond = (request: CdpRequest) => string | undefined;

/** A successful answer. */
export function result(request: CdpRequest, value: unknown): string {
  return JSON.stringify({ id: request.id, result: value });
}

/** The answer to an evaluation that gave a text, as every command to the collector does. */
export function evaluated(request: CdpRequest, text: unknown): string {
  return result(request, { result: { type: typeof text, value: text } });
}

export class CdpServer {
  /** Can be changed while connections are open. */
  respond: Respond;
  readonly requests: CdpRequest[] = [];
  /** The path that each connection was opened at. */
  readonly paths: string[] = [];
  readonly #server: WebSocketServer;

  static async listen(respond: Respond = () => undefined): Promise<CdpServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    return new CdpServer(server, respond);
  }

  private constructor(server: WebSocketServer, respond: Respond) {
    this.#server = server;
    this.respond = respond;
    server.on('connection', (socket, { url }) => {
      this.paths.push(url ?? '');
      // The other end may break off at any time, as some tests want it to.
      socket.on('error', () => socket.terminate());
      socket.on('message', (data: Buffer) => {
        const request = JSON.parse(data.toString('utf8')) as CdpRequest;
        this.requests.push(request);
        const answer = this.respond(request);
        if (answer !== undefined) socket.send(answer);
      });
    });
  }

  get address(): CdpAddress {
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  get connections(): number {
    return this.#server.clients.size;
  }

  /** Sends a message to every connection, whatever it is. */
  send(message: string | Buffer): void {
    for (const socket of this.#server.clients) socket.send(message);
  }

  sendEvent(method: string, params: unknown): void {
    this.send(JSON.stringify({ method, params }));
  }

  /** The next request of a method, also one that has already come. */
  request(method: string): Promise<CdpRequest> {
    return waitFor(`a request ${method}`, () => this.requests.find((request) => request.method === method));
  }

  /** Ends every connection: in good order, or as when the process was killed. */
  drop(how: 'close' | 'terminate' = 'close'): void {
    for (const socket of this.#server.clients) socket[how]();
  }

  async close(): Promise<void> {
    this.drop('terminate');
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
