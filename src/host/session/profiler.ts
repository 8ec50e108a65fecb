import { EventEmitter } from 'node:events';
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { SessionInfo, SessionState } from '../../protocol/reports';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { Milliseconds } from '../../protocol/units';
import type { CdpAddress } from './cdpConnection';
import { processesView } from '../../model/processTree';
import { slownessOfMany } from '../../model/tickTimes';
import type { ProcessesView } from '../../protocol/processes';
import { isMainProgram, isOfBrowser, mayBePage, runName, suitability } from './debugTargets';
import { ProfiledSession } from './profiledSession';
import type { SessionEnvironment } from './sessionEnvironment';
import { localPath } from './remotePaths';
import { SessionTree } from './sessionTree';

/** The part of `vscode.debug` that tells of sessions. */
export type DebugSessions = Pick<
  typeof vscode.debug,
  'activeDebugSession' | 'onDidStartDebugSession' | 'onDidTerminateDebugSession' | 'onDidChangeActiveDebugSession'
>;

export type ExecuteCommand = (command: string, ...parameters: unknown[]) => PromiseLike<unknown>;

/** A launch asked for by the profiler must have a program within this time, or the request lapses. */
const EXPECT_PROGRAM_WITHIN: Milliseconds = 120_000;
/** States in which nothing more is read. */
const OVER: ReadonlySet<SessionState> = new Set(['stopped', 'failed', 'ended']);
/** Ended sessions that are kept for their history. */
const MAX_ENDED = 20;

/** Knows every debug session that can be profiled, and which one is on show. */
export class Profiler {
  /**
   * `sessions`: one came, went, or changed its state. `current`: another one is on show. `point`: a history grew.
   * `over`: nothing more is read of a program, as it ended or profiling did. `outOfHeap`: it ended when its heap was nearly full.
   */
  readonly events = new EventEmitter<{ sessions: []; current: []; point: [SessionInfo]; over: [ProfiledSession]; outOfHeap: [ProfiledSession] }>();
  readonly #environment: SessionEnvironment;
  readonly #debug: DebugSessions;
  readonly #executeCommand: ExecuteCommand;
  readonly #sessions = new Map<string, ProfiledSession>();
  readonly #debugSessions = new Map<string, vscode.DebugSession>();
  readonly #tree = new SessionTree();
  /** Launches whose programs are profiled whenever they start anew. */
  readonly #followedLaunches = new Set<string>();
  readonly #subscriptions: vscode.Disposable[];
  #current: ProfiledSession | null = null;
  #expectedUntil: Milliseconds = 0;

