import * as v from 'valibot';
import { LIMIT_MISSING, PAGE_MISSING, PAGE_SAMPLING_OFF, WORKER_MISSING } from '../../model/pageTexts';
import { fromInspectorTimes } from '../../model/timeProfile';
import type { AllocationReading, CpuProfile } from '../../protocol/allocations';
import type { Missing } from '../../protocol/capabilities';
import type { AllocationRequest, Collected, CollectRequest, CpuProfileOptions, DeepCheckReading, HandleReading, Pause, RuntimeSample } from '../../protocol/collector';
import type { Bytes, Microseconds, Milliseconds, ProgramClock } from '../../protocol/units';
import { CdpError, type CdpConnection } from './cdpConnection';
import { cpuProfileOfPageSchema, numberSchema } from './pageSchema';
import { readPageCounters, readWorkerCounters, type PageCounters } from './pageCounters';
import { PageSampler } from './pageSampler';
import { watchPage } from './pageWatch';
import { SourceError, UnavailableError, type ProfileSource, type SourceParts, type SourceProgram } from './profileSource';
import { isCpuProfile } from './profileSchema';
import { quietLook } from './quietLook';
import type { SessionEnvironment } from './sessionEnvironment';

/** How long the page may take to answer the first calls. */
const START_TIMEOUT: Milliseconds = 10_000;

/** A property of the browser's own. */
const LIMIT_EXPRESSION = 'performance.memory?.jsHeapSizeLimit';

/** A CPU profile that is being taken. */
interface Recording {
  readonly interval: Microseconds;
  readonly since: ProgramClock;
}

/**
 * The source of a page, or of a page's worker: what the browser tells by itself. Nothing is put into the page. js-debug's
 * connection is shared, so that a CPU profile or heap profile of js-debug's own at the same time is the same one.
 */
export class PageSource implements ProfileSource {
  readonly missing: Missing;
  readonly #connection: CdpConnection;
  readonly #environment: Pick<SessionEnvironment, 'settings' | 'log'>;
  readonly #name: string;
  readonly #isWorker: boolean;
  readonly #heapLimit: Bytes | null;
  readonly #sampler: PageSampler;
  /** Of the same page, on a connection that was cut; until this one has begun. */
  #before: PageSource | null;
  #last: PageCounters | null = null;
  #recording: Recording | null = null;

  /** Hears of the page from now on. @throws CdpError. */
  static async open({ connection, target, environment, events, before }: SourceParts): Promise<PageSource> {
    await watchPage(connection, events, START_TIMEOUT);
    const isWorker = !(await hasMetrics(connection));
    const heapLimit = await heapLimitOf(connection);
    return new PageSource({ connection, name: target.name, environment, isWorker, heapLimit, before: before instanceof PageSource ? before : null });
  }

  private constructor(parts: {
    readonly connection: CdpConnection;
    readonly name: string;
    readonly environment: Pick<SessionEnvironment, 'settings' | 'log'>;
    readonly isWorker: boolean;
    readonly heapLimit: Bytes | null;
    readonly before: PageSource | null;
  }) {
    this.#connection = parts.connection;
    this.#name = parts.name;
    this.#environment = parts.environment;
    this.#isWorker = parts.isWorker;
    this.#heapLimit = parts.heapLimit;
    this.#before = parts.before;
    this.#sampler = new PageSampler(parts.connection, parts.environment.settings().samplingIntervalBytes);
    this.missing = { ...(parts.isWorker ? WORKER_MISSING : PAGE_MISSING), ...(parts.heapLimit === null && { heapLimit: LIMIT_MISSING }) };
  }

  async begin(): Promise<SourceProgram> {
    const { clock } = await this.#counters(START_TIMEOUT);
    const { settings, log } = this.#environment;
    if (settings().allocations) await this.#sampler.start(clock, START_TIMEOUT, this.#before && this.#before.#sampler);
    log.info(`${this.#name}: a ${this.#isWorker ? 'worker of a page' : 'page'}, ${this.#sampler.isOurs ? 'sampled' : 'not sampled'}`);
    const goesOn = this.#before !== null;
    this.#before = null;
    return { pid: null, nodeVersion: null, isMainThread: true, goesOn };
  }

