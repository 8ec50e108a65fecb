import * as v from 'valibot';
import { allocationProfile } from '../../model/allocationProfile';
import { fromInspector } from '../../model/inspectorProfile';
import { PAGE_SAMPLER_LOST, PAGE_SAMPLER_TAKEN } from '../../model/pageTexts';
import { POINTER } from '../../model/sampledObjects';
import type { AllocationReading, SamplerRun } from '../../protocol/allocations';
import type { AllocationRequest, PartState } from '../../protocol/collector';
import type { Bytes, Milliseconds, ProgramClock } from '../../protocol/units';
import { CdpError, type CdpConnection } from './cdpConnection';
import { samplingProfileSchema } from './pageSchema';
import { SourceError } from './profileSource';

/** As deep as the collector's samplers: reading stacks deeper than some 146 frames over the debugger kills some versions of V8. */
const STACK_DEPTH = 64;

/**
 * Samples what a page has in use, by V8's own sampler and through the debugger. Started this way, each reading collects all
 * garbage of the page (measured: 0.3 s with 500 MB), so it is read only when somebody asks.
 *
 * V8 has one sampler per isolate, shared by everybody, js-debug's own “heap profile” among them: a start while it runs does
 * nothing, a stop by anyone ends it for all. So somebody else's is left alone, and one that was stopped under our hands is started
 * again, with a word about it. A page that moves to another process takes the sampler along, and begins to count there.
 */
export class PageSampler {
  readonly #connection: CdpConnection;
  readonly #interval: Bytes;
  #run: SamplerRun | null = null;
  #epoch = 0;

  constructor(connection: CdpConnection, interval: Bytes) {
    this.#connection = connection;
    this.#interval = interval;
  }

  /** Whether what samples was started here. */
  get isOurs(): boolean {
    return this.#run !== null;
  }

  /**
   * Starts to sample, unless somebody else does. Nothing while it does.
   *
   * @param before The sampler of the same page on a connection that was cut: what that one began is still on.
   * @throws CdpError.
   */
  async start(clock: ProgramClock, timeout: Milliseconds, before: PageSampler | null = null): Promise<void> {
    if (this.#run !== null) return;
    if (before !== null) this.#epoch = before.#epoch;
    if ((await this.#profile(timeout)) === null) {
      await this.#connection.send('HeapProfiler.startSampling', { samplingInterval: this.#interval, stackDepth: STACK_DEPTH }, timeout);
      this.#run = { mode: 'onDemand', intervalBytes: this.#interval, epoch: ++this.#epoch, since: clock, isLast: false, reason: '' };
    } else if (before !== null && before.#interval === this.#interval) {
      this.#run = before.#run;
    }
  }

  /** The sites that the request asks for, if it is somebody who asks. @throws CdpError or SourceError. */
  async read({ sites, force }: AllocationRequest, clock: ProgramClock, timeout: Milliseconds): Promise<AllocationReading> {
    if (!force) return this.#nothing(this.isOurs ? ON : TAKEN);
    await this.start(clock, timeout);
    if (this.#run === null) return this.#nothing(TAKEN);
    const answer = await this.#profile(timeout);
    if (answer === null) return this.#startAnew(clock, timeout);
    const parsed = v.safeParse(samplingProfileSchema, answer);
    if (!parsed.success) throw new SourceError('garbage', parsed.issues[0].message);
    const { profile, omitted } = allocationProfile(fromInspector(parsed.output.profile, this.#interval, POINTER.browser), 'live', this.#interval, sites);
    return { state: ON, run: this.#run, profile, omitted };
  }

  /** Stops what it has started, and nobody else's. @throws CdpError. */
  async stop(timeout: Milliseconds): Promise<void> {
    if (this.#run === null) return;
    try {
      await this.#connection.send('HeapProfiler.stopSampling', undefined, timeout);
    } catch (error) {
      // Somebody has stopped it before.
      if (!isRefusal(error)) throw error;
    }
    this.#run = null;
  }

  /** What was sampled is gone, so what comes next counts from here. */
  async #startAnew(clock: ProgramClock, timeout: Milliseconds): Promise<AllocationReading> {
    this.#run = null;
    await this.start(clock, timeout);
    return this.#nothing(this.isOurs ? LOST : TAKEN);
  }

  /** Null when nobody samples. */
  async #profile(timeout: Milliseconds): Promise<unknown> {
    try {
      return await this.#connection.send('HeapProfiler.getSamplingProfile', undefined, timeout);
    } catch (error) {
      // “V8 sampling heap profiler was not started”: that is an answer, not a failure.
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  #nothing(state: PartState): AllocationReading {
    return { state, run: this.#run, profile: null, omitted: { sites: 0, inUse: null, allocated: null } };
  }
}

const ON: PartState = { on: true };
const TAKEN: PartState = { on: false, reason: PAGE_SAMPLER_TAKEN };
const LOST: PartState = { on: false, reason: PAGE_SAMPLER_LOST };

function isRefusal(error: unknown): boolean {
  return error instanceof CdpError && error.code === 'refused';
}
