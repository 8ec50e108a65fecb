import type { OpenHandle } from '../model/handleGroups';
import { handleKind } from '../model/handleKinds';
import { ownArray } from '../model/ownArray';
import type { ProgramClock } from '../protocol/units';
import { builtin } from './builtins';
import { EARLIER } from './creationStacks';
import { programClock } from './programClock';
import { TrackedHandle } from './trackedHandle';

interface ActiveResources {
  _getActiveHandles(): readonly object[];
  _getActiveRequests(): readonly object[];
}

/** The file descriptors of standard input, output and error: every program has them. */
const LAST_STANDARD_FD = 2;

/**
 * What was open before the hook: Node lists the objects of handles and requests that keep the process alive, in some 20 µs
 * and without creating anything. Not among them are timers and ports (only their number is told) and what is unref'd.
 */
export function earlierHandles(now: ProgramClock): TrackedHandle[] {
  const active = process as unknown as ActiveResources;
  const wraps = [...ownArray(active._getActiveHandles()).map(nativeHandle), ...ownArray(active._getActiveRequests())];
  return wraps.flatMap((wrap) => {
    const asked = wrap as { readonly getAsyncId?: () => number; readonly fd?: unknown };
    if (typeof asked.getAsyncId !== 'function') return [];
    const { fd } = asked;
    const isStandard = typeof fd === 'number' && fd >= 0 && fd <= LAST_STANDARD_FD;
    const creation = {
      id: asked.getAsyncId(),
      type: isStandard ? STANDARD : typeOf(wrap),
      createdAt: now,
      request: null,
      isBackground: false,
      cause: null,
      rearmed: 0,
    };
    return TrackedHandle.earlier(creation, wrap);
  });
}

/** Standard streams are counted, so that they are not missed, and listed nowhere. */
const STANDARD = 'standard stream';

/**
 * How many resources of each type were open before and still are, of those that Node only counts. It cannot be seen which
 * ones: the number falls when fewer are active than are known by now, and never rises.
 */
export class EarlierCounts {
  readonly #left = new Map<string, number>();
  readonly #signals: readonly string[];
  readonly #since = programClock();
  #nextLook: ProgramClock = 0;

  /** @param listed What is known as objects, standard streams among them; null: nothing was open before. */
  constructor(listed: TrackedHandle[] | null) {
    this.#signals = listed === null ? [] : signalsListenedTo();
    if (listed === null) return;
    for (const [type, count] of activeCounts()) this.#left.set(type, count);
    for (const handle of listed) this.#take(countedType(handle), 1);
  }

