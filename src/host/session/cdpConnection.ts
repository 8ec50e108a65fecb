import type { WebSocket } from 'ws';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping';
import type { Milliseconds } from '../../protocol/units';

type Commands = ProtocolMapping.Commands & {
  /** js-debug's own: the proxy sends no event until it is asked for it. */
  'JsDebug.subscribe': { paramsType: [{ events: string[] }]; returnType: undefined };
};
type Events = ProtocolMapping.Events;

/** Where the debugger offers its connection: what `extension.js-debug.requestCDPProxy` answers. */
export interface CdpAddress {
  readonly host: string;
  readonly port: number;
  readonly path?: string;
}

/** `closed`: the connection or the program is gone. `timeout`: no answer yet. `refused`: the program answered with an error. */
export class CdpError extends Error {
  override readonly name = 'CdpError';
  readonly code: 'closed' | 'timeout' | 'refused';

  constructor(code: CdpError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** A reply larger than this is not ours: the collector's lists are limited well below. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: CdpError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A connection that speaks the Chrome DevTools Protocol to one program. Every request is answered: with the result, with
 * an error, after its time, or when the connection ends.
 */
export class CdpConnection {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<string, ((params: never) => void)[]>();
  readonly #closeListeners: (() => void)[] = [];
  #nextId = 1;
  #closed = false;

  /** @throws CdpError `closed` when nothing answers there, `timeout` when it takes too long. */
  static async open(address: CdpAddress, timeout: Milliseconds): Promise<CdpConnection> {
    const { WebSocket } = await import('./onConnection');
    const url = `ws://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}${address.path ?? ''}`;
    // No compression: the proxy would spend the debugger's time on it, and both ends are on one machine.
    const socket = new WebSocket(url, { handshakeTimeout: timeout, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(new CdpConnection(socket)));
      socket.once('error', (error) => {
        // The only way that ws tells of it.
        const code = error.message === 'Opening handshake has timed out' ? 'timeout' : 'closed';
        reject(new CdpError(code, `The debugger’s connection could not be opened: ${error.message}`));
      });
    });
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(data));
    // An error is always followed by a close, which says the rest.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.close());
  }

  /** @throws CdpError as a rejection; after a `timeout` the answer, when it still comes, is dropped. */
  send<M extends keyof Commands>(method: M, params: Commands[M]['paramsType'][0], timeout: Milliseconds): Promise<Commands[M]['returnType']> {
    if (this.#closed) return Promise.reject(new CdpError('closed', 'The connection to the program is closed.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new CdpError('timeout', `The program did not answer ${method} within ${timeout / 1000} s.`));
      }, timeout);
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject, timer });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E][0]) => void): void {
    const listeners = this.#listeners.get(event) ?? [];
    listeners.push(listener);
    this.#listeners.set(event, listeners);
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  /** Ends the connection; what was under way is answered with `closed`. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new CdpError('closed', 'The program ended before it answered.'));
    }
    this.#pending.clear();
    for (const listener of this.#closeListeners) listener();
  }

  #receive(data: Buffer): void {
    const message = parseMessage(data);
    if (message === null) return;
    if (message.id === undefined) {
      if (!isObject(message.params)) return;
      for (const listener of this.#listeners.get(message.method ?? '') ?? []) listener(message.params as never);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    clearTimeout(pending.timer);
    if (message.error) pending.reject(new CdpError('refused', reasonOf(message.error)));
    else pending.resolve(message.result);
  }
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** Null for what is no message: Node 20-24 send an empty one in place of a reply that they failed to encode. */
function parseMessage(data: Buffer): Message | null {
  try {
    const message: unknown = JSON.parse(data.toString('utf8'));
    return isObject(message) ? message : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function reasonOf(error: unknown): string {
  return isObject(error) && 'message' in error && typeof error.message === 'string' ? error.message : 'no reason given';
}
