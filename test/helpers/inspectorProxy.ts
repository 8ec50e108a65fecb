/** What js-debug puts between an extension and a program: a connection that can be cut, and that knows `JsDebug.subscribe`. */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { CdpAddress } from '../../src/host/session/cdpConnection';

export class InspectorProxy {
  readonly #server: WebSocketServer;

  /** @param program Where the program's inspector listens. */
  static async listen({ host, port, path = '' }: CdpAddress): Promise<InspectorProxy> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    server.on('connection', (client) => join(client, new WebSocket(`ws://${host}:${port}${path}`)));
    return new InspectorProxy(server);
  }

  private constructor(server: WebSocketServer) {
    this.#server = server;
  }

  get address(): CdpAddress {
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  /** Cuts every connection. New ones can be opened. */
  cut(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Passes on what one end says to the other; when one is gone, so is the other. */
function join(client: WebSocket, program: WebSocket): void {
  const waiting: string[] = [];
  client.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    const { id, method } = JSON.parse(text) as { id: number; method: string };
    if (method === 'JsDebug.subscribe') client.send(JSON.stringify({ id, result: {} }));
    else if (program.readyState === WebSocket.OPEN) program.send(text);
    else waiting.push(text);
  });
  program.on('open', () => waiting.splice(0).forEach((text) => program.send(text)));
  program.on('message', (data: Buffer) => client.send(data.toString('utf8')));
  for (const [end, other] of [[client, program], [program, client]] as const) {
    // An error is followed by a close.
    end.on('error', () => end.terminate());
    end.on('close', () => other.close());
  }
}
