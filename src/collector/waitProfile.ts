import { HandleCells, type HandleCell } from '../model/handleCells';
import { LIMIT_STEPS, type LimitStep } from '../model/overheadLimiter';
import { groupCells, groupHandles, type HandleLookup, type OpenHandle } from '../model/handleGroups';
import { rawDump } from '../model/rawDump';
import { GROUP_DEFAULTS } from '../protocol/collector';
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
import { detailOf, dueInOf, subjectOf } from './handleSubjects';
import { HandleTracker } from './handleTracker';
import type { OverheadMeter } from './overheadMeter';
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
/** The first reading runs before V8 has compiled any of it, and takes twice as long as those that follow. */
const FIRST_LOOK_BUDGET: Milliseconds = 2;

/** Captures that nobody asks for are read from within the program's own work, a little at a time. */
const UNASKED_BUDGET: Milliseconds = 1;
/** Between two times: by the number of handles alone, a service that opened 10,000 a second gave a tenth of its time to it. */
const UNASKED_EVERY: Milliseconds = 50;
/** Most handles close within a second, and then their stack need not be read. */
const UNASKED_AFTER: Milliseconds = 1_000;

/** Of ticks at which no handle had come or gone, every so many look at those that are there: a tenth of what Bifrost takes of a program at rest. */
const QUIET_TICKS_TO_LOOK = 4;

/**
 * V8 compiles what runs for the first time, and runs it slowly at first. With 1,000 groups that was a fifth of the first
 * reading; a few cells of each type, before anybody asks, take their share of it away from there. Few handles are read soon enough.
 */
const REHEARSED_CELLS = 16;
const MANY_HANDLES = 1_000;
/** V8 drops the code of what has not run for long. */
const REHEARSE_EVERY: Milliseconds = 60_000;

const HANDLES_OFF = 'Open handles are not tracked: bifrost.handles.enabled is off.';

const [NO_LIMITS] = LIMIT_STEPS;

const TOO_DEAR = 'Awaits are not followed at present, as Bifrost would cost more than the budget in the settings.';

