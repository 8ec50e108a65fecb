import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { routeOf } from '../model/routes';
import { pathOnly } from '../model/subjects';
import type { ProgramClock } from '../protocol/units';
import { builtin } from './builtins';
import { Channels } from './channels';
import { programClock } from './programClock';
import type { ResourceHook } from './resourceHook';
import { hasStackRoom, type HookFailures } from './stackRoom';

/** One HTTP request that the program serves. Holds texts and weak references only. */
export interface ServedRequest {
  readonly startedAt: ProgramClock;
  /** `GET /users/:id` */
  readonly route: string;
  /** Answered, or given up by either side. */
  readonly isFinished: boolean;
  /** `GET /users/42` */
  readonly subject: string;
  /** '' until the answer has begun. */
  readonly state: string;
}

/** Told of each request of HTTP/1, so that it can be listed. */
export interface RequestListener {
  onRequest(request: ServedRequest, server: object): void;
  onResponse(request: ServedRequest): void;
}

/**
 * Knows which HTTP request, if any, caused the code that runs now. Node announces each request on a diagnostics channel;
 * entering an AsyncLocalStorage there marks all that follows. Right on Node 20-26, also when started late and with
 * keep-alive, where chains of async ids are not: two requests of one connection share them.
 */
export class RequestContext {
  readonly #storage = new (builtin('node:async_hooks').AsyncLocalStorage)<ServedRequest | null>();
  readonly #byResponse = new WeakMap<object, Http1Request>();
  readonly #byStream = new WeakMap<object, ServedRequest>();
  readonly #listener: RequestListener;
  readonly #channels: Channels;
  #hook: ResourceHook | null = null;
  #isEntered = false;

  constructor(listener: RequestListener, failures: HookFailures) {
    this.#listener = listener;
    const subscribers = {
      'http.server.request.start': this.#onRequest,
      'http.server.response.finish': this.#onResponse,
      // From Node 22 on; Node 20 does not tell of HTTP/2 streams, see enterStream.
      'http2.server.stream.start': this.#onStream,
    };
    this.#channels = new Channels(subscribers, failures);
  }

  /** @param hook The hook that must not notice the storage's own. */
  start(hook: ResourceHook): void {
    this.#hook = hook;
    this.#channels.subscribe();
  }

  stop(): void {
    this.#channels.unsubscribe();
    this.#storage.disable();
    this.#hook = null;
    this.#isEntered = false;
  }

  /** The request that caused the code that runs now. */
  get current(): ServedRequest | null {
    return this.#isEntered ? (this.#storage.getStore() ?? null) : null;
  }

  /**
   * Node 20 announces no HTTP/2 streams, but queues a tick for each, `emit(session, 'stream', stream, headers, …)`: what is
   * entered while that tick is made is inherited by it.
   */
  enterStream(stream: object, headers: object): void {
    const served = new Http2Request(stream as ServerHttp2Stream, headers as Record<string, unknown>);
    this.#byStream.set(stream, served);
    this.#enter(served);
  }

  ofStream(stream: object): ServedRequest | undefined {
    return this.#byStream.get(stream);
  }

  /** Node 20 and 22 follow a storage by a hook, which it enables with its first use; called when the first stream is to be expected. */
  prepare(): void {
    if (!this.#isEntered) this.#enter(null);
  }

  readonly #onRequest = (message: unknown): void => {
    const { request, response, server } = message as { request: IncomingMessage; response: ServerResponse; server: object };
    const served = new Http1Request(request, response);
    this.#byResponse.set(response, served);
    this.#enter(served);
    this.#listener.onRequest(served, server);
  };

  readonly #onResponse = (message: unknown): void => {
    const served = this.#byResponse.get((message as { response: object }).response);
    if (!served) return;
    served.markFinished();
    this.#listener.onResponse(served);
  };

  readonly #onStream = (message: unknown): void => {
    const { stream, headers } = message as { stream: object; headers: object };
    this.enterStream(stream, headers);
  };

  #enter(request: ServedRequest | null): void {
    const enter = () => this.#storage.enterWith(request);
    if (this.#isEntered) {
      enter();
    } else if (hasStackRoom()) {
      this.#hook?.withoutDestroy(enter);
      this.#isEntered = true;
    }
  }
}

class Http1Request implements ServedRequest {
  readonly startedAt = programClock();
  readonly #method: string;
  readonly #path: string;
  readonly #request: WeakRef<IncomingMessage>;
  readonly #response: WeakRef<ServerResponse>;
  #finished = false;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#method = request.method ?? '';
    this.#path = request.url ?? '';
    this.#request = new WeakRef(request);
    this.#response = new WeakRef(response);
  }

  get route(): string {
    return routeOf(this.#method, this.#path, this.#request.deref());
  }

  get subject(): string {
    return `${this.#method} ${pathOnly(this.#path)}`;
  }

  get state(): string {
    return this.#response.deref()?.headersSent === true ? 'answering' : '';
  }

  markFinished(): void {
    this.#finished = true;
  }

  get isFinished(): boolean {
    if (!this.#finished) {
      const response = this.#response.deref();
      // A client that goes away destroys the response without a word on the channel.
      this.#finished = response === undefined || response.destroyed || response.writableFinished;
    }
    return this.#finished;
  }
}

class Http2Request implements ServedRequest {
  readonly startedAt = programClock();
  readonly route: string;
  readonly subject: string;
  readonly state = '';
  readonly #stream: WeakRef<ServerHttp2Stream>;
  #finished = false;

  constructor(stream: ServerHttp2Stream, headers: Record<string, unknown>) {
    const method = textOf(headers[':method']);
    const path = textOf(headers[':path']);
    this.route = routeOf(method, path);
    this.subject = `${method} ${pathOnly(path)}`;
    this.#stream = new WeakRef(stream);
  }

  get isFinished(): boolean {
    if (!this.#finished) {
      const stream = this.#stream.deref();
      this.#finished = stream === undefined || stream.closed || stream.destroyed || stream.writableFinished;
    }
    return this.#finished;
  }
}


function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