  get total(): number {
    let total = this.#signals.length;
    for (const count of this.#left.values()) total += count;
    return total;
  }

  /** @param tracked All handles known by now. What keeps the process alive is told of those that have been looked at. */
  refresh(tracked: ReadonlyMap<number, TrackedHandle>): void {
    const now = programClock();
    if (this.#left.size === 0 || now < this.#nextLook) return;
    // Node lists every active resource by its name, and each is subtracted: some ms for 100,000, so then every ten seconds.
    this.#nextLook = now + tracked.size / 10;
    const active = activeCounts();
    for (const { type, keepsAlive } of tracked.values()) {
      const counted = type === 'Interval' ? 'Timeout' : (COUNTED_WITH.get(type) ?? type);
      if (keepsAlive === true && active.has(counted)) active.set(counted, (active.get(counted) ?? 0) - 1);
    }
    for (const [type, left] of this.#left) this.#take(type, left - Math.max(0, Math.min(left, active.get(type) ?? 0)));
  }

  /** Signals that have been listened to since, in the order in which that began. */
  newSignals(): string[] {
    return signalsListenedTo().filter((name) => !this.#signals.includes(name));
  }

  *handles(): Generator<OpenHandle> {
    for (const [type, count] of this.#left) {
      const handle = this.#handle(type, true);
      for (let i = 0; i < count; i++) yield handle;
    }
    for (const name of this.#signals) {
      if (process.listenerCount(name) > 0) yield this.#handle('SIGNALWRAP', false, name);
    }
  }

  #handle(type: string, keepsAlive: boolean, subject = ''): OpenHandle {
    const handle: OpenHandle & { readonly subject: string } = {
      id: 0,
      kind: 'handle',
      type,
      createdAt: this.#since,
      request: null,
      isBackground: false,
      stackKey: EARLIER,
      weight: 1,
      // An interval is a timer to Node, and only its object would tell.
      state: type === 'Timeout' ? 'scheduled or repeating' : '',
      keepsAlive: handleKind(type).keepsAlive ?? keepsAlive,
      activeAt: null,
      subject,
    };
    return handle;
  }

  #take(type: string, count: number): void {
    const left = (this.#left.get(type) ?? 0) - count;
    if (left > 0) this.#left.set(type, left);
    else this.#left.delete(type);
  }
}

export function isStandardStream(handle: OpenHandle): boolean {
  return handle.type === STANDARD;
}

/**
 * The native handle behind a public object: where servers, watchers and children, sockets, and UDP sockets have it. Own
 * properties only: a UDP socket's `_handle` is a getter that prints a warning.
 */
export function nativeHandle(object: object): object {
  return (
    asObject(Object.getOwnPropertyDescriptor(object, '_handle')?.value) ??
    asObject(ownSymbol(object, 'kHandle')) ??
    asObject(ownSymbol(object, 'handle')) ??
    asObject((asObject(ownSymbol(object, 'state symbol')) as { readonly handle?: unknown } | undefined)?.handle) ??
    object
  );
}

function asObject(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

function ownSymbol(object: object, name: string): unknown {
  const symbol = Object.getOwnPropertySymbols(object).find(({ description }) => description === name);
  return symbol && (object as Record<symbol, unknown>)[symbol];
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['TTY', 'TTYWRAP'],
  ['UDP', 'UDPWRAP'],
  ['FSEvent', 'FSEVENTWRAP'],
  ['Process', 'PROCESSWRAP'],
  ['Signal', 'SIGNALWRAP'],
]);

/** Node's name of the async resource, which is not on the object: that of its native class comes close. */
function typeOf(wrap: object): string {
  const name = wrap.constructor.name;
  // A listening handle has a callback for connections, and so have accepted ones: only a server's owner can listen.
  if (name === 'TCP') return isListening(wrap) ? 'TCPSERVERWRAP' : 'TCPWRAP';
  if (name === 'Pipe') return isListening(wrap) ? 'PIPESERVERWRAP' : 'PIPEWRAP';
  return TYPES.get(name) ?? name.toUpperCase();
}

function isListening(wrap: object): boolean {
  const { listen } = (ownSymbol(wrap, 'owner_symbol') ?? {}) as { readonly listen?: unknown };
  return typeof listen === 'function';
}

const COUNTED_WITH: ReadonlyMap<string, string> = new Map([
  // A TLS connection by the TCP handle below it.
  ['TLSWRAP', 'TCPWRAP'],
  ['PIPECONNECTWRAP', 'TCPCONNECTWRAP'],
  ['PIPESERVERWRAP', 'PIPEWRAP'],
]);

/** As which type Node counts a handle. */
function countedType(handle: TrackedHandle): string {
  const wrap = handle.type === STANDARD ? handle.resource.deref() : undefined;
  const type = wrap ? typeOf(wrap) : handle.type;
  return COUNTED_WITH.get(type) ?? type;
}

const COUNTED_AS: ReadonlyMap<string, string> = new Map([
  ['Timeout', 'Timeout'],
  ['Immediate', 'Immediate'],
  ['TCPSocketWrap', 'TCPWRAP'],
  ['ConnectWrap', 'TCPCONNECTWRAP'],
  ['SimpleWriteWrap', 'WRITEWRAP'],
  ['SimpleShutdownWrap', 'SHUTDOWNWRAP'],
]);

/** What keeps the process alive by type. Node's names here are those of the async resources, but for capitals. */
function activeCounts(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of ownArray(process.getActiveResourcesInfo())) {
    const type = COUNTED_AS.get(name) ?? name.toUpperCase();
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function signalsListenedTo(): string[] {
  const { signals } = builtin('node:os').constants;
  return ownArray(process.eventNames()).filter((name): name is string => typeof name === 'string' && name in signals);
}
