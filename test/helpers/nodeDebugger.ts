/**
 * A debugger on one real program, outside VS Code. Like js-debug it has one connection to the program's inspector, lets others
 * send over it, and lets go of a program whose context is gone.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { CdpAddress } from '../../src/host/session/cdpConnection';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface ContextDescription {
  readonly id: number;
  readonly auxData: { readonly isDefault: boolean };
}

type Answer = (message: Message) => void;

export class NodeDebugger {
  /** Called while the program stands at a `debugger` statement; then it goes on. */
  onStop: () => Promise<void> = () => Promise.resolve();
  /** Settles when the program's context or the connection is gone. */
  readonly gone: Promise<void>;
  readonly #socket: WebSocket;
  readonly #door: WebSocketServer;
  readonly #answers = new Map<number, Answer>();
  /** What a guest is told who comes later. */
  readonly #contexts: Message[] = [];
  #paused: Message | null = null;
  #stopping: Promise<void> = Promise.resolve();
  #nextId = 1;

  static async attach({ host, port, path = '' }: CdpAddress): Promise<NodeDebugger> {
    const socket = new WebSocket(`ws://${host}:${port}${path}`, { perMessageDeflate: false });
    const door = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await Promise.all([once(socket, 'open'), once(door, 'listening')]);
    return new NodeDebugger(socket, door);
  }

  private constructor(socket: WebSocket, door: WebSocketServer) {
    this.#socket = socket;
    this.#door = door;
    // A killed program breaks the connection off; `close` follows and says all there is to say.
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => this.#receive(data.toString('utf8')));
    this.gone = once(socket, 'close').then(() => this.#close());
    door.on('connection', (guest) => guest.on('message', (data: Buffer) => this.#serve(guest, JSON.parse(data.toString('utf8')) as Message)));
  }

  /** Where a guest connects to, as the answer to js-debug's `requestCDPProxy`. */
  get address(): CdpAddress {
    const { address, port } = this.#door.address() as AddressInfo;
    return { host: address, port };
  }

  /** Lets a program run that was started with `--inspect-wait`. */
  async run(): Promise<void> {
    for (const method of ['Runtime.enable', 'Debugger.enable', 'Runtime.runIfWaitingForDebugger']) await this.send(method);
  }

  /** The answer's result, or what the inspector says instead. Undefined when the program ends first. */
  send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Message['result']> {
    const answered = new Promise<Message['result']>((resolve, reject) => {
      this.#forward({ method, params }, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)));
    });
    return Promise.race([answered, this.gone.then(() => undefined)]);
  }

  /** Until what was begun at the last stop is through: what it threw is thrown here. */
  stopped(): Promise<void> {
    return this.#stopping;
  }

  /** Lets go of the program. */
  close(): void {
    this.#socket.close();
  }

  #forward({ method, params }: Message, answer: Answer): void {
    const id = this.#nextId++;
    this.#answers.set(id, answer);
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ id, method, params }));
  }

  #serve(guest: WebSocket, request: Message): void {
    const reply = (message: Message) => guest.send(JSON.stringify({ ...message, id: request.id }));
    switch (request.method ?? '') {
      case 'JsDebug.subscribe':
        reply({ result: {} });
        break;
      // The domains are on already: js-debug answers itself, with what happened before.
      case 'Runtime.enable':
        for (const context of this.#contexts) guest.send(JSON.stringify(context));
        reply({ result: {} });
        break;
      case 'Debugger.enable':
        if (this.#paused) guest.send(JSON.stringify(this.#paused));
        reply({ result: {} });
        break;
      default:
        this.#forward(request, reply);
    }
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
      return;
    }
    if (message.method === 'Runtime.executionContextCreated') this.#contexts.push(message);
    if (message.method === 'Debugger.paused') this.#stop(message);
    if (message.method === 'Debugger.resumed') this.#paused = null;
    for (const guest of this.#door.clients) guest.send(text);
    if (message.method === 'Runtime.executionContextDestroyed' && this.#isMain(message)) this.close();
  }

  /** A program may have contexts made with `vm`, and the collector has one. */
  #isMain({ params }: Message): boolean {
    const contexts = this.#contexts.map(({ params: told }) => told?.context as ContextDescription);
    return contexts.some(({ id, auxData }) => id === params?.executionContextId && auxData.isDefault);
  }

  #stop(message: Message): void {
    this.#paused = message;
    // A failure is kept for `stopped`; the program must go on all the same.
    const stopping = this.#stopping.then(() => this.onStop());
    this.#stopping = stopping;
    void stopping.catch(() => undefined).then(() => this.send('Debugger.resume'));
  }

  #close(): void {
    for (const guest of this.#door.clients) guest.close();
    this.#door.close();
  }
}
