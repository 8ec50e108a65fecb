import { EventEmitter } from 'node:events';
import * as l10n from '@vscode/l10n';
import { LIMIT_STEPS } from '../../model/overheadLimiter';
import { isWaitingKnown } from '../../model/health';
import type { ProgramFacts } from '../../model/processTree';
import { phaseOf } from '../../model/tickTimes';
import type { SessionStatus } from '../../protocol/profile';
import type { SessionInfo, SessionState } from '../../protocol/reports';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';
import { CdpError } from './cdpConnection';
import { HeapLimitWatch } from './heapLimitWatch';
import { ListReader } from './listReader';
import { BUSY_NOTICE, CUT_NOTICE, endedNotice, noticeOf, stoppedNotice, TOO_SHORT_NOTICE, UNTRUSTED_NOTICE } from './notices';
import { SourceError, type ProfileSource, type SourceProgram } from './profileSource';
import { ProfileStore } from './profileStore';
import { ProgramConnector } from './programConnector';
import { ProgramLink } from './programLink';
import { Recordings } from './recordings';
import type { SessionEnvironment } from './sessionEnvironment';
import { historyPace } from './settings';
import { SourceMapper } from './sourceMapper';
import { SteadyPause } from './steadyPause';
import type { Target } from './target';
import { TickTimer } from './tickTimer';

const STOP_TIMEOUT: Milliseconds = 3_000;
/** R4: the first point comes soon after the baseline, the next ones at the interval. */
const FIRST_POINT_AFTER: Milliseconds = 100;
/** How long fresh lists wait for the debugger to map their frames before they are shown. */
const MAP_TIMEOUT: Milliseconds = 400;
/** Answers in a row that are none before the session is given up. */
const MAX_FAILURES = 3;

/** States in which the program is profiled. */
const RUNNING: ReadonlySet<SessionState> = new Set(['live', 'paused', 'busy', 'reconnecting']);

/**
 * Profiles the program of one debug session: connects, has a source begin there, asks it for a sample per tick, and
 * leaves nothing behind on stop. Never rejects for what the program does: it says so in its status.
 */
