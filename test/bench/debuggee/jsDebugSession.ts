import { WebSocketServer, type WebSocket } from 'ws';
import type { AddressInfo } from 'node:net';
import type { CdpAddress } from '../../../src/host/session/cdpConnection';

/** Carries protocol messages to one thread of a program and back. */
export interface CdpChannel {
  send(message: string): void;
  /** Called once. */
  onMessage(listener: (message: string) => void): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** js-debug's default for `showAsyncStacks`. */
const ASYNC_STACK_DEPTH = 32;

/**
 * A debugger's session with one thread, as js-debug 1.117 has it when a program is launched without breakpoints and with
 * default settings: the same domains are on, asynchronous stacks are recorded to the same depth, and Node's internal scripts
 * are skipped. Like js-debug it offers its session to others by a proxy.
 *
 * What js-debug has beside it costs the program nothing or happens at its start only: a bootloader, a relay process, and
 * the reading of source maps.
 */
export class JsDebugSession {
  readonly #channel: CdpChannel;
  readonly #onWorker: (channel: CdpChannel) => void;
  readonly #pending = new Map<number, (answer: Message) => void>();
  readonly #workers = new Map<string, (message: string) => void>();
  readonly #contexts: Message[] = [];
  readonly #proxy = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  readonly #clients = new Map<WebSocket, readonly string[]>();
  #nextId = 1;

  /** @param onWorker Called with the way to each worker that the thread starts, which waits for a session. */
  constructor(channel: CdpChannel, onWorker: (channel: CdpChannel) => void) {
    this.#channel = channel;
    this.#onWorker = onWorker;
    channel.onMessage((text) => this.#receive(JSON.parse(text) as Message));
    this.#proxy.on('connection', (client) => {
      this.#clients.set(client, []);
      client.on('message', (data: Buffer) => this.#serve(client, JSON.parse(data.toString('utf8')) as Message));
      client.on('close', () => this.#clients.delete(client));
    });
  }

  /** Lets the thread run, once the debugger is set up. */
  async begin(): Promise<void> {
    await Promise.all([
      this.#ask('NodeWorker.enable', { waitForDebuggerOnStart: true }),
      this.#ask('Runtime.enable'),
      this.#ask('Profiler.enable'),
      this.#ask('Debugger.enable'),
      this.#ask('Debugger.setAsyncCallStackDepth', { maxDepth: ASYNC_STACK_DEPTH }),
      this.#ask('Debugger.setBlackboxPatterns', { patterns: ['^(node:)?internal\\/', '^node:.*$'] }),
    ]);
    await this.#ask('Runtime.runIfWaitingForDebugger');
  }

  /** Where others reach this session, as js-debug's `requestCDPProxy` tells it. */
  async proxyAddress(): Promise<CdpAddress> {
    if (this.#proxy.address() === null) await new Promise((resolve) => this.#proxy.once('listening', resolve));
    const { address, port } = this.#proxy.address() as AddressInfo;
    return { host: address, port };
  }

  close(): void {
    for (const client of this.#clients.keys()) client.terminate();
    this.#proxy.close();
  }

  /** Gives the whole answer: a worker knows no `NodeWorker`. */
  #ask(method: string, params: unknown = {}): Promise<Message> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#channel.send(JSON.stringify({ id, method, params }));
    });
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      this.#pending.get(message.id)?.(message);
      this.#pending.delete(message.id);
      return;
    }
    const { method = '', params = {} } = message;
    if (method === 'Runtime.executionContextCreated') this.#contexts.push(message);
    // There are no breakpoints: it is the break before a worker's first line, which js-debug goes on from too.
    if (method === 'Debugger.paused') void this.#ask('Debugger.resume');
    if (method === 'NodeWorker.attachedToWorker') this.#addWorker(params.sessionId as string);
    if (method === 'NodeWorker.receivedMessageFromWorker') this.#workers.get(params.sessionId as string)?.(params.message as string);
    for (const [client, events] of this.#clients) if (events.includes(method)) client.send(JSON.stringify(message));
  }

  #addWorker(sessionId: string): void {
    this.#onWorker({
      send: (message) => void this.#ask('NodeWorker.sendMessageToWorker', { sessionId, message }),
      onMessage: (listener) => void this.#workers.set(sessionId, listener),
    });
  }

  /** Answers by itself what has been done already, as js-debug's proxy does. */
  #serve(client: WebSocket, { id, method = '', params }: Message): void {
    const reply = ({ result, error }: Message) => client.send(JSON.stringify(error ? { id, error } : { id, result: result ?? {} }));
    if (method === 'JsDebug.subscribe') {
      this.#clients.set(client, params?.events as string[]);
      reply({});
    } else if (method === 'Runtime.enable') {
      reply({});
      for (const context of this.#contexts) client.send(JSON.stringify(context));
    } else if (method === 'Debugger.enable') {
      reply({});
    } else {
      void this.#ask(method, params).then(reply);
    }
  }
}