  async collect(request: CollectRequest, timeout: Milliseconds): Promise<Collected> {
    const before = this.#last;
    const counters = await this.#counters(timeout);
    const allocations = request.allocations && (await this.#allocations(request.allocations, counters.clock, timeout));
    return { sample: this.#sample(before, counters), ...(allocations && { allocations }), ...(request.handles && { handles: NO_HANDLES }) };
  }

  collectWhole(request: CollectRequest, timeout: Milliseconds): Promise<Collected> {
    return this.collect(request, timeout);
  }

  async collectGarbage(timeout: Milliseconds): Promise<void> {
    await this.#connection.send('HeapProfiler.collectGarbage', undefined, timeout);
  }

  recordAllocations(): Promise<AllocationReading> {
    return unavailable(PAGE_MISSING.recording);
  }

  async startCpuProfile({ interval }: CpuProfileOptions, timeout: Milliseconds): Promise<void> {
    const { clock } = await this.#counters(timeout);
    await this.#connection.send('Profiler.enable', undefined, timeout);
    await this.#connection.send('Profiler.setSamplingInterval', { interval }, timeout);
    await this.#connection.send('Profiler.start', undefined, timeout);
    this.#recording = { interval, since: clock };
  }

  async stopCpuProfile(pauses: readonly Pause[], timeout: Milliseconds): Promise<CpuProfile> {
    const recording = this.#recording;
    this.#recording = null;
    if (recording === null) throw new SourceError('program', 'No CPU profile is being taken: profiling was stopped meanwhile.');
    const answer = await this.#connection.send('Profiler.stop', undefined, timeout);
    const parsed = v.safeParse(cpuProfileOfPageSchema, answer);
    const profile = parsed.success ? fromInspectorTimes(parsed.output.profile, { ...recording, pauses }) : null;
    if (profile === null || !isCpuProfile(profile)) throw new SourceError('garbage', 'it is no CPU profile');
    return profile;
  }

  dump(): Promise<string> {
    return unavailable(PAGE_MISSING.rawDump);
  }

  setPendingMode(): Promise<void> {
    return Promise.resolve();
  }

  deepCheck(): Promise<DeepCheckReading> {
    return unavailable(PAGE_MISSING.deepCheck);
  }

  async stop(timeout: Milliseconds): Promise<void> {
    await this.#sampler.stop(timeout);
    if (this.#recording === null) return;
    this.#recording = null;
    await this.#connection.send('Profiler.stop', undefined, timeout);
  }

  async #counters(timeout: Milliseconds): Promise<PageCounters> {
    try {
      this.#last = await (this.#isWorker ? readWorkerCounters : readPageCounters)(this.#connection, timeout);
      return this.#last;
    } catch (error) {
      // A page that moves to another process refuses what it was asked in that moment, and answers a moment later.
      if (error instanceof CdpError && error.code === 'refused') throw new SourceError('program', `The page did not tell its figures: ${error.message}`);
      throw error;
    }
  }

  async #allocations(request: AllocationRequest, clock: ProgramClock, timeout: Milliseconds): Promise<AllocationReading> {
    if (this.#environment.settings().allocations) return this.#sampler.read(request, clock, timeout);
    return { state: { on: false, reason: PAGE_SAMPLING_OFF }, run: null, profile: null, omitted: { sites: 0, inUse: null, allocated: null } };
  }

  #sample(before: PageCounters | null, counters: PageCounters): RuntimeSample {
    const { clock, usedHeapBytes, committedHeapBytes, cpuOfThread, dom } = counters;
    return { ...UNKNOWN_OF_PAGE, clock, usedHeapBytes, committedHeapBytes, cpuOfThread, dom, heapLimitBytes: this.#heapLimit, loopUtilization: before && busyShare(before, counters) };
  }
}

/** What no browser tells. */
const UNKNOWN_OF_PAGE = {
  externalBytes: null,
  arrayBufferBytes: null,
  rssBytes: null,
  totalAllocatedBytes: null,
  totalAllocatedIsEstimate: false,
  cpuUser: null,
  cpuSystem: null,
  gcCount: null,
  gcLastPause: null,
  gcTotalPause: null,
  loopDelayP99: null,
  loopDelayMax: null,
  openHandles: null,
  cpuCount: null,
  threadPoolSize: null,
  overheadPercent: null,
  limits: { step: 0, reason: '' },
} as const satisfies Partial<RuntimeSample>;

const NO_HANDLES: HandleReading = {
  state: { on: false, reason: PAGE_MISSING.handles },
  pending: { on: false, reason: PAGE_MISSING.pending, mode: 'off' },
  frames: [],
  groups: [],
  total: 0,
  pendingTotal: 0,
  summary: { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck: 0 },
  foldedGroups: 0,
  unreadStacks: 0,
  cost: 0,
};

/** From 0 to 1; null when it is not known, as for a page that has moved to another process. */
function busyShare(before: PageCounters, after: PageCounters): number | null {
  const wall = after.clock - before.clock;
  if (before.busy === null || after.busy === null || after.busy < before.busy || wall <= 0) return null;
  return Math.min(1, (after.busy - before.busy) / wall);
}

function unavailable(reason: string): Promise<never> {
  return Promise.reject(new UnavailableError(reason));
}

/** Turns on the browser's counters, which cost the page nothing while nobody asks. A worker has none. */
async function hasMetrics(connection: CdpConnection): Promise<boolean> {
  try {
    await connection.send('Performance.enable', {}, START_TIMEOUT);
    return true;
  } catch (error) {
    if (error instanceof CdpError && error.code === 'refused') return false;
    throw error;
  }
}

/** Null when the page does not tell: a worker has no such property, and in a page it may be another's. */
async function heapLimitOf(connection: CdpConnection): Promise<Bytes | null> {
  const parsed = v.safeParse(numberSchema, await quietLook(connection, LIMIT_EXPRESSION, START_TIMEOUT));
  return parsed.success ? parsed.output.result.value : null;
}
