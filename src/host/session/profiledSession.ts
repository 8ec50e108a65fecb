import { EventEmitter } from 'node:events';
import { PauseLog } from '../../model/pauses';
import type { CollectRequest, Collected, Hello } from '../../protocol/collector';
import type { CpuProfile } from '../../protocol/allocations';
import type { Frame, RawFrame } from '../../protocol/frames';
import type { SessionStatus } from '../../protocol/profile';
import type { SessionInfo, SessionState } from '../../protocol/reports';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { Microseconds, Milliseconds } from '../../protocol/units';
import { CdpConnection, CdpError } from './cdpConnection';
import { CollectorClient, CollectorError } from './collectorClient';
import { DeepCheckError, DeepChecks, type DeepCheckOptions, type DeepCheckResult } from './deepCheck';
import type { FileSourceMaps } from './fileSourceMaps';
import { heapAddonPath } from './heapAddon';
import { takeHeapSnapshot, type HeapSnapshotOptions } from './heapSnapshot';
import type { Logger } from './logger';
import { noticeOf } from './notices';
import { ProfileStore } from './profileStore';
import { ProgramClockLink } from './programClockLink';
import { watchProgram } from './programWatch';
import { QuestionQueue } from './questionQueue';
import { ALL_SITES, handleRequest, listsRequest } from './readingRequest';
import { handleRows } from './readings';
import type { ProfilerSettings } from './settings';
import { SourceMapper } from './sourceMapper';
import { findAddress, type Target } from './target';
import { withTimeout } from './withTimeout';

/** What a session needs from around it. */
export interface SessionEnvironment {
  /** The text of the built collector. */
  readonly collectorBundle: string;
  /** The folder of the installed `@datadog/pprof`. */
  readonly addonPackage: string;
  readonly settings: () => ProfilerSettings;
  /** For what the debugger cannot map. */
  readonly sourceMaps: FileSourceMaps;
  readonly log: Logger;
}

/** How long the debugger may take to open a connection, and the program to answer the first calls. */
const CONNECT_TIMEOUT: Milliseconds = 10_000;
/** Without an answer for this long the program is shown as busy; its answer is still waited for. */
const BUSY_AFTER: Milliseconds = 3_000;
/** Blocked in a native call for this long, the program is given up on. */
const ANSWER_TIMEOUT: Milliseconds = 10 * 60_000;
const STOP_TIMEOUT: Milliseconds = 3_000;
/** R4: the first point comes soon after the baseline, the next ones at the interval. */
const FIRST_POINT_AFTER: Milliseconds = 100;
/** Nobody called the collector for this long: it switches itself off. Above any interval that can be set. */
const IDLE_LIMIT: Milliseconds = 180_000;
/** How long fresh lists wait for the debugger to map their frames before they are shown. */
const MAP_TIMEOUT: Milliseconds = 400;
/** How long a result that is shown once waits for that. */
const MAP_ALL_TIMEOUT: Milliseconds = 5_000;
/** V8's usual: a thousand samples a second. */
const CPU_INTERVAL: Microseconds = 1_000;
/** Answers in a row that are none before the session is given up. */
const MAX_FAILURES = 3;

const BUSY_NOTICE =
  'The program has not answered for a while: it is busy in native code. Its figures continue when it is free.';

/** States in which the collector is at work. */
const RUNNING: ReadonlySet<SessionState> = new Set(['live', 'paused', 'busy']);

/**
 * Profiles the program of one debug session: connects, injects the collector once, asks it for a sample per tick, and
 * leaves nothing behind on stop. Never rejects for what the program does: it says so in its status.
 */
