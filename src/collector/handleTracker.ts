import type { AsyncHook } from 'node:async_hooks';
import { FrameTable } from '../model/frameTable';
import { groupHandles, type OpenHandle } from '../model/handleGroups';
import { isNoise } from '../model/handleKinds';
import { rawDump } from '../model/rawDump';
import type { HandleReading, HandleRequest, PartState, Pause } from '../protocol/collector';
import type { Milliseconds } from '../protocol/units';
import { builtin } from './builtins';
import { isLookupAnswer, isServer, ListenCalls, TICK } from './listenCalls';
import { CreationStacks, NOT_CAPTURED, UNREAD } from './creationStacks';
import { isNodesOwn } from './nodesOwn';
import { isOwnWork } from './ownWork';
import { programClock } from './programClock';
import { RequestContext } from './requestContext';
import type { Capture } from './stackCapture';

/** The async id of the code that Node runs as the main script. */
const MAIN_SCRIPT = 1;

/** Every how many handles the tracker reports that the program is alive. */
const ACTIVITY_EVERY = 64;

/**
 * Captures waiting to be read. Each holds the objects of its frames, so when handles are opened faster than the host asks,
 * or nobody asks at all, the rest goes without a stack, and says so.
 */
const MAX_UNREAD = 20_000;

/** Stacks formatted between two looks at the clock: about 1 ms. */
const READ_BATCH = 64;

interface Handle extends OpenHandle {
  readonly asyncId: number;
  readonly triggerId: number;
  /** Null once read: an unread capture keeps the objects of its frames alive. */
  capture: Capture | null;
  stackKey: number;
  /** For a handle that Node opens later than the program asked for it: the capture of that moment, or the key once read. */
  cause: Capture | number | null;
}

/**
 * Keeps a record of every open async resource: what it is, when and by which stack it was created. It never holds the
 * resource itself. Creation is on the program's hot path: noise returns first, stacks are captured and read later.
 */
export class HandleTracker {
  readonly #handles = new Map<number, Handle>();
  readonly #unread = new Set<Handle>();
  /** Of types that Node reports as destroyed only when they are collected as garbage: to see whether they are closed. */
  readonly #silent = new Map<number, WeakRef<object>>();
  readonly #listenCalls = new ListenCalls();
  readonly #stacks = new CreationStacks();
  readonly #requests = new RequestContext();
  readonly #executionAsyncId = builtin('node:async_hooks').executionAsyncId;
  readonly #onActivity: () => void;
  #hook: AsyncHook | null = null;
  #state: PartState = { on: false, reason: 'Handle tracking has not been started.' };
  #created = 0;

  /** @param onActivity Called once in a while from within the program's own work. */
  constructor(onActivity: () => void) {
    this.#onActivity = onActivity;
  }

  get state(): PartState {
    return this.#state;
  }