/** An hour: what is not looked at for how long it waits has no thresholds. */
const UNJUDGED: HandleRequest = {
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
  /** As it was asked for: a deep check or the budget may have it otherwise for a while. */
  #mode: PendingMode = 'off';
  #isChecking = false;
  #limits = NO_LIMITS;
  #followedBefore = 0;
  #hasLooked = false;
  #changes = 0;
  #quietTicks = 0;
  #unaskedAt: ProgramClock = -Infinity;
  /** When handles were last grouped. */
  #groupedAt: ProgramClock = -Infinity;

  /** @param onActivity Called once in a while from within the program's own work. */
  constructor(meter: OverheadMeter, onActivity: () => void) {
    this.#handles = new HandleTracker(this.#stacks, meter, () => {
      const now = programClock();
      // Before it is timed: that alone is two calls of the system.
      if (this.#handles.unreadStacks > 0 && now - this.#unaskedAt >= UNASKED_EVERY) meter.whole(() => this.#readStacksUnasked(now));
      onActivity();
    });
    this.#promises = new PromiseTracker(this.#stacks, meter, () => this.#handles.currentRequest);
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
    this.setPendingMode(mode);
  }

  stop(): void {
    this.#mode = 'off';
    this.#isChecking = false;
    this.#promises.stop();
    this.#handles.stop();
  }

  setPendingMode(mode: PendingMode): void {
    this.#mode = mode;
    this.#followPromises();
  }

  /** Does less, or as much again as before. */
  limit(limits: LimitStep): void {
    this.#limits = limits;
    this.#handles.limit(limits.captures);
    this.#promises.limit(limits.captures);
    this.#followPromises();
  }

  #followPromises(): void {
    if (this.#isChecking) this.#promises.setMode('all');
    else if (this.#limits === undefined || this.#limits === NO_LIMITS || this.#mode === 'off') this.#promises.setMode(this.#mode);
    else if (this.#limits.followsAwaits) this.#promises.setMode('sampled');
    else this.#promises.setMode('off', TOO_DEAR);
  }

  /** The work of a tick at which nobody asks for groups: what would otherwise pile up. */
  tick(): void {
    const now = programClock();
    this.#promises.refresh();
    const { changes } = this.#handles;
    const isQuiet = changes === this.#changes && this.#handles.unreadStacks + this.#promises.unreadStacks === 0;
    if (isQuiet && ++this.#quietTicks < QUIET_TICKS_TO_LOOK) return;
    if (!this.#canTouch()) return;
    this.#changes = changes;
    this.#quietTicks = 0;
    this.#handles.refresh(now + TICK_LOOK_BUDGET);
    this.#readStacks(now - UNASKED_AFTER, now + TICK_BUDGET);
  }

  /**
   * What a reading of a few of the handles would answer, for nobody, so that the next reading is faster: null when it would not be.
   * To be asked for when nothing else is, and to be written as an answer is.
   */
  rehearsal(): Pick<HandleReading, 'frames' | 'groups'> | null {
    const now = programClock();
    const { count } = this.#handles;
    if (count === null || count < MANY_HANDLES || now - this.#groupedAt < REHEARSE_EVERY || !this.#canTouch()) return null;
    const cells = this.#handles.someCells(REHEARSED_CELLS);
    // Before stacks are read there are not even so many.
    if (cells.length < REHEARSED_CELLS) return null;
    this.#groupedAt = now;
    const { groups } = groupCells(cells, this.#lookup(true), UNJUDGED, now);
    return { frames: forTheWire(groups, this.#stacks.frames), groups };
  }

  /** Formats stacks for a while, however young they are: for a reading that is to be whole. */
  readStacks(): StacksRead {
    const now = programClock();
    if (this.#canTouch()) this.#readStacks(now, now + WHOLE_BUDGET);
    return { unreadStacks: this.#handles.unreadStacks + this.#promises.unreadStacks };
  }

  /** The groups in the order of R10, with the frames they name and no others. */
  read(request: HandleRequest): HandleReading {
    const start = programClock();
    const hasLooked = this.#look(request, start);
    const { groups, ...totals } = groupCells(this.#cells(hasLooked), this.#lookup(hasLooked), request, programClock());
    const named = forTheWire(groups, this.#stacks.frames);
    this.#groupedAt = start;
    return {
      state: this.#handles.state,
      pending: { ...this.#promises.state, mode: this.#promises.mode },
      frames: named,
      groups,
      ...totals,
      // What could not be looked at now can be a moment later.
      unreadStacks: this.#handles.unreadStacks + this.#promises.unreadStacks + (hasLooked ? 0 : 1),
      cost: programClock() - start,
    };
  }

  /** Every open handle and pending operation as text, oldest first. */
  dump(request: HandleRequest): string {
    const hasLooked = this.#look(request, programClock());
    return rawDump(this.#handles.open().concat(this.#promises.open()), this.#lookup(hasLooked), request.pauses, programClock());
  }

  /** @see DeepCheckStep */
  deepCheck(step: DeepCheckStep): DeepCheckReading {
    if (step === 'begin' && !this.#isChecking) {
      this.#isChecking = true;
      this.#followedBefore = this.#promises.followed;
      this.#followPromises();
      this.#promises.watchAbandoned();
    }
    if (step !== 'end') {
      // Those of handles too, and from the beginning: unread, any of them may hold what is looked for.
      const now = programClock();
      if (this.#canTouch()) this.#readStacks(now, now + WHOLE_BUDGET);
    }
    const abandoned = step === 'end' ? this.#endDeepCheck() : [];
    const { groups } = groupHandles(abandoned, this.#lookup(false), UNJUDGED, programClock());
    const frames = forTheWire(groups, this.#stacks.frames);
    const followed = this.#promises.followed - this.#followedBefore;
    return { frames, abandoned: groups, followed, unreadStacks: this.#handles.unreadStacks + this.#promises.unreadStacks };
  }

  #endDeepCheck(): readonly OpenHandle[] {
    const abandoned = this.#promises.takeAbandoned();
    this.#isChecking = false;
    this.#followPromises();
    return abandoned;
  }

  /** False when the resources must not be touched just now. */
  #look(request: HandleRequest, start: ProgramClock): boolean {
    this.#promises.refresh();
    if (!this.#canTouch()) return false;
    this.#handles.refresh(start + (this.#hasLooked ? LOOK_BUDGET : FIRST_LOOK_BUDGET));
    this.#hasLooked = true;
    const now = programClock();
    this.#readStacks(now - request.readStacksAfter, now + READ_BUDGET);
    return true;
  }

  /** False when the caller has interrupted a hook: neither the resources nor what is kept of them may be touched just now. */
  #canTouch(): boolean {
    if (this.#handles.isChanging || this.#stacks.isInsideHook()) return false;
    this.#handles.mend();
    return true;
  }

  #readStacksUnasked(now: ProgramClock): void {
    this.#unaskedAt = now;
    this.#readStacks(now - UNASKED_AFTER, now + UNASKED_BUDGET);
  }

  #readStacks(createdBefore: ProgramClock, deadline: ProgramClock): void {
    this.#handles.readStacks(createdBefore, deadline);
    this.#promises.readStacks(createdBefore, deadline);
  }

  /** @param canTouch Where it must not be touched, what is kept in cells is put into such anew. */
  #cells(canTouch: boolean): readonly HandleCell[] {
    const promises = this.#promises.open();
    if (!canTouch) return HandleCells.of(this.#handles.open().concat(promises));
    return this.#handles.cells().concat(HandleCells.of(promises));
  }

  #lookup(canLook: boolean): HandleLookup {
    const { frames, stackOf } = this.#stacks;
    if (!canLook) return { frames, stackOf, subjectOf: () => '', detailOf: () => '', dueInOf: () => null };
    return { frames, stackOf, subjectOf, detailOf, dueInOf };
  }
}

/**
 * Has groups, which nobody else has, name their frames by the places in a list of just those, which it gives, and leaves out what
 * is in `GROUP_DEFAULTS`.
 */
function forTheWire(groups: readonly HandleGroup[], frames: readonly RawFrame[]): RawFrame[] {
  const listed: RawFrame[] = [];
  const places: number[] = [];
  const placeOf = (index: number) => (places[index] ??= frames[index] ? listed.push(frames[index]) - 1 : 0);
  // In place: copies of a thousand groups were 230 KiB of garbage. And one by one, not by a list of names: it is run once in a
  // while, by V8's interpreter.
  for (const group of groups as { -readonly [Key in keyof HandleGroup]: HandleGroup[Key] | undefined }[]) {
    group.stack = group.stack?.map(placeOf);
    group.causeStack = group.causeStack?.length === 0 ? undefined : group.causeStack?.map(placeOf);
    if (group.kind === GROUP_DEFAULTS.kind) group.kind = undefined;
    if (group.estimated === GROUP_DEFAULTS.estimated) group.estimated = undefined;
    if (group.sinceActivity === GROUP_DEFAULTS.sinceActivity) group.sinceActivity = undefined;
    if (group.longWaiting === GROUP_DEFAULTS.longWaiting) group.longWaiting = undefined;
    if (group.longCount === GROUP_DEFAULTS.longCount) group.longCount = undefined;
    if (group.stuck === GROUP_DEFAULTS.stuck) group.stuck = undefined;
    if (group.stuckCount === GROUP_DEFAULTS.stuckCount) group.stuckCount = undefined;
    if (group.outlived === GROUP_DEFAULTS.outlived) group.outlived = undefined;
    if (group.routes?.length === 0) group.routes = undefined;
    if (group.origin === GROUP_DEFAULTS.origin) group.origin = undefined;
  }
  return listed;
}
