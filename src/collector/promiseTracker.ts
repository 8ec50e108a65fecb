import { CaptureSampler, type SamplerBudget } from '../model/captureSampler';
import type { OpenHandle } from '../model/handleGroups';
import { isAwait, isOthersReaction, PROMISE_TYPE } from '../model/pendingOperations';
import type { PartState, PendingMode } from '../protocol/collector';
import type { ProgramClock } from '../protocol/units';
import { builtin } from './builtins';
import { CaptureQueue, type Captured } from './captureQueue';
import { UNREAD, type CreationStacks } from './creationStacks';
import type { OverheadMeter } from './overheadMeter';
import { isOwnWork } from './ownWork';
import { programClock } from './programClock';
import type { ServedRequest } from './requestContext';
import type { Capture } from './stackCapture';
import { HookFailures } from './stackRoom';

/** The async id of the code that Node runs as the main script. */
const MAIN_SCRIPT = 1;

/** At 40 µs a stack with a debugger attached: 0.4% of the program's time for long, and all of the first two thousand. */
const CAPTURES: SamplerBudget = { burst: 2_000, perSecond: 100 };

/** Captures waiting to be read; see the same bound of handles. */
const MAX_UNREAD = 20_000;

/** Requests without an answer are few. */
const MAX_HANGING = 10_000;

const ABANDONED = 'abandoned: nothing is left that could settle its promise';

/** A reaction to a promise that has not settled: an await, or a `then`. It holds neither the promise nor what waits for it. */
class PendingOperation implements OpenHandle, Captured {
  readonly kind = 'pending';
  readonly type = PROMISE_TYPE;
  readonly state = '';
  readonly keepsAlive = null;
  readonly activeAt = null;
  readonly id: number;
  readonly createdAt = programClock();
  readonly request: ServedRequest | null;
  readonly isBackground: boolean;
  readonly weight: number;
  readonly promise: WeakRef<object>;
  capture: Capture | null;
  stackKey = UNREAD;
  subject = '';

  constructor(id: number, promise: object, weight: number, capture: Capture, cause: { request: ServedRequest | null; isBackground: boolean }) {
    this.id = id;
    this.promise = new WeakRef(promise);
    this.weight = weight;
    this.capture = capture;
    this.request = cause.request;
    this.isBackground = cause.isBackground;
  }
}

/**
 * Follows promises that somebody waits for until they settle, by V8's promise hooks: some 50 ns per promise, next to the
 * 3 to 6 µs that an attached debugger's own async stacks take. Only reactions are followed, which are the promises made
 * with a parent: an `await` makes one whose stack says where it waits, in which function, called by whom. What nobody
 * waits for keeps nobody waiting.
 */
