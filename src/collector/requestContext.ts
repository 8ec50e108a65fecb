import { builtin } from './builtins';

const REQUEST_START = 'http.server.request.start';

/**
 * Knows whether the code that runs now was caused by an HTTP request. Node announces each request on a diagnostics
 * channel; entering an AsyncLocalStorage there marks all that follows. Right on Node 20-26, also when started late and
 * with keep-alive, where chains of async ids are not: two requests of one connection share them.
 */
export class RequestContext {
  readonly #storage = new (builtin('node:async_hooks').AsyncLocalStorage)<true>();
  readonly #enter = (): void => {
    this.#storage.enterWith(true);
  };

  start(): void {
    builtin('node:diagnostics_channel').subscribe(REQUEST_START, this.#enter);
  }

  stop(): void {
    builtin('node:diagnostics_channel').unsubscribe(REQUEST_START, this.#enter);
    this.#storage.disable();
  }

  get isInRequest(): boolean {
    return this.#storage.getStore() === true;
  }
}
