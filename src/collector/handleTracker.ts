import type { PartState } from '../protocol/collector';
import { HandleCells, type HandleCell } from '../model/handleCells';
import type { OpenHandle } from '../model/handleGroups';
import { isNoise } from '../model/handleKinds';
import type { RawFrame } from '../protocol/frames';
import type { ProgramClock } from '../protocol/units';
import { builtin } from './builtins';
import { CaptureQueue } from './captureQueue';
import { UNREAD, type CreationStacks } from './creationStacks';
import { earlierHandles, EarlierCounts, isStandardStream, nativeHandle } from './earlierHandles';
import { HandleCauses } from './handleCauses';
import { isNodesOwn } from './nodesOwn';
import type { OverheadMeter } from './overheadMeter';
import { OpenExchanges, type HandlesByOwner } from './openExchanges';
import { isOwnWork } from './ownWork';
import { programClock } from './programClock';
import { RequestContext, type ServedRequest } from './requestContext';
import { innerHandle, isPartOfSocket, isRepeated } from './resourceFacts';
import { ResourceHook } from './resourceHook';
import { nameSignals } from './signalNames';
import { hasStackRoom, HookFailures } from './stackRoom';
import { openedStream, opensHandle, TICK } from './tickCauses';
import { TrackedHandle, type Cause } from './trackedHandle';
import { TypeSamplers } from './typeSamplers';

/** The async id of the code that Node runs as the main script. */
const MAIN_SCRIPT = 1;

/** Whatever is created while a module runs for the first time has this on its stack, also after a dynamic import. */
const MODULE_LOADER = 'node:internal/modules/';

/** Every how many handles the tracker reports that the program is alive. */
const ACTIVITY_EVERY = 64;

/** A timer that was set by a timer, that was set by a timer, arms itself anew. */
const REARMED = 2;

/**
 * Captures waiting to be read. Each holds the objects of its frames, so when handles are opened faster than the host asks,
 * or nobody asks at all, the rest goes without a stack, and says so.
 */
const MAX_UNREAD = 20_000;

/** Node 20 announces no HTTP/2 streams on a channel. */
const HAS_STREAM_CHANNEL = Number.parseInt(process.versions.node, 10) >= 22;

/**
 * Keeps a record of every open async resource: what it is, when and by which stack it was created. Creation is on the
 * program's hot path: noise returns first, stacks are captured and read later, facts are looked up when somebody asks.
 */
export class HandleTracker {
  readonly #handles = new Map<number, TrackedHandle>();
  /** All of them that are listed. */
  readonly #cells = new HandleCells();
  /** Parts of other handles, and what every program has. */
  readonly #unlisted = new Set<TrackedHandle>();
  readonly #exchanges: OpenExchanges;
  readonly #samplers = new TypeSamplers();
  readonly #signals = new Set<TrackedHandle>();
  readonly #causes: HandleCauses;
  readonly #stacks: CreationStacks;
  readonly #queue: CaptureQueue<TrackedHandle>;
  readonly #requests: RequestContext;
  readonly #executionAsyncId = builtin('node:async_hooks').executionAsyncId;
  readonly #meter: OverheadMeter;
  readonly #onActivity: () => void;
  readonly #failures = new HookFailures((error) => this.stop(`Handle tracking failed and was switched off: ${String(error)}`));
  #earlier = new EarlierCounts(null);
  #hook: ResourceHook | null = null;
  #state: PartState = { on: false, reason: 'Handle tracking has not been started.' };
  #created = 0;
  #closed = 0;
  #tellAt = ACTIVITY_EVERY;
  /** Where the round of refreshing has got to. */
  #round: Iterator<TrackedHandle> | null = null;

  /** @param onActivity Called once in a while from within the program's own work. */
  constructor(stacks: CreationStacks, meter: OverheadMeter, onActivity: () => void) {
    this.#stacks = stacks;
    this.#meter = meter;
    this.#causes = new HandleCauses(stacks, this.#handles, (handle) => this.#cells.move(handle));
    this.#queue = new CaptureQueue(stacks, (handle, frames) => this.#stackRead(handle, frames));
    const byOwner: HandlesByOwner = {
      handleOf: (owner) => this.#byOwner(owner),
      explain: (owner, cause) => this.#causes.explain(this.#byOwner(owner), cause),
    };
    this.#exchanges = new OpenExchanges(stacks, byOwner, this.#failures);
    this.#requests = new RequestContext(this.#exchanges, this.#failures);
    this.#onActivity = onActivity;
  }

