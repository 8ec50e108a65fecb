import * as l10n from '@vscode/l10n';
import type { DeepCheckReport, HandlesReport, ProfileReport, SessionInfo } from '../../protocol/reports';
import type { Milliseconds } from '../../protocol/units';
import { suitability, whyUnsupported } from '../session/debugTargets';
import type { DeepCheckOptions } from '../session/deepCheck';
import type { ProfiledSession } from '../session/profiledSession';
import type { Profiler } from '../session/profiler';
import { noticeOf } from '../session/notices';
import type { ProfilerSettings } from '../session/settings';
import { deepCheckReport, handlesReport, profileReport } from './reports';

/** A reading waits this long for a busy program before it is given up. */
const READ_TIMEOUT: Milliseconds = 10_000;

/** How long a report waits for its frames to be mapped. */
const MAP_TIMEOUT: Milliseconds = 5_000;

/** A collection of a heap of gigabytes, and a reading after it. */
const COLLECT_TIMEOUT: Milliseconds = 60_000;

/** What a deep check may take: a second is the least in which something can be given up, ten minutes are very many promises. */
const DEEP_CHECK_SECONDS = { minimum: 1, maximum: 600 };

/** How a deep check is made; what is left out is as the settings say. */
export interface DeepCheckRequest extends Pick<DeepCheckOptions, 'signal' | 'onPhase'> {
  readonly seconds?: number | undefined;
}

/** The requests behind the API and the commands. Each rejects with an Error whose message can be shown to a person. */
export class ProfilerRequests {
  readonly #profiler: Profiler;
  readonly #settings: () => ProfilerSettings;

  constructor(profiler: Profiler, settings: () => ProfilerSettings) {
    this.#profiler = profiler;
    this.#settings = settings;
  }

  async start(sessionId?: string): Promise<SessionInfo> {
    const session = this.#session(sessionId);
    // Without an id the last program, which has ended, is not what is meant when another kind of session runs.
    if (sessionId === undefined && session.info.state === 'ended' && this.#profiler.unsupported) throw this.#nothingToProfile();
    await this.#profiler.start(session);
    if (!session.isRunning) throw new Error(session.status.notice ?? l10n.t('“{0}” has ended.', session.info.name));
    return session.info;
  }

  async stop(sessionId?: string): Promise<SessionInfo> {
    const session = this.#session(sessionId);
    await this.#profiler.stop(session);
    return session.info;
  }

  async getProfile(sessionId?: string): Promise<ProfileReport> {
    const session = await this.#read(sessionId);
    const report = () => profileReport(session.info, session.store, this.#settings().allocationLimit, session.status.missing);
    // The first one asks where its frames are in the source.
    report();
    await session.mapped(MAP_TIMEOUT);
    return report();
  }

  async getHandles(sessionId?: string, options: { raw?: boolean } = {}): Promise<HandlesReport> {
    const session = await this.#read(sessionId);
    const raw = options.raw === true && session.isRunning ? await this.getDump(sessionId) : undefined;
    return handlesReport(session.info, session.store, raw);
  }

  /** Every open handle and pending operation as text. */
  async getDump(sessionId?: string): Promise<string> {
    return inWords(this.#session(sessionId).dump(READ_TIMEOUT));
  }

  /** Reads the handles now: what comes later is compared with that. */
  async markNow(sessionId?: string): Promise<SessionInfo> {
    const session = this.runningSession(sessionId);
    await inWords(session.markNow(READ_TIMEOUT));
    return session.info;
  }

  /** A session as commands mean it. @throws Error in one sentence when there is none. */
  profiledSession(sessionId?: string): ProfiledSession {
    return this.#session(sessionId);
  }

  /** Collects garbage, then reads everything: what is in use is then what something holds. */
  async collectGarbage(sessionId?: string): Promise<SessionInfo> {
    const session = this.runningSession(sessionId);
    await inWords(session.readCollected(COLLECT_TIMEOUT));
    return session.info;
  }

  /** Records all allocations in place of those in use, or goes back to those in use. */
  async recordAllocations(on: boolean, sessionId?: string): Promise<SessionInfo> {
    const session = this.runningSession(sessionId);
    await inWords(session.recordAllocations(on, COLLECT_TIMEOUT));
    return session.info;
  }

  async deepCheck(sessionId: string | undefined, { seconds, ...request }: DeepCheckRequest): Promise<DeepCheckReport> {
    const session = this.#session(sessionId);
    const time = seconds === undefined ? this.#settings().deepCheckTime : deepCheckTime(seconds);
    const result = await inWords(session.recordings.deepCheck({ time, ...request }));
    return deepCheckReport(session.info, result, Date.now());
  }

  async #read(sessionId?: string): Promise<ProfiledSession> {
    const session = this.#session(sessionId);
    await inWords(session.read(READ_TIMEOUT));
    return session;
  }

  /** The same, when it is being profiled. @throws Error in one sentence when it is not. */
  runningSession(sessionId?: string): ProfiledSession {
    const session = this.#session(sessionId);
    if (!session.isRunning) throw new Error(l10n.t('“{0}” is not being profiled: start profiling first.', session.info.name));
    return session;
  }

  #session(sessionId?: string): ProfiledSession {
    const session = this.#profiler.find(sessionId);
    if (session) return session;
    throw sessionId === undefined ? this.#nothingToProfile() : this.#notAProgram(sessionId);
  }

  #nothingToProfile(): Error {
    const unsupported = this.#profiler.unsupported;
    return new Error(
      unsupported
        ? whyUnsupported(unsupported)
        : l10n.t('No Node.js program or page is being debugged. Start debugging one, or run “Bifrost: Show Profiler”.'),
    );
  }

  #notAProgram(sessionId: string): Error {
    const session = this.#profiler.debugSession(sessionId);
    const isUnsupported = session !== undefined && suitability(session) === 'unsupported';
    return new Error(isUnsupported ? whyUnsupported(session) : l10n.t('There is no such debug session, or it is only the launch of the sessions that can be profiled.'));
  }
}

function deepCheckTime(seconds: number): Milliseconds {
  const { minimum, maximum } = DEEP_CHECK_SECONDS;
  // Another extension may hand over anything.
  if (typeof seconds !== 'number' || !(seconds >= minimum && seconds <= maximum)) throw new Error(l10n.t('A deep check takes {0} to {1} seconds.', minimum, maximum));
  return seconds * 1000;
}

/** Has what fails say in one sentence what happened and what to do. */
export async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(noticeOf(error), { cause: error });
  }
}