export class ProfiledSession {
  readonly store: ProfileStore;
  readonly recordings: Recordings;
  /** Whether the program is near its heap limit; after its end, whether it was. */
  readonly heapLimit: HeapLimitWatch;
  readonly events = new EventEmitter<{ status: [] }>();
  readonly #target: Target;
  readonly #environment: SessionEnvironment;
  readonly #mapper: SourceMapper;
  readonly #lists: ListReader;
  readonly #link = new ProgramLink(
    (asked) => this.#onBusy(asked),
    (asked) => this.#onAnswered(asked),
  );
  readonly #pause = new SteadyPause((isPaused, since) => this.#onPauseChanged(isPaused, since));
  readonly #connector: ProgramConnector;
  readonly #ticks: TickTimer;
  #whyPaused = '';
  #state: SessionState = 'available';
  #notice: string | null = null;
  #program: SourceProgram | null = null;
  /** Of a saved profile: what it says of its program. */
  #saved: (Pick<SessionInfo, 'pid' | 'nodeVersion'> & Pick<SavedProfile, 'missing'>) | null = null;
  #starting: Promise<void> | null = null;
  #failures = 0;
  /** How many times as far apart the ticks are, as the collector keeps to its budget. */
  #slower = 1;

  constructor(target: Target, environment: SessionEnvironment, store?: ProfileStore) {
    this.#target = target;
    this.#environment = environment;
    this.#ticks = new TickTimer(phaseOf(target.id), () => void this.#tick());
    this.#mapper = new SourceMapper({ ask: target.mapLocation, maps: environment.sourceMaps });
    this.#connector = new ProgramConnector(target, environment, this.#link, {
      onPaused: (why, isHeapFull) => this.#onPaused(why, isHeapFull),
      onResumed: () => this.#onResumed(),
      onContextGone: () => this.end(),
      onLoaded: () => this.#onLoaded(),
      // While it is being opened, who opens it is told.
      onCut: () => this.isRunning && void this.#reconnect(),
    });
    this.recordings = new Recordings(target, this.#link, this.#mapper);
    this.heapLimit = new HeapLimitWatch(this, environment);
    this.store = store ?? new ProfileStore(historyPace(environment.settings()), (raw) => this.#mapper.frame(raw));
    this.#lists = new ListReader(this.#link, this.store, this.#mapper, environment.settings);
  }

  /** A saved profile, to be looked at only. @param file Where it was read from. */
  static ofSaved(saved: SavedProfile, file: string, environment: SessionEnvironment): ProfiledSession {
    const { program, savedAt } = saved;
    const gone = () => Promise.reject(new CdpError('closed', l10n.t('A saved profile has no program.')));
    const session = new ProfiledSession({ id: `file:${file}`, name: program.name, requestCdpProxy: gone, mapLocation: gone }, environment, ProfileStore.ofSaved(saved));
    session.#saved = { pid: program.pid, nodeVersion: program.nodeVersion, missing: saved.missing };
    session.#setStatus('saved', l10n.t('A saved profile, as it was on {0}. Read from {1}.', new Date(savedAt).toLocaleString(), file));
    return session;
  }

  get id(): string {
    return this.#target.id;
  }

  /** What tells the program in every run of it; null for a saved profile. */
  get run(): string | null {
    return this.#target.run ?? null;
  }

  get info(): SessionInfo {
    const { id, name } = this.#target;
    const program = this.#program ?? this.#saved;
    return { id, name, state: this.#state, pid: program?.pid ?? null, nodeVersion: program?.nodeVersion ?? null };
  }

  /** What the overview of all programs shows of this one. */
  get facts(): Omit<ProgramFacts, 'parentId'> {
    const { current, handles, readAt } = this.store;
    // js-debug names workers so; before the source has told, the name is all there is.
    const isWorker = this.#program ? !this.#program.isMainThread : /^\[worker \d+\]/.test(this.#target.name);
    return { session: this.info, isWorker, current, stuck: handles && isWaitingKnown(handles) ? handles.summary.potentiallyStuck : null, readAt };
  }

  get status(): SessionStatus {
    return { session: this.info, notice: this.#notice, missing: this.#saved?.missing ?? this.#connector.missing };
  }

  get isRunning(): boolean {
    return RUNNING.has(this.#state);
  }

  /** Starts profiling; does nothing while it is on. Works again after a stop. Resolves when it is on or has failed. */
  start(): Promise<void> {
    if (this.isRunning || this.#state === 'ended' || this.#state === 'saved') return Promise.resolve();
    if (!this.#environment.isTrusted()) {
      this.#setStatus('failed', UNTRUSTED_NOTICE);
      return Promise.resolve();
    }
    return (this.#starting ??= this.#connect().finally(() => (this.#starting = null)));
  }

  /** Ends profiling and undoes it in the program. The history stays. Does nothing while it is off. */
  async stop(): Promise<void> {
    await this.#starting;
    if (!this.isRunning) return;
    const { source } = this.#link;
    this.#link.close();
    this.recordings.abortDeepCheck(l10n.t('Profiling was stopped before the deep check was through.'));
    this.#ticks.clear();
    this.heapLimit.reset();
    const now = Date.now();
    this.#setStatus('stopped', stoppedNotice(now));
    this.store.endHistory({ kind: 'stopped', time: now, text: l10n.t('Profiling stopped') });
    try {
      await source?.stop(STOP_TIMEOUT);
    } catch (error) {
      // Closed: the program is gone, and with it what was put there. Timed out: it gets the command when it is free again.
      this.#environment.log.info(`${this.#target.name}: stop was not confirmed: ${String(error)}`);
    }
    this.#disconnect();
  }

  /** The program is gone, or its debug session: what was read stays. */
  end(): void {
    this.#mapper.close();
    if (this.#state === 'ended') return;
    this.recordings.abortDeepCheck(l10n.t('The program ended before the deep check was through.'));
    const now = Date.now();
    const wasProfiled = this.#state !== 'available';
    const hasFigures = this.store.current !== null;
    if (this.isRunning) this.store.endHistory({ kind: 'ended', time: now, text: l10n.t('Program ended') });
    this.#setStatus('ended', hasFigures ? endedNotice(now, this.heapLimit.isNear) : wasProfiled ? TOO_SHORT_NOTICE : null);
    this.#disconnect();
  }

  /** Asks at once in place of at the next tick: it comes on show, where ticks are closer. Does nothing while it is asked. */
  hurry(): void {
    if (this.#isAtWork && this.#ticks.isSet) this.#ticks.set(0);
  }

  /** Has the lists read with every tick until the returned function is called. */
  readLists(): () => void {
    return this.#lists.follow();
  }

  /**
   * Reads everything now, whole and mapped to source. Does nothing when the program is gone: the last reading stays.
   *
   * @throws CdpError or SourceError when the program does not answer in time or with sense.
   */
  async read(timeout: Milliseconds): Promise<void> {
    if (!this.#isAtWork) return;
    await this.#lists.read(timeout);
  }

  /** Collects garbage, then reads everything: what is in use is then what something holds. Rejects as `read`. */
  async readCollected(timeout: Milliseconds): Promise<void> {
    if (!this.#isAtWork) return;
    await this.#lists.readCollected(timeout);
  }

  /** Records all allocations in place of those in use, or goes back to those in use. Rejects as `read`. */
  async recordAllocations(on: boolean, timeout: Milliseconds): Promise<void> {
    if (!this.#isAtWork) return;
    await this.#lists.recordAllocations(on, timeout);
  }

  /** Reads everything and marks it: later readings say what came since. Rejects as `read`. */
  async markNow(timeout: Milliseconds): Promise<void> {
    await this.read(timeout);
    this.store.setMark(Date.now());
  }

  /** Until every frame that was asked for has its place in the source, as far as that is known, or the time is up. */
  mapped(timeout: Milliseconds): Promise<void> {
    return this.#mapper.settle(timeout);
  }

  /** Every open handle and pending operation as text. @throws CdpError or SourceError. */
  async dump(timeout: Milliseconds): Promise<string> {
    return this.#lists.dump(timeout);
  }

  /** Has the program follow promises as the settings say now. Does nothing while it is not profiled. @throws as `dump`. */
  async updatePendingMode(): Promise<void> {
    // A check goes back to the mode from before it, so one that is set meanwhile would be lost.
    await this.recordings.deepCheckEnded;
    if (!this.#isAtWork) return;
    await this.#link.ask((source, timeout) => source.setPendingMode(this.#environment.settings().pendingMode, timeout));
  }

  async #connect(): Promise<void> {
    const { log, settings } = this.#environment;
    this.#setStatus('connecting', null);
    try {
      const program = await this.#connector.open(() => this.#hasState('connecting'));
      if (program === null) return;
      this.#program = program;
      const baseline = await this.#link.collect({});
      this.store.setPace(historyPace(settings()));
      this.store.setBaseline(baseline.sample);
      this.store.addEvent({ kind: 'started', time: Date.now(), text: l10n.t('Profiling started') });
      this.#failures = 0;
      this.heapLimit.reset();
      this.#pause.settle(this.#link.pauses.isPaused);
      this.#setRunning();
      this.#ticks.set(FIRST_POINT_AFTER);
    } catch (error) {
      log.warn(`${this.#target.name}: could not start: ${String(error)}`);
      if (this.#hasState('connecting')) this.#setStatus('failed', noticeOf(error));
      this.#disconnect();
    }
  }

  /** The connection was cut while the debug session lives: tries until it is back. What was read stays, and is said to be old. */
  async #reconnect(): Promise<void> {
    this.#ticks.clear();
    // Whether the debugger holds the program will be heard anew.
    this.#link.pauses.onResumed();
    this.#pause.settle(false);
    this.store.beginBand('lost', Date.now());
    this.recordings.abortDeepCheck(l10n.t('The connection to the program was cut before the deep check was through.'));
    this.#setStatus('reconnecting', CUT_NOTICE);
    try {
      const program = await this.#connector.reopen(() => this.#hasState('reconnecting'));
      if (program === null) return;
      this.#program = program;
      // What was left at work there has gone on; what began anew counts from nothing.
      if (!program.goesOn) this.store.setBaseline((await this.#link.collect({})).sample);
      this.store.endBand('lost', Date.now());
      this.#pause.settle(this.#link.pauses.isPaused);
      this.#setRunning();
      this.#ticks.set(0);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  async #tick(): Promise<void> {
    const { source } = this.#link;
    if (source === null || !this.#isStillAtWork(source)) return;
    const started = Date.now();
    try {
      const collected = await this.#link.collect(this.#lists.tickRequest(this.heapLimit.isNear));
      if (!this.#isStillAtWork(source)) return;
      this.#failures = 0;
      this.heapLimit.onSample(collected.sample);
      this.#setRunning();
      this.store.addSample(collected.sample, Date.now());
      this.#slower = LIMIT_STEPS[collected.sample.limits.step]?.slower ?? 1;
      await this.#lists.publish(collected, MAP_TIMEOUT);
    } catch (error) {
      await this.#onFailure(source, error);
    }
    if (!this.#isStillAtWork(source)) return;
    const slowness = this.#slower * (this.#target.slowness?.() ?? 1);
    const pace = historyPace(this.#environment.settings(), slowness);
    this.store.setPace(pace);
    this.#ticks.setNext(started, pace.interval);
  }

  async #onFailure(source: ProfileSource, error: unknown): Promise<void> {
    if (!this.#isStillAtWork(source)) return;
    this.#environment.log.warn(`${this.#target.name}: a reading failed: ${String(error)}`);
    if (error instanceof SourceError && error.code === 'notStarted' && this.#failures === 0) {
      this.#failures++;
      // It had not been called for too long, as after the computer slept.
      await source.begin().catch((again: unknown) => this.#giveUp(again));
      return;
    }
    const isOften = ++this.#failures >= MAX_FAILURES;
    const isFull = error instanceof SourceError && error.code === 'noRoom';
    // A recursion goes by; a debugger stays where the stack is full, for as long as its user likes.
    if (!isFull && (isOften || !(error instanceof SourceError))) this.#giveUp(error);
    else if (!isFull || isOften) this.#setStatus(this.#state, noticeOf(error));
  }

  #giveUp(error: unknown): void {
    if (!this.isRunning) return;
    this.store.endHistory({ kind: 'stopped', time: Date.now(), text: l10n.t('Profiling failed') });
    this.#setStatus('failed', noticeOf(error));
    this.#disconnect();
  }

  #onBusy(asked: EpochMilliseconds): void {
    if (!this.#isAtWork) return;
    this.store.beginBand('busy', asked);
    this.#setStatus('busy', BUSY_NOTICE);
  }

  #onAnswered(asked: EpochMilliseconds): void {
    if (!this.isRunning) return;
    this.store.addUnanswered(asked, Date.now());
    if (!this.#hasState('busy')) return;
    this.store.endBand('busy', Date.now());
    this.#setRunning();
  }

  #onPaused(why: string, isHeapFull: boolean): void {
    this.#link.pauses.onPaused();
    if (isHeapFull) this.heapLimit.onFull();
    this.#whyPaused = why;
    this.#pause.set(true);
    this.recordings.abortDeepCheck(l10n.t('The program was paused before the deep check was through: run it again while the program runs.'));
  }

  #onResumed(): void {
    this.#link.pauses.onResumed();
    this.#pause.set(false);
  }

  #onLoaded(): void {
    // The code at the same places may be another now.
    this.#mapper.forget();
    if (this.isRunning) this.store.addEvent({ kind: 'loaded', time: Date.now(), text: l10n.t('Page loaded') });
  }

  #onPauseChanged(isPaused: boolean, since: EpochMilliseconds): void {
    if (!this.isRunning) return;
    if (isPaused) {
      this.store.beginBand('paused', since);
      this.store.addEvent({ kind: 'breakpoint', time: since, text: this.#whyPaused });
    } else {
      this.store.endBand('paused', since);
    }
    if (!this.#hasState('busy') && !this.#hasState('reconnecting')) this.#setRunning();
  }

  /** It is connected and answers. */
  #setRunning(): void {
    this.#setStatus(this.#pause.isPaused ? 'paused' : 'live', this.heapLimit.notice);
  }

  #disconnect(): void {
    this.#ticks.clear();
    this.#pause.reset();
    this.#connector.close();
  }

  get #isAtWork(): boolean {
    return this.isRunning && this.#link.source !== null;
  }

  /** Whether what was begun with this source is still wanted: after an await it may have been stopped, or begun anew. */
  #isStillAtWork(source: ProfileSource): boolean {
    return this.isRunning && this.#link.source === source;
  }

  /** A look at the state after an await, where the compiler holds on to what it was before. */
  #hasState(state: SessionState): boolean {
    return this.#state === state;
  }

  #setStatus(state: SessionState, notice: string | null): void {
    if (state === this.#state && notice === this.#notice) return;
    this.#state = state;
    this.#notice = notice;
    this.events.emit('status');
  }
}
