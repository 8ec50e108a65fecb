import type { CellMember, HandleCell } from '../model/handleCells';
import { handleKind } from '../model/handleKinds';
import type { ProgramClock } from '../protocol/units';
import type { Captured } from './captureQueue';
import { EARLIER, NOT_CAPTURED } from './creationStacks';
import type { ServedRequest } from './requestContext';
import { armedAt, bytesMoved, isClosed, keepsAlive, stateOf } from './resourceFacts';
import type { Capture } from './stackCapture';

/** What is known of a handle when it is created. */
export interface Creation {
  readonly id: number;
  readonly type: string;
  readonly createdAt: ProgramClock;
  readonly request: ServedRequest | null;
  readonly isBackground: boolean;
  /** What explains a handle that Node opens by itself, later than the program asked for it. */
  readonly cause: Cause | null;
  /** How many timers in a row were each set by the one before. */
  readonly rearmed: number;
}

/** What opened a handle: another one, or the moment when the program asked for it. */
export interface Cause {
  capture: Capture | null;
  stackKey: number;
  /** As that of a handle. */
  readonly weight: number;
  cause?: Cause | null;
}

/** A timer that arms itself anew would otherwise hold all those before it. */
const MAX_CAUSES = 4;

/** One open handle. It never holds the resource itself: that would keep it alive, and show in the user's heap snapshots. */
export class TrackedHandle implements CellMember, Captured {
  readonly kind = 'handle';
  readonly id: number;
  readonly type: string;
  readonly createdAt: ProgramClock;
  request: ServedRequest | null;
  isBackground: boolean;
  readonly rearmed: number;
  readonly resource: WeakRef<object>;
  cause: Cause | null;
  /** The attempt to connect that a socket is waiting for. */
  connecting: TrackedHandle | null = null;
  readonly #causes: number;
  capture: Capture | null = null;
  stackKey = NOT_CAPTURED;
  weight = 0;
  state = '';
  /** The name of the signal, for a listener. */
  signal = '';
  keepsAlive: boolean | null = null;
  activeAt: ProgramClock | null = null;
  cell: HandleCell | null = null;
  place = 0;
  #bytes: number | null = 0;

  constructor(creation: Creation, resource: object) {
    this.id = creation.id;
    this.type = creation.type;
    this.createdAt = creation.createdAt;
    this.request = creation.request;
    this.isBackground = creation.isBackground;
    const causes = creation.cause instanceof TrackedHandle ? creation.cause.#causes + 1 : 0;
    this.cause = causes > MAX_CAUSES ? null : creation.cause;
    this.#causes = causes > MAX_CAUSES ? 0 : causes;
    this.rearmed = creation.rearmed;
    this.resource = new WeakRef(resource);
  }

  /** A handle that was open before anybody looked: what it moved until now tells nothing of when. */
  static earlier(creation: Creation, resource: object): TrackedHandle {
    const handle = new TrackedHandle(creation, resource);
    handle.stackKey = EARLIER;
    handle.weight = 1;
    handle.#bytes = bytesMoved(resource);
    return handle;
  }

  /** Looks at the resource anew. False when it is closed or gone. */
  refresh(now: ProgramClock): boolean {
    const resource = this.resource.deref();
    if (resource === undefined || isClosed(this.type, this.id, resource)) return false;
    this.state = stateOf(this.type, resource);
    this.keepsAlive = handleKind(this.type).keepsAlive ?? keepsAlive(this.type, resource);
    if (this.type === 'Interval') {
      this.activeAt = armedAt(resource);
    } else if (this.type !== 'Timeout') {
      const bytes = bytesMoved(resource);
      if (bytes !== null) this.activeAt = bytes === this.#bytes ? (this.activeAt ?? this.createdAt) : now;
      this.#bytes = bytes;
    }
    return true;
  }
}