export class ProfiledSession {
  readonly store: ProfileStore;
  readonly events = new EventEmitter<{ status: [] }>();
  readonly #target: Target;
  readonly #environment: SessionEnvironment;
  readonly #mapper: SourceMapper;
  readonly #pauses = new PauseLog();
  readonly #deepChecks = new DeepChecks();
  readonly #questions = new QuestionQueue(
    BUSY_AFTER,
    () => this.#onBusy(),
    () => this.#onAnswered(),
  );
  #clock = new ProgramClockLink();
  #state: SessionState = 'available';
  #notice: string | null = null;
  #hello: Hello | null = null;
  /** Of a saved profile: what it says of its program. */
  #saved: Pick<SessionInfo, 'pid' | 'nodeVersion'> | null = null;
  #connection: CdpConnection | null = null;
  #client: CollectorClient | null = null;
  #starting: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #listReaders = 0;
  #failures = 0;
  #pausedBeforeClock = false;
  #pausedSinceSample = false;

  constructor(target: Target, environment: SessionEnvironment, store?: ProfileStore) {
    this.#target = target;
    this.#environment = environment;
    this.#mapper = new SourceMapper({ ask: target.mapLocation, maps: environment.sourceMaps });
    this.store = store ?? new ProfileStore(historyCapacity(environment.settings()), (raw) => this.#mapper.frame(raw));
  }

  /** A saved profile, to be looked at only. @param file Where it was read from. */
  static ofSaved(saved: SavedProfile, file: string, environment: SessionEnvironment): ProfiledSession {
    const { program, savedAt } = saved;
    const gone = () => Promise.reject(new CdpError('closed', 'A saved profile has no program.'));
    const session = new ProfiledSession({ id: `file:${file}`, name: program.name, requestCdpProxy: gone, mapLocation: gone }, environment, ProfileStore.ofSaved(saved));
    session.#saved = { pid: program.pid, nodeVersion: program.nodeVersion };
    session.#setStatus('saved', `A saved profile, as it was on ${new Date(savedAt).toLocaleString()}. Read from ${file}.`);
    return session;
  }

  get id(): string {
    return this.#target.id;
  }

  get info(): SessionInfo {
    const { id, name } = this.#target;
    const program = this.#hello ?? this.#saved;
    return { id, name, state: this.#state, pid: program?.pid ?? null, nodeVersion: program?.nodeVersion ?? null };
  }

  get status(): SessionStatus {
    return { session: this.info, notice: this.#notice };
  }

  get isRunning(): boolean {
    return RUNNING.has(this.#state);
  }

  /** Starts profiling; does nothing while it is on. Works again after a stop. Resolves when it is on or has failed. */
  start(): Promise<void> {
    if (this.isRunning || this.#state === 'ended' || this.#state === 'saved') return Promise.resolve();
    return (this.#starting ??= this.#connect().finally(() => (this.#starting = null)));
  }

  /** Ends profiling and undoes it in the program. The history stays. Does nothing while it is off. */
  async stop(): Promise<void> {
    await this.#starting;
    const client = this.#client;
    if (!this.isRunning || client === null) return;
    this.#deepChecks.abort('Profiling was stopped before the deep check was through.');
    clearTimeout(this.#timer);
    this.#setStatus('stopped', null);
    try {
      await client.stop(STOP_TIMEOUT);
    } catch (error) {
      // Closed: the program is gone, and the collector with it. Timed out: it gets the command when it is free again.
      this.#environment.log.info(`${this.#target.name}: stop was not confirmed: ${String(error)}`);
    }
    this.#disconnect();
  }

  /** The debug session is over: what was read stays. */
  end(): void {
    this.#mapper.close();
    if (this.#state === 'ended') return;
    this.#deepChecks.abort('The program ended before the deep check was through.');
    const wasProfiled = this.#state !== 'available';
    const early = wasProfiled && this.store.current === null;
    this.#setStatus('ended', early ? 'The program ended before it could be profiled. Start it again, or pause it with a breakpoint first.' : null);
    this.#disconnect();
  }

  /** Has the lists read with every tick until the returned function is called. */
  readLists(): () => void {
    this.#listReaders++;
    let released = false;
    return () => {
      if (!released) this.#listReaders--;
      released = true;
    };
  }

  /**
   * Reads everything now, whole and mapped to source. Does nothing when the program is gone: the last reading stays.
   *
   * @throws CdpError or CollectorError when the program does not answer in time or with sense.
   */
  async read(timeout: Milliseconds): Promise<void> {
    const client = this.#client;
    if (!this.isRunning || client === null) return;
    const request = listsRequest(this.#environment.settings(), this.#pauses.toArray(), 'whole');
    const collected = await answeredWithin(timeout, this.#questions.ask(() => client.collectWhole(request, ANSWER_TIMEOUT)));
    await this.#publishLists(collected, timeout);
    this.store.updateCurrent(collected.sample, Date.now());
  }

  /** Collects garbage, then reads everything: what is in use is then what something holds. Rejects as `read`. */
  async readCollected(timeout: Milliseconds): Promise<void> {
    const client = this.#client;
    if (!this.isRunning || client === null) return;
    await answeredWithin(timeout, this.#questions.ask(() => client.collectGarbage(ANSWER_TIMEOUT)));
    await this.read(timeout);
  }

  /** Records all allocations in place of those in use, or goes back to those in use. Rejects as `read`. */
  async recordAllocations(on: boolean, timeout: Milliseconds): Promise<void> {
    const client = this.#client;
    if (!this.isRunning || client === null) return;
    const reading = await answeredWithin(timeout, this.#questions.ask(() => client.recordAllocations(on, ALL_SITES, ANSWER_TIMEOUT)));
    const { sample } = await answeredWithin(timeout, this.#questions.ask(() => client.collect({}, ANSWER_TIMEOUT)));
    this.store.setAllocations(reading, sample, Date.now());
    await this.read(timeout);
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

  /** Every open handle and pending operation as text. @throws CdpError or CollectorError. */
  async dump(timeout: Milliseconds): Promise<string> {
    const client = this.#runningClient();
    const request = handleRequest(this.#environment.settings(), this.#pauses.toArray(), 'whole');
    return answeredWithin(timeout, this.#questions.ask(() => client.dump(request, ANSWER_TIMEOUT)));
  }

  /** Has the program follow promises as the settings say now. Does nothing while it is not profiled. @throws as `dump`. */
  async updatePendingMode(): Promise<void> {
    // A check goes back to the mode from before it, so one that is set meanwhile would be lost.
    await this.#deepChecks.ended;
    const client = this.#client;
    if (!this.isRunning || client === null) return;
    await this.#questions.ask(() => client.setPendingMode(this.#environment.settings().pendingMode, ANSWER_TIMEOUT));
  }

  /**
   * A CPU profile with its frames in the source. @throws CdpError or CollectorError.
   *
   * @param until Ends it.
   * @param longest After this, samples may be lost.
   */
  async cpuProfile(until: Promise<void>, longest: Milliseconds): Promise<CpuProfile<Frame>> {
    const client = this.#runningClient();
    // V8 counts loops that were compiled before for their callers; a collection has it tell them apart again, mostly.
    await this.#questions.ask(() => client.collectGarbage(ANSWER_TIMEOUT));
    await this.#questions.ask(() => client.startCpuProfile({ interval: CPU_INTERVAL, longest }, ANSWER_TIMEOUT));
    await until;
    const profile = await this.#questions.ask(() => client.stopCpuProfile(this.#pauses.toArray(), ANSWER_TIMEOUT));
    await this.#map(profile.frames, MAP_ALL_TIMEOUT);
    return { ...profile, frames: profile.frames.map((raw) => this.#mapper.frame(raw)) };
  }

  /** Writes a heap snapshot of the program to disk. @throws HeapSnapshotError, or CdpError when there is no way to the program. */
  async heapSnapshot(options: HeapSnapshotOptions): Promise<void> {
    this.#runningClient();
    const connection = await CdpConnection.open(await findAddress(this.#target, CONNECT_TIMEOUT, () => this.isRunning), CONNECT_TIMEOUT);
    await takeHeapSnapshot(connection, options);
  }

  /** Looks for awaits that can never continue. @throws DeepCheckError, CdpError or CollectorError. */
  async deepCheck(options: DeepCheckOptions): Promise<DeepCheckResult> {
    const client = this.#client;
    if (!this.isRunning || client === null) throw new DeepCheckError(`“${this.#target.name}” is not being profiled: start profiling first.`);
    if (this.#pauses.isPaused) throw new DeepCheckError('The program is paused: resume it, then run the deep check again.');
    const { abandoned, frames, followed, unreadStacks } = await this.#deepChecks.run(
      {
        step: (step) => this.#questions.ask(() => client.deepCheck(step, ANSWER_TIMEOUT)),
        collectGarbage: () => this.#questions.ask(() => client.collectGarbage(ANSWER_TIMEOUT)),
      },
      options,
    );
    await this.#map(frames, MAP_ALL_TIMEOUT);
    return { time: options.time, rows: handleRows(abandoned, frames, (raw) => this.#mapper.frame(raw)), followed, unreadStacks };
  }

  async #connect(): Promise<void> {
    const { log, collectorBundle, settings } = this.#environment;
    this.#setStatus('connecting', null);
    try {
      const connection = await CdpConnection.open(await findAddress(this.#target, CONNECT_TIMEOUT, () => this.#hasState('connecting')), CONNECT_TIMEOUT);
      if (!this.#hasState('connecting')) {
        connection.close();
        return;
      }
      this.#connection = connection;
      connection.onClose(() => this.#onGone(connection));
      await watchProgram(
        connection,
        {
          onPaused: () => this.#onPaused(),
          onResumed: () => this.#onResumed(),
          onContextGone: () => connection.close(),
        },
        CONNECT_TIMEOUT,
      );
      const client = new CollectorClient(connection, collectorBundle);
      await this.#startCollector(client);
      this.#client = client;
      const baseline = await this.#collect(client, {});
      this.store.setCapacity(historyCapacity(settings()));
      this.store.setBaseline(baseline.sample);
      this.#failures = 0;
      this.#setStatus(this.#pauses.isPaused ? 'paused' : 'live', null);
      this.#schedule(FIRST_POINT_AFTER);
    } catch (error) {
      log.warn(`${this.#target.name}: could not start: ${String(error)}`);
      if (this.#hasState('connecting')) this.#setStatus('failed', noticeOf(error));
      this.#disconnect();
    }
  }

  async #startCollector(client: CollectorClient): Promise<void> {
    const { addonPackage, settings, log } = this.#environment;
    const hello = await client.inject(CONNECT_TIMEOUT);
    const started = await client.start(
      {
        heapAddonPath: heapAddonPath(addonPackage, hello),
        samplingIntervalBytes: settings().samplingIntervalBytes,
        cumulative: settings().cumulative,
        pendingMode: settings().pendingMode,
        idleLimit: IDLE_LIMIT,
      },
      CONNECT_TIMEOUT,
    );
    this.#hello = hello;
    log.info(`${this.#target.name}: collector started in process ${hello.pid}, Node ${hello.nodeVersion}: ${JSON.stringify(started)}`);
  }

  #schedule(after: Milliseconds): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tick(), after);
  }

  async #tick(): Promise<void> {
    const client = this.#client;
    if (client === null || !this.#isAtWork(client)) return;
    const started = performance.now();
    try {
      const collected = await this.#questions.ask(() => this.#collect(client, this.#tickRequest()));
      if (!this.#isAtWork(client)) return;
      this.#failures = 0;
      this.#setStatus(this.#pauses.isPaused ? 'paused' : 'live', null);
      this.store.addSample(collected.sample, Date.now());
      await this.#publishLists(collected, MAP_TIMEOUT);
    } catch (error) {
      await this.#onFailure(client, error);
    }
    if (!this.#isAtWork(client)) return;
    this.#schedule(Math.max(0, this.#environment.settings().interval - (performance.now() - started)));
  }

  async #onFailure(client: CollectorClient, error: unknown): Promise<void> {
    if (!this.isRunning) return;
    this.#environment.log.warn(`${this.#target.name}: a reading failed: ${String(error)}`);
    if (error instanceof CollectorError && error.code === 'notStarted' && this.#failures === 0) {
      this.#failures++;
      // It had not been called for too long, as after the computer slept.
      await this.#startCollector(client).catch((again: unknown) => this.#giveUp(again));
      return;
    }
    if (++this.#failures >= MAX_FAILURES || !(error instanceof CollectorError)) this.#giveUp(error);
    else this.#setStatus(this.#state, noticeOf(error));
  }

  #giveUp(error: unknown): void {
    if (!this.isRunning) return;
    this.#setStatus('failed', noticeOf(error));
    this.#disconnect();
  }

  async #collect(client: CollectorClient, request: CollectRequest): Promise<Collected> {
    const sent = performance.now();
    const collected = await client.collect(request, ANSWER_TIMEOUT);
    this.#clock.observe(sent, performance.now(), collected.sample.clock);
    if (this.#pausedBeforeClock) this.#onPaused();
    const wasPaused = this.#pausedSinceSample;
    this.#pausedSinceSample = this.#pauses.isPaused;
    // A loop that the debugger held was not late.
    return wasPaused ? { ...collected, sample: { ...collected.sample, loopDelayP99: null, loopDelayMax: null } } : collected;
  }

  #tickRequest(): CollectRequest {
    return this.#listReaders > 0 ? listsRequest(this.#environment.settings(), this.#pauses.toArray(), 'tick') : {};
  }

  async #publishLists({ sample, allocations, handles }: Collected, mapTimeout: Milliseconds): Promise<void> {
    if (!allocations && !handles) return;
    if (allocations) {
      this.store.setAllocations(allocations, sample, Date.now());
      // Frames of allocations are asked for as they are shown: a profile has very many. Then they are shown again.
      if (this.#mapper.isAsking) void this.#mapper.settle(mapTimeout).then(() => this.store.changeAllocations(() => undefined));
    }
    if (handles) {
      await this.#map(handles.frames, mapTimeout);
      this.store.setHandles(handles);
    }
  }

  /** Until the debugger has told where the frames are in the source, or the time is up. */
  #map(frames: readonly RawFrame[], timeout: Milliseconds): Promise<void> {
    for (const frame of frames) this.#mapper.frame(frame);
    return this.#mapper.settle(timeout);
  }

  #onBusy(): void {
    if (this.isRunning) this.#setStatus('busy', BUSY_NOTICE);
  }

  #onAnswered(): void {
    if (this.#hasState('busy')) this.#setStatus(this.#pauses.isPaused ? 'paused' : 'live', null);
  }

  #onPaused(): void {
    const clock = this.#clock.programTime(performance.now());
    this.#pausedBeforeClock = clock === null;
    if (clock === null) return;
    this.#pauses.pausedAt(clock);
    this.#deepChecks.abort('The program was paused before the deep check was through: run it again while the program runs.');
    this.#pausedSinceSample = true;
    if (this.isRunning) this.#setStatus('paused', null);
  }

  #onResumed(): void {
    this.#pausedBeforeClock = false;
    const clock = this.#clock.programTime(performance.now());
    if (clock !== null) this.#pauses.resumedAt(clock);
    if (this.isRunning) this.#setStatus('live', null);
  }

  /** The program or its connection is gone, before the debug session says so. */
  #onGone(connection: CdpConnection): void {
    if (connection !== this.#connection) return;
    if (this.isRunning || this.#state === 'connecting') this.end();
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    const connection = this.#connection;
    this.#connection = null;
    this.#client = null;
    connection?.close();
  }

  /** Whether what was begun with this client is still wanted: after an await it may have been stopped, or begun anew. */
  #isAtWork(client: CollectorClient): boolean {
    return this.isRunning && this.#client === client;
  }

  /** @throws CdpError when the program is not profiled. */
  #runningClient(): CollectorClient {
    if (!this.isRunning || this.#client === null) throw new CdpError('closed', 'The program is not being profiled.');
    return this.#client;
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

function answeredWithin<T>(timeout: Milliseconds, answer: Promise<T>): Promise<T> {
  return withTimeout(answer, timeout, () => new CdpError('timeout', 'The program did not answer.'));
}

function historyCapacity({ window, interval }: ProfilerSettings): number {
  return Math.max(1, Math.round(window / interval));
}