  start(): void {
    if (this.#hook) return;
    this.#requests.start();
    this.#hook = createHandleHook(this.#onInit, this.#onDestroy);
    this.#hook.enable();
    this.#state = { on: true };
  }

  stop(reason = 'Handle tracking has been stopped.'): void {
    this.#hook?.disable();
    this.#hook = null;
    this.#requests.stop();
    this.#handles.clear();
    this.#unread.clear();
    this.#silent.clear();
    this.#listenCalls.clear();
    this.#state = { on: false, reason };
  }

  /** Open handles, the profiler's and Node's own left out as far as their stacks have been read; null while off. */
  get count(): number | null {
    return this.#state.on ? this.#handles.size : null;
  }

  /**
   * Reads the stacks of handles that still live, oldest first, until the time is up; a program that opens handles faster
   * than that is read on over the next calls. What was closed meanwhile costs nothing.
   */
  readStacks(budget: Milliseconds): void {
    const deadline = programClock() + budget;
    const unread = this.#unread.values();
    while (this.#unread.size > 0 && programClock() < deadline) {
      const batch: Handle[] = [];
      for (let next = unread.next(); !next.done; next = unread.next()) {
        batch.push(next.value);
        if (batch.length === READ_BATCH) break;
      }
      const stacks = this.#stacks.read(batch.map((handle) => handle.capture ?? {}));
      batch.forEach((handle, index) => {
        const stack = stacks[index] ?? 0;
        this.#unread.delete(handle);
        handle.capture = null;
        handle.stackKey = stack;
        if (isNodesOwn(handle.type, this.#stacks.stackFrames(stack))) this.#handles.delete(handle.asyncId);
        else if (this.#stacks.isOnlyNodes(stack)) this.#addCause(handle);
        // Also when it was not needed: the capture of a closed handle is read by nobody, and would keep its frames' objects.
        handle.cause = null;
      });
    }
  }

  /** Forgets what was closed or collected without a word from Node. */
  dropClosed(): void {
    for (const [asyncId, resource] of this.#silent) {
      if (isClosed(resource.deref())) this.#onDestroy(asyncId);
    }
  }

  /** The groups in the order of R10, with the frames they name and no others. */
  read(request: HandleRequest): HandleReading {
    const { frames, stackOf } = this.#stacks;
    const { groups, ...totals } = groupHandles(this.#handles.values(), stackOf, frames, request, programClock());
    const listed = new FrameTable();
    const compact = (stack: readonly number[]) => stack.map((index) => listed.copy(frames, index));
    const compactGroups = groups.map((group) => ({ ...group, stack: compact(group.stack), causeStack: compact(group.causeStack) }));
    return { state: this.#state, frames: listed.frames, groups: compactGroups, ...totals, unreadStacks: this.#unread.size };
  }

  /** Every open handle as text, oldest first. */
  dump(pauses: readonly Pause[]): string {
    return rawDump(this.#handles.values(), this.#stacks, pauses, programClock());
  }

  /** A handle that Node opened by itself, such as an accepted connection, is explained by what it was opened for. */
  #addCause(handle: Handle): void {
    const cause = handle.cause ?? this.#stackOf(this.#handles.get(handle.triggerId));
    const key = typeof cause === 'object' && cause !== null ? this.#stacks.read([cause])[0] : cause;
    if (key != null) handle.stackKey = this.#stacks.withCause(handle.stackKey, key);
  }

  #stackOf(handle: Handle | undefined): Capture | number | null {
    return handle === undefined ? null : (handle.capture ?? handle.stackKey);
  }

  // The two callbacks run inside the program's own work, and an exception in one of them ends the process (Node prints it
  // and exits, uncatchable): whatever goes wrong switches tracking off and is told with the next reading.
  readonly #onInit = (asyncId: number, type: string, triggerId: number, resource: object): void => {
    if (isOwnWork()) return;
    try {
      if (isNoise(type)) {
        if (type === TICK && isLookupAnswer(resource)) this.#listenCalls.add(asyncId, this.#stacks.capture(this.#onInit));
        return;
      }
      const isCaptured = this.#unread.size < MAX_UNREAD;
      const handle: Handle = {
        asyncId,
        // Node names an interval like a timer; only the resource tells.
        type: type === 'Timeout' && (resource as { _repeat?: unknown })._repeat != null ? 'Interval' : type,
        createdAt: programClock(),
        inRequest: this.#requests.isInRequest,
        atStartUp: this.#executionAsyncId() === MAIN_SCRIPT,
        triggerId,
        stackKey: isCaptured ? UNREAD : NOT_CAPTURED,
        capture: isCaptured ? this.#stacks.capture(this.#onInit) : null,
        cause: isServer(type) ? (this.#listenCalls.get(triggerId) ?? this.#stackOf(this.#handles.get(triggerId))) : null,
      };
      this.#handles.set(asyncId, handle);
      if (isCaptured) this.#unread.add(handle);
      if (DESTROYED_WHEN_COLLECTED.has(type)) this.#silent.set(asyncId, new WeakRef(resource));
      if (++this.#created % ACTIVITY_EVERY === 0) this.#onActivity();
    } catch (error) {
      this.stop(`Handle tracking failed and was switched off: ${String(error)}`);
    }
  };

  readonly #onDestroy = (asyncId: number): void => {
    this.#listenCalls.forget(asyncId);
    const handle = this.#handles.get(asyncId);
    if (handle === undefined) return;
    this.#handles.delete(asyncId);
    this.#unread.delete(handle);
    this.#silent.delete(asyncId);
  };
}

/** These stay in Node's books until a collection of garbage finds them, closed long ago. */
const DESTROYED_WHEN_COLLECTED: ReadonlySet<string> = new Set(['FILEHANDLE', 'DIRHANDLE', 'ZLIB']);

/** A file handle's number is negative once it is closed; of the other types only their end tells. */
function isClosed(resource: object | undefined): boolean {
  return resource === undefined || Number((resource as { readonly fd?: unknown }).fd) < 0;
}

type Init = (asyncId: number, type: string, triggerId: number, resource: object) => void;

/**
 * A destroy callback makes every promise a resource of its own to the collector of garbage: about 1 µs each. Where Node
 * knows `trackPromises: false` (24.14, 25.6, 26) that cost is gone. Older ones ignore the option in silence; those that
 * know it refuse it together with `promiseResolve`, so that refusal is the test.
 */
function createHandleHook(init: Init, destroy: (asyncId: number) => void): AsyncHook {
  const { createHook } = builtin('node:async_hooks');
  const withoutPromises = { trackPromises: false };
  try {
    createHook({ promiseResolve: () => undefined, ...withoutPromises });
  } catch {
    return createHook({ init, destroy, ...withoutPromises });
  }
  return createHook({ init, destroy });
}