  get state(): PartState {
    return this.#state;
  }

  /** The HTTP request that caused the code that runs now. */
  get currentRequest(): ServedRequest | null {
    return this.#requests.current;
  }

  start(): void {
    if (this.#hook) return;
    const now = programClock();
    const earlier = earlierHandles(now);
    this.#hook = new ResourceHook(this.#onInit, this.#onDestroy);
    this.#requests.start(this.#hook);
    this.#exchanges.start(this.#requests);
    for (const handle of earlier) {
      this.#handles.set(handle.id, handle);
      if (isPartOfSocket(handle.type) || isStandardStream(handle)) this.#unlisted.add(handle);
      else this.#cells.add(handle);
    }
    this.#earlier = new EarlierCounts(earlier);
    this.#state = { on: true };
  }

  stop(reason = 'Handle tracking has been stopped.'): void {
    this.#hook?.disable();
    this.#hook = null;
    this.#requests.stop();
    this.#exchanges.stop();
    this.#handles.clear();
    this.#cells.clear();
    this.#unlisted.clear();
    this.#queue.clear();
    this.#signals.clear();
    this.#causes.clear();
    this.#samplers.clear();
    this.#round = null;
    this.#state = { on: false, reason };
  }

  /** Open handles, the profiler's and Node's own left out as far as their stacks have been read; null while off. */
  get count(): number | null {
    return this.#state.on ? this.#handles.size - this.#unlisted.size + this.#exchanges.size + this.#earlier.total : null;
  }

  /** Grows whenever a handle is opened or closed. */
  get changes(): number {
    return this.#created + this.#closed;
  }

  get unreadStacks(): number {
    return this.#queue.size + this.#exchanges.unreadStacks;
  }

  /** @param captures Share of the stacks that are captured without a limit. */
  limit(captures: number): void {
    this.#samplers.limit(captures);
    this.#exchanges.limit(captures);
  }

  /** Reads the stacks of handles that were created before a moment and still live, until the deadline. */
  readStacks(createdBefore: ProgramClock, deadline: ProgramClock): void {
    this.#queue.read(createdBefore, deadline);
    this.#exchanges.readStacks(createdBefore, deadline);
    this.#samplers.refill(programClock());
  }

  /**
   * Looks at the resources anew, each in its turn, until the deadline: forgets what was closed without a word from Node,
   * learns states and activity. With very many handles a round takes more than one call.
   */
  refresh(deadline: ProgramClock): void {
    const start = programClock();
    this.#exchanges.refresh();
    let looked = 0;
    for (this.#round ??= this.#handles.values(); ; ) {
      const next = this.#round.next();
      if (next.done === true) {
        this.#round = null;
        break;
      }
      this.#look(next.value, start);
      if (++looked % 64 === 0 && programClock() >= deadline) break;
    }
    this.#earlier.refresh(this.#handles);
    if (this.#signals.size > 0) nameSignals(this.#signals, this.#earlier.newSignals());
    this.#cells.dropEmpty();
  }

  #look(handle: TrackedHandle, now: ProgramClock): void {
    const { keepsAlive } = handle;
    if (!handle.refresh(now)) {
      this.#forget(handle);
      return;
    }
    this.#cells.looked(handle, keepsAlive);
    if (handle.type === 'TLSWRAP') this.#hideInner(handle);
    else if (handle.type === 'HTTP2STREAM' && handle.request === null) {
      this.#causes.explainStream(handle, this.#requests, (owner) => this.#byOwner(owner));
    }
  }

  /** All that is open, in the order of creation within each kind. */
  open(): readonly OpenHandle[] {
    const listed = [...this.#handles.values()].filter((handle) => !this.#unlisted.has(handle));
    return [...this.#earlier.handles()].concat(listed, [...this.#exchanges.open()]);
  }

  /** Whether the caller has interrupted the tracker itself: then it must neither look, nor read stacks, nor ask for cells. */
  get isChanging(): boolean {
    return this.#cells.isChanging && !this.#failures.hasOccurred;
  }

  /** To be called before a look, outside of every hook: completes what was left half done where the stack overflowed. */
  mend(): void {
    if (!this.#failures.hasOccurred) return;
    this.#failures.hasOccurred = false;
    this.#cells.clear();
    for (const handle of this.#handles.values()) {
      handle.cell = null;
      if (isPartOfSocket(handle.type)) this.#unlisted.add(handle);
      if (!this.#unlisted.has(handle)) this.#cells.add(handle);
      if (handle.capture !== null) this.#queue.add(handle);
    }
  }

  /** The same in cells. */
  cells(): readonly HandleCell[] {
    return HandleCells.of([...this.#earlier.handles()]).concat(this.#cells.filled(), HandleCells.of([...this.#exchanges.open()]));
  }

  /** A few cells of each type. */
  someCells(most: number): readonly HandleCell[] {
    return this.#cells.some(most);
  }

  #stackRead(handle: TrackedHandle, frames: readonly RawFrame[] | null): void {
    if (frames !== null && isNodesOwn(handle.type, frames)) this.#forget(handle);
    if (frames?.some(({ url }) => url.startsWith(MODULE_LOADER))) handle.isBackground = true;
    this.#causes.resolve(handle);
    this.#cells.move(handle);
  }

  /** One TLS connection has two handles. */
  #hideInner(handle: TrackedHandle): void {
    const resource = handle.resource.deref();
    const inner = resource && innerHandle(resource);
    const tracked = inner && this.#byOwner(inner);
    if (!tracked) return;
    this.#unlisted.add(tracked);
    this.#cells.remove(tracked);
  }

  /** The handle behind a server, a socket or a session. */
  #byOwner(owner: object): TrackedHandle | undefined {
    const handle = nativeHandle(owner) as { readonly getAsyncId?: () => number };
    return typeof handle.getAsyncId === 'function' ? this.#handles.get(handle.getAsyncId()) : undefined;
  }

  // The two callbacks run inside the program's own work, and an exception in one of them ends the process (Node prints it
  // and exits, uncatchable): whatever goes wrong switches tracking off and is told with the next reading. At the edge of
  // the program's stack nothing is wrong: see `stackRoom.ts`. There each call may overflow, also those of a `catch`.
  readonly #onInit = (asyncId: number, type: string, triggerId: number, resource: object): void => {
    try {
      this.#init(asyncId, type, triggerId, resource);
    } catch (error) {
      this.#failures.hasOccurred = true;
      try {
        this.#failures.tell(error);
        this.#trackPlain(asyncId, type, resource);
      } catch {
        // No room: the handle is missed.
      }
    }
  };

  #init(asyncId: number, type: string, triggerId: number, resource: object): void {
    if (isOwnWork()) return;
    const begun = this.#meter.begin();
    if (!isNoise(type)) this.#track(asyncId, type, triggerId, resource);
    else if (type === TICK) this.#onTick(asyncId, resource);
    // It is no part of what is timed, as it is rare and long.
    if (begun !== 0) this.#meter.end(begun);
    if (this.#created >= this.#tellAt && hasStackRoom()) this.#tellActivity();
  }

  #tellActivity(): void {
    this.#tellAt = this.#created + ACTIVITY_EVERY;
    this.#onActivity();
  }

  /** A handle of which there was no room to learn more than that it is there. */
  #trackPlain(id: number, type: string, resource: object): void {
    if (!this.#state.on || isNoise(type) || this.#handles.has(id)) return;
    const facts = { type: type === 'Timeout' && isRepeated(resource) ? 'Interval' : type, createdAt: programClock(), rearmed: 0 };
    this.#handles.set(id, new TrackedHandle({ id, ...facts, request: null, isBackground: false, cause: null }, resource));
  }

  #onTick(asyncId: number, tick: object): void {
    if (opensHandle(tick)) {
      const queued = this.#handles.get(this.#executionAsyncId());
      if (queued?.type === 'QueuedRequest') {
        // It has got a socket. Node would tell that it is no longer queued when it is collected as garbage.
        this.#causes.ticks.add(asyncId, queued);
        this.#forget(queued);
      } else {
        const weight = this.#weightOf(TICK);
        if (weight > 0) this.#causes.ticks.add(asyncId, { capture: this.#stacks.capture(), stackKey: UNREAD, weight });
      }
      return;
    }
    const opened = HAS_STREAM_CHANNEL ? null : openedStream(tick);
    if (opened) this.#requests.enterStream(opened.stream, opened.headers);
  }

  #track(asyncId: number, type: string, triggerId: number, resource: object): void {
    if (type === 'HTTP2SESSION' && !HAS_STREAM_CHANNEL && hasStackRoom()) this.#requests.prepare();
    const executing = this.#executionAsyncId();
    const isTimer = type === 'Timeout';
    const parent = isTimer ? this.#handles.get(executing) : undefined;
    const rearmed = parent?.type === 'Timeout' ? parent.rearmed + 1 : 0;
    const handle = new TrackedHandle(
      {
        id: asyncId,
        type: isTimer && isRepeated(resource) ? 'Interval' : type,
        createdAt: programClock(),
        request: this.#requests.current,
        isBackground: executing === MAIN_SCRIPT || rearmed >= REARMED,
        cause: this.#causes.of(type, triggerId, executing),
        rearmed,
      },
      resource,
    );
    this.#handles.set(asyncId, handle);
    this.#causes.opened(handle);
    if (type === 'SIGNALWRAP') this.#signals.add(handle);
    if (type === 'HTTPCLIENTREQUEST') this.#adoptStack(handle, this.#causes.ticks.get(executing));
    else this.#captureStack(handle);
    if (isPartOfSocket(type)) this.#addPart(handle, triggerId);
    else this.#cells.add(handle);
    this.#created++;
  }

