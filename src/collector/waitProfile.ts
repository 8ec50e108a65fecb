import { groupHandles, type HandleLookup, type OpenHandle } from '../model/handleGroups';
import { rawDump } from '../model/rawDump';
import type {
  DeepCheckReading,
  DeepCheckStep,
  HandleGroup,
  HandleReading,
  HandleRequest,
  PartState,
  PendingMode,
  StacksRead,
} from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import type { Milliseconds, ProgramClock } from '../protocol/units';
import { CreationStacks } from './creationStacks';
import { detailOf, subjectOf } from './handleSubjects';
import { HandleTracker } from './handleTracker';
import { programClock } from './programClock';
import { PromiseTracker } from './promiseTracker';

/** Longest that one tick may spend on formatting stacks, and on looking at resources, in the program's own thread. */
const TICK_BUDGET: Milliseconds = 6;
const TICK_LOOK_BUDGET: Milliseconds = 2;
/** The same when somebody asks for the groups. */
const READ_BUDGET: Milliseconds = 12;
/** Somebody waits for all of them, and each call takes a while to get here. */
const WHOLE_BUDGET: Milliseconds = 30;
const LOOK_BUDGET: Milliseconds = 8;

/** Captures that nobody asks for are read from within the program's own work, a little at a time. */
const UNASKED_BUDGET: Milliseconds = 1;
/** Most handles close within a second, and then their stack need not be read. */
const UNASKED_AFTER: Milliseconds = 1_000;

const HANDLES_OFF = 'Open handles are not tracked: bifrost.handles.enabled is off.';

/** An hour: a check has no thresholds to apply. */
const DEEP_CHECK: HandleRequest = {
  limit: 1_000,
  longWait: 3_600_000,
  stuckAfter: 3_600_000,
  readStacksAfter: 0,
  pauses: [],
  backgroundPatterns: [],
  perRequestPatterns: [],
};

/** What the program is waiting for: open handles and pending operations, by what created them. */
export class WaitProfile {
  readonly #stacks = new CreationStacks();
  readonly #handles: HandleTracker;
  readonly #promises: PromiseTracker;
  /** What a deep check goes back to; null while none is on. */
  #modeBefore: PendingMode | null = null;
  #followedBefore = 0;

