import type { AsyncHook } from 'node:async_hooks';
import { builtin } from './builtins';

export type OnInit = (asyncId: number, type: string, triggerId: number, resource: object) => void;
export type OnDestroy = (asyncId: number) => void;

/**
 * Node's async hook for every resource but promises. A destroy callback makes each promise a resource of its own to the
 * collector of garbage, about 1 µs each (750 ns against 110 to 190 per await on Node 20 and 22), and promises are followed
 * by V8's own hooks where they are followed at all. So promises are kept out, in the way each Node.js version has for it:
 *
 * - 24.14, 25.6 and 26 on know `trackPromises: false`.
 * - 22 has the same inside, as a property that it puts on every hook under a symbol, for its debugger.
 * - 20 decides how promises are followed when a hook is enabled: the destroy callback is added afterwards.
 *
 * The last two rest on Node's inside in versions that get no new features; where it looks different the plain hook is used,
 * which is right and slower.
 */
export class ResourceHook {
  readonly #hook: AsyncHook;
  /** How many destroy callbacks this hook has added to Node's count behind its back. */
  readonly #addsLater: boolean;

  constructor(onInit: OnInit, onDestroy: OnDestroy) {
    const { createHook } = builtin('node:async_hooks');
    this.#addsLater = !knowsTrackPromises() && supportsLateDestroy();
    if (!this.#addsLater) {
      const withoutPromises = { trackPromises: false };
      this.#hook = createHook({ init: onInit, destroy: onDestroy, ...withoutPromises });
      this.#hook.enable();
      return;
    }
    this.#hook = createHook({ init: onInit });
    keepFromPromises(this.#hook);
    this.#hook.enable();
    setCallback(this.#hook, 'destroy', onDestroy);
    countDestroyCallback();
  }

  disable(): void {
    // Takes the added callback off Node's count too: it is on the hook by now.
    this.#hook.disable();
  }

  /**
   * Runs work that enables another hook for promises (an AsyncLocalStorage before Node 24) as if this hook had no destroy
   * callback: Node looks at the count just then.
   */
  withoutDestroy(work: () => void): void {
    if (!this.#addsLater) {
      work();
      return;
    }
    discountDestroyCallback();
    try {
      work();
    } finally {
      countDestroyCallback();
    }
  }
}

/**
 * Versions that know the option refuse it together with `promiseResolve`; older ones ignore it in silence. Node 26, which
 * knows it, is not asked: under a debugger it ends with any error that is made while `Error.stackTraceLimit` is Infinity.
 */
function knowsTrackPromises(): boolean {
  if (Number.parseInt(process.versions.node, 10) >= 26) return true;
  const both = { promiseResolve: () => undefined, trackPromises: false };
  try {
    builtin('node:async_hooks').createHook(both);
    return false;
  } catch {
    return true;
  }
}

function supportsLateDestroy(): boolean {
  const hook = builtin('node:async_hooks').createHook({});
  return symbolOf(hook, 'destroy') !== undefined && symbolOf(hook, 'promiseResolve') !== undefined;
}

function symbolOf(hook: AsyncHook, name: string): symbol | undefined {
  return Object.getOwnPropertySymbols(hook).find((symbol) => symbol.description === name);
}

function setCallback(hook: AsyncHook, name: string, value: unknown): void {
  const symbol = symbolOf(hook, name);
  if (symbol) Object.defineProperty(hook, symbol, { value, writable: true, configurable: true, enumerable: true });
}

/** Node 22: what its debugger sets on its own hook. */
function keepFromPromises(hook: AsyncHook): void {
  setCallback(hook, 'kNoPromiseHook', true);
}

/**
 * Adds one to Node's count of destroy callbacks and nothing else: `enable()` counts the callbacks in their order, the last
 * is `promiseResolve`, and a throw there keeps it from looking at promises.
 */
function countDestroyCallback(): void {
  const abort = new Error('counted');
  const hook = builtin('node:async_hooks').createHook({ destroy: () => undefined });
  const last = symbolOf(hook, 'promiseResolve');
  if (last === undefined) return;
  Object.defineProperty(hook, last, {
    get: () => {
      throw abort;
    },
  });
  try {
    hook.enable();
  } catch (error) {
    if (error !== abort) throw error;
  }
}

/** Takes one off: a hook is enabled without the callback and disabled with it. */
function discountDestroyCallback(): void {
  const hook = builtin('node:async_hooks').createHook({ init: () => undefined });
  keepFromPromises(hook);
  hook.enable();
  setCallback(hook, 'destroy', () => undefined);
  hook.disable();
}