  #captureStack(handle: TrackedHandle): void {
    const weight = this.#weightOf(handle.type);
    if (weight === 0) return;
    const capture = this.#stacks.capture();
    handle.weight = weight;
    handle.stackKey = UNREAD;
    handle.capture = capture;
    this.#queue.add(handle);
  }

  /** A request gets its socket, and is known from then on, when its caller is gone: its own stack tells nothing. */
  #adoptStack(handle: TrackedHandle, cause: Cause | undefined): void {
    if (cause === undefined) return;
    handle.weight = cause.weight;
    handle.stackKey = cause.stackKey;
    handle.capture = cause.capture;
    if (handle.capture !== null) this.#queue.add(handle);
  }

  /** How many handles of its type this one stands for; 0 when its stack is not to be captured. */
  #weightOf(type: string): number {
    if (this.#queue.size >= MAX_UNREAD) return 0;
    return this.#samplers.weightOf(type);
  }

  /** An attempt to connect is what a socket waits for, not one thing more that the program has open. */
  #addPart(part: TrackedHandle, socketId: number): void {
    this.#unlisted.add(part);
    const socket = this.#handles.get(socketId);
    if (socket) socket.connecting = part;
  }

  readonly #onDestroy = (asyncId: number): void => {
    try {
      const begun = this.#meter.begin();
      this.#causes.ticks.forget(asyncId);
      const handle = this.#handles.get(asyncId);
      if (handle !== undefined) this.#forget(handle);
      if (begun !== 0) this.#meter.end(begun);
    } catch (error) {
      this.#failures.hasOccurred = true;
      try {
        this.#failures.tell(error);
      } catch {
        // No room: a look finds out that it is closed.
      }
    }
  };

  #forget(handle: TrackedHandle): void {
    this.#closed++;
    this.#handles.delete(handle.id);
    this.#cells.remove(handle);
    if (this.#unlisted.size > 0) this.#unlisted.delete(handle);
    if (handle.type === 'SIGNALWRAP') this.#signals.delete(handle);
    this.#causes.closed(handle);
    if (handle.capture !== null) this.#queue.forget(handle);
  }
}