export class PromiseTracker {
  readonly #operations = new Set<PendingOperation>();
  #byPromise = new WeakMap<object, PendingOperation>();
  readonly #stacks: CreationStacks;
  readonly #queue: CaptureQueue<PendingOperation>;
  readonly #meter: OverheadMeter;
  readonly #currentRequest: () => ServedRequest | null;
  readonly #executionAsyncId = builtin('node:async_hooks').executionAsyncId;
  #sampler = new CaptureSampler(CAPTURES);
  #mode: PendingMode = 'off';
  #offReason = '';
  /** See {@link LimitStep.captures}. */
  #captureShare = 1;
  #failure: string | null = null;
  readonly #failures = new HookFailures((error) => {
    this.#failure = `Following promises failed and was switched off: ${String(error)}`;
    this.setMode('off');
  });
  #removeHook: (() => void) | null = null;
  /** Operations that were collected as garbage before they settled, for a deep check; null when none is on. */
  #abandoned: PendingOperation[] | null = null;
  /** Of those, the ones of requests that are still without an answer: they are why. */
  readonly #hanging = new Set<PendingOperation>();
  #lastId = 0;

  constructor(stacks: CreationStacks, meter: OverheadMeter, currentRequest: () => ServedRequest | null) {
    this.#stacks = stacks;
    this.#meter = meter;
    this.#queue = new CaptureQueue(stacks, (operation, frames) => {
      // Without a stack it may be the program's: listed, it is not missing.
      if (frames !== null && isOthersReaction(frames)) this.#forget(operation);
    });
    this.#currentRequest = currentRequest;
  }

  get mode(): PendingMode {
    return this.#mode;
  }

  get state(): PartState {
    if (this.#failure !== null) return { on: false, reason: this.#failure };
    if (this.#mode === 'off') return { on: false, reason: this.#offReason };
    return { on: true };
  }

  get unreadStacks(): number {
    return this.#queue.size;
  }

  /** How many operations have been followed until now. */
  get followed(): number {
    return this.#lastId;
  }

  /** @param offReason Why they are not followed, when they are not. */
  setMode(mode: PendingMode, offReason = 'Pending operations are not followed: it is switched off in the settings.'): void {
    this.#offReason = offReason;
    if (mode === this.#mode) return;
    this.#mode = mode;
    if (mode === 'off') {
      this.#removeHook?.();
      this.#removeHook = null;
      this.#operations.clear();
      this.#hanging.clear();
      this.#byPromise = new WeakMap();
      this.#queue.clear();
      return;
    }
    this.#sampler = new CaptureSampler(CAPTURES);
    this.#sampler.limit(this.#captureShare);
    this.#removeHook ??= builtin('node:v8').promiseHooks.createHook({ init: this.#onInit, settled: this.#onSettled }) as () => void;
  }

  /** @see HandleTracker.limit */
  limit(captures: number): void {
    this.#captureShare = captures;
    this.#sampler.limit(captures);
  }

  stop(): void {
    this.setMode('off');
    this.#abandoned = null;
    this.#failure = null;
  }

  readStacks(createdBefore: ProgramClock, deadline: ProgramClock): void {
    this.#queue.read(createdBefore, deadline);
    this.#sampler.refill(programClock());
  }

  /**
   * Looks for what was collected as garbage before it settled. With nobody left who could settle it, an await's whole chain
   * of functions is garbage: while a request waits for their answer, that stays listed.
   */
  refresh(): void {
    for (const operation of this.#hanging) if (operation.request?.isFinished !== false) this.#forget(operation);
    for (const operation of this.#operations) {
      if (operation.promise.deref() !== undefined) continue;
      const isHanging = operation.request?.isFinished === false && this.#hanging.size < MAX_HANGING;
      this.#operations.delete(operation);
      // In a deep check its stack is what is asked for.
      if (!isHanging && this.#abandoned === null) this.#queue.forget(operation);
      if (isHanging) this.#hanging.add(operation);
      operation.subject = ABANDONED;
      this.#abandoned?.push(operation);
    }
  }

  /** All that is pending, in the order of creation; last what only the request that waits for it keeps listed. */
  open(): readonly OpenHandle[] {
    return [...this.#operations].concat([...this.#hanging]);
  }

  /** From now on, awaits that are collected while pending are remembered. */
  watchAbandoned(): void {
    this.refresh();
    this.#abandoned = [];
  }

  /**
   * Awaits that were collected as garbage since they are watched: nothing can ever go on with them. Of reactions only
   * awaits count: the losers of a `Promise.race` look the same, and are as they should be.
   */
  takeAbandoned(): readonly OpenHandle[] {
    this.refresh();
    const abandoned = this.#abandoned ?? [];
    this.#abandoned = null;
    return abandoned.filter(({ stackKey }) => {
      const stack = this.#stacks.stackFrames(stackKey);
      return stack.length > 0 && isAwait(stack) && !isOthersReaction(stack);
    });
  }

  // Both run inside the program's own work, for every promise: what is not followed leaves at once, and nothing is thrown.
  // V8 reports what is thrown as the program's uncaught exception. At the edge of the stack nothing is wrong: `stackRoom.ts`.
  readonly #onInit = (promise: object, parent: object | undefined): void => {
    if (parent === undefined) return;
    try {
      const begun = this.#meter.begin();
      this.#follow(promise);
      if (begun !== 0) this.#meter.end(begun);
    } catch (error) {
      try {
        this.#failures.tell(error);
      } catch {
        // No room: the promise is not followed.
      }
    }
  };

  #follow(promise: object): void {
    if (this.#mode === 'sampled' && this.#queue.size >= MAX_UNREAD) return;
    const weight = this.#mode === 'all' ? 1 : this.#sampler.take();
    if (weight === 0 || isOwnWork()) return;
    const isBackground = this.#executionAsyncId() === MAIN_SCRIPT;
    const cause = { request: this.#currentRequest(), isBackground };
    const operation = new PendingOperation(++this.#lastId, promise, weight, this.#stacks.capture(), cause);
    // First the one that can overflow.
    this.#queue.add(operation);
    this.#operations.add(operation);
    this.#byPromise.set(promise, operation);
  }

  readonly #onSettled = (promise: object): void => {
    try {
      const begun = this.#meter.begin();
      const operation = this.#byPromise.get(promise);
      if (operation !== undefined) this.#forget(operation);
      if (begun !== 0) this.#meter.end(begun);
    } catch (error) {
      try {
        this.#failures.tell(error);
      } catch {
        // No room: it is followed until it is collected as garbage.
      }
    }
  };

  #forget(operation: PendingOperation): void {
    this.#operations.delete(operation);
    this.#hanging.delete(operation);
    this.#queue.forget(operation);
  }
}