  constructor(debug: DebugSessions, executeCommand: ExecuteCommand, environment: SessionEnvironment) {
    this.#debug = debug;
    this.#executeCommand = executeCommand;
    this.#environment = environment;
    this.#subscriptions = [
      debug.onDidStartDebugSession((session) => this.#add(session)),
      debug.onDidTerminateDebugSession((session) => this.#end(session)),
      debug.onDidChangeActiveDebugSession((session) => session && this.#onActive(session)),
    ];
    // Sessions that started before the extension did: the editor tells of the active one only.
    if (debug.activeDebugSession) this.#add(debug.activeDebugSession);
  }

  get sessions(): SessionInfo[] {
    return [...this.#sessions.values()].map(({ info }) => info);
  }

  /** Every program that is known, also those that have ended and saved ones. */
  get profiled(): readonly ProfiledSession[] {
    return [...this.#sessions.values()];
  }

  /** All of them as one tree, with sums. */
  get processes(): ProcessesView {
    return processesView([...this.#sessions.values()].map((session) => ({ ...session.facts, parentId: this.#tree.parentOf(session.id) })));
  }

  /** The session on show; null before there was any. */
  get current(): ProfiledSession | null {
    return this.#current;
  }

  /** A debug session that runs and can't be profiled: for saying so. */
  get unsupported(): vscode.DebugSession | undefined {
    return [...this.#debugSessions.values()].find((session) => suitability(session) === 'unsupported');
  }

  /** Whether a launch is under way whose program has not come up yet: its root session is there, without a child. */
  get isProgramStarting(): boolean {
    const parents = new Set([...this.#debugSessions.values()].map(({ parentSession }) => parentSession?.id));
    return [...this.#debugSessions.values()].some((session) => suitability(session) === 'root' && !parents.has(session.id));
  }

  /** A session by its id, or the one that a command without an id means: on show, else active, else the newest. */
  find(sessionId?: string): ProfiledSession | undefined {
    if (sessionId !== undefined) return this.#sessions.get(sessionId);
    if (this.#current?.isRunning) return this.#current;
    const living = [...this.#sessions.values()].filter(({ info }) => info.state !== 'ended' && info.state !== 'saved');
    const active = this.#debug.activeDebugSession;
    const ofActive = active && living.find(({ id }) => id === active.id || this.#debugSessions.get(id)?.parentSession?.id === active.id);
    return ofActive ?? living.at(-1) ?? this.#current ?? undefined;
  }

  /** The debug session of an id while it runs. */
  debugSession(sessionId: string): vscode.DebugSession | undefined {
    return this.#debugSessions.get(sessionId);
  }

  /**
   * Puts a session on show and profiles it, with its child processes and workers where the settings say so; from then on
   * also what the same launch starts anew. Resolves when the session itself is on.
   */
  async start(session: ProfiledSession): Promise<void> {
    const launch = this.#tree.launchOf(session.id);
    if (launch !== undefined) this.#followedLaunches.add(launch);
    this.show(session);
    const started = session.start();
    if (this.#environment.settings().profileChildren) for (const child of this.#below(session)) void child.start();
    await started;
  }

  /** Stops profiling a session, and all below it. */
  async stop(session: ProfiledSession): Promise<void> {
    const launch = this.#tree.launchOf(session.id);
    if (launch !== undefined && this.#tree.parentOf(session.id) === null) this.#followedLaunches.delete(launch);
    await Promise.all([session, ...this.#below(session)].map((stopped) => stopped.stop()));
  }

  /** Empties a history; what has ended and is not on show is forgotten. */
  clearHistory(session: ProfiledSession): void {
    session.store.clearHistory();
    for (const { id, info } of this.#sessions.values()) {
      if (info.state === 'ended' && id !== session.id && id !== this.#current?.id) this.#forget(id);
    }
    this.events.emit('sessions');
  }

  show(session: ProfiledSession): void {
    if (session === this.#current) return;
    this.#current = session;
    session.hurry();
    this.events.emit('current');
  }

  /** Shows a saved profile among the sessions, as one that has ended. @param file Where it was read from. */
  showSaved(saved: SavedProfile, file: string): void {
    const session = ProfiledSession.ofSaved(saved, file, this.#environment);
    this.#sessions.set(session.id, session);
    this.events.emit('sessions');
    this.show(session);
  }

  /** The next program that starts is profiled: the user asked for a launch. */
  expectProgram(): void {
    this.#expectedUntil = Date.now() + EXPECT_PROGRAM_WITHIN;
  }

  /** The launch that was asked for did not come about. */
  expectNothing(): void {
    this.#expectedUntil = 0;
  }

  /** Whether the collector is to be loaded into programs that are launched now (R12: only when the user asked). */
  get isProgramExpected(): boolean {
    return this.#environment.isTrusted() && (this.#isAskedFor || this.#environment.settings().profileOnLaunch);
  }

  get #isAskedFor(): boolean {
    return Date.now() < this.#expectedUntil;
  }

  /** Has every program that is profiled follow promises as the settings say now. */
  async updatePendingMode(): Promise<void> {
    const failed = (error: unknown) => this.#environment.log.warn(`Which promises are followed could not be changed: ${String(error)}`);
    await Promise.all([...this.#sessions.values()].map((session) => session.updatePendingMode().catch(failed)));
  }

  /** Stops all profiling. */
  async dispose(): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.dispose();
    await Promise.all([...this.#sessions.values()].map((session) => session.stop()));
  }

  #add(session: vscode.DebugSession): void {
    this.#debugSessions.set(session.id, session);
    this.#tree.add(session);
    if (suitability(session) !== 'program' || this.#sessions.has(session.id)) return;
    const profiled = new ProfiledSession(
      {
        id: session.id,
        name: session.name,
        run: runName(session),
        requestCdpProxy: () =>
          this.#executeCommand('extension.js-debug.requestCDPProxy', session.id) as PromiseLike<CdpAddress | undefined>,
        mapLocation: async (location) =>
          session.customRequest('getPreferredUILocation', { ...location, source: { path: localPath(location.source.path, session) } }) as Promise<unknown>,
        mayBePage: mayBePage(session),
        slowness: () => this.#slownessOf(session.id),
      },
      this.#environment,
    );
    this.#sessions.set(session.id, profiled);
    profiled.events.on('status', () => {
      this.events.emit('sessions');
      if (OVER.has(profiled.info.state)) this.events.emit('over', profiled);
    });
    profiled.store.events.on('point', () => this.events.emit('point', profiled.info));
    this.#dropOldest();
    this.events.emit('sessions');
    if (isMainProgram(session)) this.#startProgram(profiled, isOfBrowser(session));
    else if (this.#isChildOfProfiled(profiled)) void profiled.start();
  }

  /** Of very many programs each is asked less often, unless it is on show or about to die. */
  #slownessOf(id: string): number {
    const session = this.#sessions.get(id);
    if (session === undefined || session === this.#current || session.heapLimit.isNear) return 1;
    const running = [...this.#sessions.values()].filter(({ isRunning }) => isRunning).length;
    return slownessOfMany(this.#environment.settings().interval, running);
  }

  /** The program of a launch has come up. The setting is about the collector, and into a page none is loaded. */
  #startProgram(session: ProfiledSession, isPage: boolean): void {
    const launch = this.#tree.launchOf(session.id);
    if (launch !== undefined && this.#followedLaunches.has(launch)) {
      session.store.addEvent({ kind: 'restarted', time: Date.now(), text: l10n.t('Program started anew') });
    } else if (isPage ? this.#isAskedFor : this.isProgramExpected) {
      this.expectNothing();
    } else {
      return;
    }
    void this.start(session);
  }

  /** Whoever profiles a program profiles what it starts. */
  #isChildOfProfiled(session: ProfiledSession): boolean {
    const parent = this.#sessions.get(this.#tree.parentOf(session.id) ?? '');
    return parent !== undefined && (parent.isRunning || parent.info.state === 'connecting') && this.#environment.settings().profileChildren;
  }

  #below(session: ProfiledSession): ProfiledSession[] {
    return [...this.#sessions.values()].filter(({ id }) => this.#tree.isBelow(id, session.id));
  }

  /** The active session may have been started before the extension, and so not be known. */
  #onActive(session: vscode.DebugSession): void {
    if (!this.#debugSessions.has(session.id)) this.#add(session);
  }

  #end(session: vscode.DebugSession): void {
    this.#debugSessions.delete(session.id);
    this.#followedLaunches.delete(session.id);
    const profiled = this.#sessions.get(session.id);
    if (profiled === undefined) return;
    profiled.end();
    // One that was never profiled has nothing to keep.
    if (profiled.store.current === null && profiled !== this.#current) this.#forget(session.id);
    this.events.emit('sessions');
    if (profiled.heapLimit.isNear) this.events.emit('outOfHeap', profiled);
  }

  #dropOldest(): void {
    const ended = [...this.#sessions.values()].filter((session) => session.info.state === 'ended' && session !== this.#current);
    for (const session of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) this.#forget(session.id);
  }

  #forget(id: string): void {
    this.#sessions.delete(id);
    this.#tree.forget(id);
  }
}