  /** @param onActivity Called once in a while from within the program's own work. */
  constructor(onActivity: () => void) {
    this.#handles = new HandleTracker(this.#stacks, () => {
      const now = programClock();
      this.#readStacks(now - UNASKED_AFTER, now + UNASKED_BUDGET);
      onActivity();
    });
    this.#promises = new PromiseTracker(this.#stacks, () => this.#handles.currentRequest);
  }

  get state(): PartState {
    return this.#handles.state;
  }

  /** Open handles; null while they are not tracked. */
  get handleCount(): number | null {
    return this.#handles.count;
  }

  /** @param handles Whether they are tracked; a preload may have begun to. */
  start(mode: PendingMode, handles: boolean): void {
    if (handles) this.#handles.start();
    else this.#handles.stop(HANDLES_OFF);
    this.#promises.setMode(mode);
  }

  stop(): void {
    this.#modeBefore = null;
    this.#promises.stop();
    this.#handles.stop();
  }

  setPendingMode(mode: PendingMode): void {
    if (this.#modeBefore !== null) this.#modeBefore = mode;
    else this.#promises.setMode(mode);
  }

  /** The work of a tick at which nobody asks for groups: what would otherwise pile up. */
  tick(): void {
    const now = programClock();
    if (!this.#stacks.isInsideHook()) this.#handles.refresh(now + TICK_LOOK_BUDGET);
    this.#promises.refresh();
    this.#readStacks(now - UNASKED_AFTER, now + TICK_BUDGET);
  }

  /** Formats stacks for a while, however young they are: for a reading that is to be whole. */
  readStacks(): StacksRead {
    const now = programClock();
    this.#readStacks(now, now + WHOLE_BUDGET);
    return { unreadStacks: this.#handles.unreadStacks + this.#promises.unreadStacks };
  }

  /** The groups in the order of R10, with the frames they name and no others. */
  read(request: HandleRequest): HandleReading {
    const start = programClock();
    const hasLooked = this.#look(request, start);
    const { groups, ...totals } = groupHandles(this.#open(), this.#lookup(hasLooked), request, programClock());
    const listed = compact(groups, this.#stacks.frames);
    return {
      state: this.#handles.state,
      pending: { ...this.#promises.state, mode: this.#promises.mode },
      ...listed,
      ...totals,
      // What could not be looked at now can be a moment later.
      unreadStacks: this.#handles.unreadStacks + this.#promises.unreadStacks + (hasLooked ? 0 : 1),
      cost: programClock() - start,
    };
  }

  /** Every open handle and pending operation as text, oldest first. */
  dump(request: HandleRequest): string {
    const hasLooked = this.#look(request, programClock());
    return rawDump(this.#open(), this.#lookup(hasLooked), request.pauses, programClock());
  }

  /** @see DeepCheckStep */
  deepCheck(step: DeepCheckStep): DeepCheckReading {
    if (step === 'begin' && this.#modeBefore === null) {
      this.#modeBefore = this.#promises.mode;
      this.#followedBefore = this.#promises.followed;
      this.#promises.setMode('all');
      this.#promises.watchAbandoned();
    }
    if (step !== 'end') {
      // Those of handles too, and from the beginning: unread, any of them may hold what is looked for.
      const now = programClock();
      this.#readStacks(now, now + WHOLE_BUDGET);
    }
    const abandoned = step === 'end' ? this.#endDeepCheck() : [];
    const { groups } = groupHandles(abandoned, this.#lookup(false), DEEP_CHECK, programClock());
    const { frames, groups: listed } = compact(groups, this.#stacks.frames);
    const followed = this.#promises.followed - this.#followedBefore;
    return { frames, abandoned: listed, followed, unreadStacks: this.#handles.unreadStacks + this.#promises.unreadStacks };
  }

  #endDeepCheck(): readonly OpenHandle[] {
    const abandoned = this.#promises.takeAbandoned();
    if (this.#modeBefore !== null) this.#promises.setMode(this.#modeBefore);
    this.#modeBefore = null;
    return abandoned;
  }

  /** False when the resources must not be touched just now. */
  #look(request: HandleRequest, start: ProgramClock): boolean {
    const canLook = !this.#stacks.isInsideHook();
    if (canLook) this.#handles.refresh(start + LOOK_BUDGET);
    this.#promises.refresh();
    const now = programClock();
    this.#readStacks(now - request.readStacksAfter, now + READ_BUDGET);
    return canLook;
  }

  #readStacks(createdBefore: ProgramClock, deadline: ProgramClock): void {
    this.#handles.readStacks(createdBefore, deadline);
    this.#promises.readStacks(createdBefore, deadline);
  }

  #open(): OpenHandle[] {
    const open: OpenHandle[] = [];
    this.#handles.forEachOpen((handle) => open.push(handle));
    this.#promises.forEachOpen((operation) => open.push(operation));
    return open;
  }

  #lookup(canLook: boolean): HandleLookup {
    const { frames, stackOf } = this.#stacks;
    if (!canLook) return { frames, stackOf, subjectOf: () => '', detailOf: () => '' };
    return { frames, stackOf, subjectOf, detailOf };
  }
}

function compact(groups: readonly HandleGroup[], frames: readonly RawFrame[]): { frames: readonly RawFrame[]; groups: HandleGroup[] } {
  const listed: RawFrame[] = [];
  const indices: number[] = [];
  const copy = (stack: readonly number[]) =>
    stack.map((index) => {
      const frame = frames[index];
      return (indices[index] ??= frame ? listed.push(frame) - 1 : 0);
    });
  const copied = groups.map((group) => ({ ...group, stack: copy(group.stack), causeStack: copy(group.causeStack) }));
  return { frames: listed, groups: copied };
}
