import { CaptureSampler } from '../model/captureSampler';
import type { OpenHandle } from '../model/handleGroups';
import { pathOnly } from '../model/subjects';
import type { ProgramClock } from '../protocol/units';
import { CaptureQueue, type Captured } from './captureQueue';
import { Channels } from './channels';
import { EARLIER, NOT_CAPTURED, UNREAD, type CreationStacks } from './creationStacks';
import { programClock } from './programClock';
import type { RequestContext, RequestListener, ServedRequest } from './requestContext';
import { FETCH_FRAMES, type Capture } from './stackCapture';
import type { HookFailures } from './stackRoom';
import type { Cause, TrackedHandle } from './trackedHandle';

/** An HTTP request in either direction: Node has no async resource for it, only channels that tell of its beginning and end. */
export class Exchange implements OpenHandle, Captured {
  readonly kind = 'handle';
  readonly isBackground = false;
  readonly activeAt = null;
  readonly id: number;
  readonly type: string;
  readonly createdAt: ProgramClock;
  readonly request: ServedRequest | null;
  readonly keepsAlive: boolean | null;
  capture: Capture | null = null;
  stackKey = NOT_CAPTURED;
  weight = 0;
  state = '';
  subject = '';

  constructor(id: number, type: string, request: ServedRequest | null, keepsAlive: boolean | null) {
    this.id = id;
    this.type = type;
    this.createdAt = programClock();
    this.request = request;
    this.keepsAlive = keepsAlive;
  }
}

/** The handles behind public objects. */
export interface HandlesByOwner {
  handleOf(owner: object): TrackedHandle | undefined;
  /** @param cause What the owner's handle was opened for. */
  explain(owner: object, cause: Cause): void;
}

interface UndiciRequest {
  readonly method?: unknown;
  readonly origin?: unknown;
  readonly path?: unknown;
}

/** Follows the HTTP requests that the program serves, and those that it sends with `fetch` or undici. */
export class OpenExchanges implements RequestListener {
  readonly #served = new Map<ServedRequest, { readonly exchange: Exchange; readonly server: TrackedHandle | undefined }>();
  readonly #fetches = new Map<Exchange, WeakRef<object>>();
  readonly #byFetch = new WeakMap<object, Exchange>();
  readonly #stacks: CreationStacks;
  readonly #queue: CaptureQueue<Exchange>;
  readonly #sampler = new CaptureSampler({ burst: 1_000, perSecond: 100 });
  readonly #handles: HandlesByOwner;
  readonly #channels: Channels;
  #context: RequestContext | null = null;
  #lastId = 0;

  constructor(stacks: CreationStacks, handles: HandlesByOwner, failures: HookFailures) {
    this.#stacks = stacks;
    this.#queue = new CaptureQueue(stacks, () => undefined);
    this.#handles = handles;
    const subscribers = {
      'undici:request:create': this.#onFetch,
      'undici:client:sendHeaders': this.#onFetchSent,
      'undici:request:headers': this.#onFetchHeaders,
      'undici:request:trailers': this.#onFetchEnd,
      'undici:request:error': this.#onFetchEnd,
    };
    this.#channels = new Channels(subscribers, failures);
  }

  /** @param context Tells which request causes a fetch. */
  start(context: RequestContext): void {
    this.#context = context;
    this.#channels.subscribe();
  }

  stop(): void {
    this.#channels.unsubscribe();
    this.#served.clear();
    this.#fetches.clear();
    this.#queue.clear();
  }

  get size(): number {
    return this.#served.size + this.#fetches.size;
  }

  get unreadStacks(): number {
    return this.#queue.size;
  }

  /** @see HandleTracker.limit */
  limit(captures: number): void {
    this.#sampler.limit(captures);
  }

  onRequest(request: ServedRequest, server: object): void {
    const exchange = new Exchange(++this.#lastId, 'HTTPSERVERREQUEST', request, null);
    exchange.weight = 1;
    this.#served.set(request, { exchange, server: this.#handles.handleOf(server) });
  }

  onResponse(request: ServedRequest): void {
    this.#served.delete(request);
  }

  readStacks(createdBefore: ProgramClock, deadline: ProgramClock): void {
    this.#queue.read(createdBefore, deadline);
    this.#sampler.refill(programClock());
  }

  /** Forgets what ended without a word on a channel: a client went away, or a response was dropped. */
  refresh(): void {
    for (const request of this.#served.keys()) if (request.isFinished) this.#served.delete(request);
    for (const [exchange, request] of this.#fetches) if (request.deref() === undefined) this.#forget(exchange);
  }

  /** In the order of creation within each kind. */
  *open(): Generator<Exchange> {
    for (const [request, { exchange, server }] of this.#served) {
      // By server and route: a request has no stack of its own, and its route is what tells it apart.
      exchange.stackKey = this.#stacks.causedBy(server?.stackKey ?? EARLIER, request.route);
      exchange.state = request.state;
      exchange.subject = request.subject;
      yield exchange;
    }
    yield* this.#fetches.keys();
  }

  readonly #onFetch = (message: unknown): void => {
    const { request } = message as { readonly request?: UndiciRequest };
    if (typeof request !== 'object') return;
    const exchange = new Exchange(++this.#lastId, 'FETCH', this.#context?.current ?? null, true);
    exchange.subject = `${text(request.method)} ${text(request.origin)}${pathOnly(text(request.path))}`;
    exchange.weight = this.#sampler.take();
    if (exchange.weight > 0) {
      exchange.stackKey = UNREAD;
      exchange.capture = this.#stacks.capture(FETCH_FRAMES);
      this.#queue.add(exchange);
    }
    this.#fetches.set(exchange, new WeakRef(request));
    this.#byFetch.set(request, exchange);
  };

  /** The socket was opened without the caller on the stack, for the first request that is sent on it. */
  readonly #onFetchSent = (message: unknown): void => {
    const exchange = this.#exchangeOf(message);
    const { socket } = message as { readonly socket?: object };
    if (exchange && socket) this.#handles.explain(socket, exchange);
  };

  readonly #onFetchHeaders = (message: unknown): void => {
    const exchange = this.#exchangeOf(message);
    if (exchange) exchange.state = 'receiving the response';
  };

  readonly #onFetchEnd = (message: unknown): void => {
    const exchange = this.#exchangeOf(message);
    if (exchange) this.#forget(exchange);
  };

  #exchangeOf(message: unknown): Exchange | undefined {
    const { request } = message as { readonly request?: object };
    return request && this.#byFetch.get(request);
  }

  #forget(exchange: Exchange): void {
    this.#fetches.delete(exchange);
    this.#queue.forget(exchange);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'object' && value !== null ? originOf(value) : '';
}

/** Of the program's `URL`, which the collector's realm does not have. */
function originOf(url: object): string {
  const { origin } = url as { readonly origin?: unknown };
  return typeof origin === 'string' ? origin : '';
}
