import type { CreationStacks } from './creationStacks';
import type { RequestContext } from './requestContext';
import { ownerOf } from './resourceFacts';
import { TickCauses } from './tickCauses';
import { TrackedHandle, type Cause } from './trackedHandle';

/**
 * Explains handles that Node opens by itself, later than the program asked for them: an accepted connection by its server,
 * a request by the moment when it was sent, a file handle by the call that opened it. What might explain a handle is known
 * only when it is created, and needed only when its own stack has no frame of the program's.
 */
export class HandleCauses {
  readonly ticks = new TickCauses();
  /** Calls of `fs` under way. */
  readonly #fileCalls = new Set<TrackedHandle>();
  readonly #stacks: CreationStacks;
  readonly #handles: ReadonlyMap<number, TrackedHandle>;
  readonly #onExplained: (handle: TrackedHandle) => void;

  /** @param onExplained Called when the stack of a handle, or the request that caused it, has become another. */
  constructor(stacks: CreationStacks, handles: ReadonlyMap<number, TrackedHandle>, onExplained: (handle: TrackedHandle) => void) {
    this.#stacks = stacks;
    this.#handles = handles;
    this.#onExplained = onExplained;
  }

  clear(): void {
    this.ticks.clear();
    this.#fileCalls.clear();
  }

  /** What might explain a handle that is just being created. */
  of(type: string, triggerId: number, executing: number): Cause | null {
    const queued = this.ticks.get(executing);
    if (queued !== undefined) return queued;
    // A file handle is made where its call completes, which Node does not tell; with one such call there is no doubt.
    if ((type === 'FILEHANDLE' || type === 'DIRHANDLE') && this.#fileCalls.size === 1) for (const call of this.#fileCalls) return call;
    return this.#handles.get(triggerId) ?? this.#handles.get(executing) ?? null;
  }

  opened(handle: TrackedHandle): void {
    if (isFileCall(handle.type)) this.#fileCalls.add(handle);
  }

  closed(handle: TrackedHandle): void {
    if (isFileCall(handle.type)) this.#fileCalls.delete(handle);
  }

  /** Adds the cause to a stack that has been read, if it needs one. */
  resolve(handle: Cause): void {
    const { cause = null } = handle;
    // Also when it is not needed: the capture of a closed handle is read by nobody, and would keep its frames' objects.
    handle.cause = null;
    if (cause === null || !this.#stacks.isOnlyNodes(handle.stackKey)) return;
    if (cause.capture !== null) {
      // Closed before its stack was read, or no handle at all: nobody else will. Reading it twice does no harm.
      cause.stackKey = this.#stacks.read([cause.capture])[0]?.key ?? cause.stackKey;
      if (!(cause instanceof TrackedHandle && this.#handles.has(cause.id))) cause.capture = null;
      this.resolve(cause);
      if (cause instanceof TrackedHandle) this.#onExplained(cause);
    }
    handle.stackKey = this.#stacks.withCause(handle.stackKey, cause.stackKey);
    if (handle instanceof TrackedHandle) this.#onExplained(handle);
  }

  /** Says what a handle was opened for that was opened without the caller on the stack; the first answer stays. */
  explain(handle: TrackedHandle | undefined, cause: Cause): void {
    if (handle?.cause !== null || this.#stacks.stackOf(handle.stackKey).causeStack.length > 0) return;
    handle.cause = cause;
    if (handle.capture === null) this.resolve(handle);
  }

  /** Node tells of a stream's request only after it has made the stream. */
  explainStream(handle: TrackedHandle, requests: RequestContext, handleOf: (owner: object) => TrackedHandle | undefined): void {
    const stream = handle.resource.deref();
    const owner = stream && ownerOf(stream);
    const served = owner && requests.ofStream(owner);
    if (!served) return;
    const { session } = owner as { readonly session?: object };
    handle.request = served;
    handle.cause = (session && handleOf(session)) ?? null;
    if (handle.capture === null) this.resolve(handle);
    this.#onExplained(handle);
  }
}

function isFileCall(type: string): boolean {
  return type === 'FSREQPROMISE' || type === 'FSREQCALLBACK';
}
