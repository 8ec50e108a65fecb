import { allocationProfile, type SampledLists } from '../model/allocationProfile';
import type { AllocationReading, SamplerMode, SamplerRun } from '../protocol/allocations';
import type { AllocationRequest, PartState } from '../protocol/collector';
import type { Bytes, Milliseconds, ProgramClock } from '../protocol/units';
import { InspectorSampler, isSampling, V8Sampler } from './inspectorSampler';
import { NativeSampler, NativeSamplerOfAll, STACK_DEPTH, type HeapProfilerBinding, type Sampler } from './nativeSampler';
import { programClock } from './programClock';
import { canStartHeapProfile, startHeapProfile } from './v8HeapProfile';

export interface HeapSamplerOptions {
  /** The native sampler, or why there is none, in a clause. */
  readonly binding: HeapProfilerBinding | string;
  readonly interval: Bytes;
  /** Samples what has died too, where that can be told from what lives. */
  readonly cumulative: boolean;
}

const NOT_STARTED = 'Allocation sampling has not been started.';
const STOPPED = 'Allocation sampling has been stopped.';
const TAKEN = 'Another heap profiler is running in this program; Bifrost shows allocations again when it has ended.';
const LOST = 'Another tool stopped V8’s heap sampler; Bifrost started it again and counts from now on.';

/** Samples that V8 holds before it is started anew: 93 bytes each, and 10 ms for a reading of 100,000. */
const MAX_SAMPLES = 200_000;

/** Sites of the last reading of a run. */
const ALL_SITES = 100_000;

/** Modes in which samples stay until the sampler is stopped. */
const FORGETS_NOTHING: ReadonlySet<SamplerMode> = new Set(['both', 'recording']);

/** A reading that took long is followed by a pause of so many times as long: 5% of the program's time at most. */
const PAUSE_FACTOR = 20;
/** Where each reading collects garbage: 2%. */
const COLLECTING_PAUSE_FACTOR = 50;
const COLLECTING_PAUSE: Milliseconds = 5_000;
/** Asking whether somebody still samples may collect garbage too. */
const TAKEN_PAUSE: Milliseconds = 5_000;

const LISTS: Readonly<Record<SamplerMode, SampledLists>> = { inUse: 'live', onDemand: 'live', both: 'liveAndAll', recording: 'all' };

/**
 * Samples the program's allocations, in the best way that it allows. V8 has one sampler per isolate, shared by everybody: a
 * start while it runs does nothing, a stop by anyone ends it for all. So somebody else's is left alone, and one that was
 * stopped under our hands is started again, with a word about it.
 */
export class HeapSampler {
  readonly #options: HeapSamplerOptions;
  #sampler: Sampler | null = null;
  #run: SamplerRun | null = null;
  #state: PartState = { on: false, reason: NOT_STARTED };
  #epoch = 0;
  #nextRead: ProgramClock = 0;
  /** What the program had allocated in all when this run was first looked at; null before. */
  #allocatedBefore: Bytes | null = null;

  constructor(options: HeapSamplerOptions) {
    this.#options = options;
  }

  get state(): PartState {
    return this.#state;
  }

  start(): void {
    if (this.#sampler === null) this.#begin(this.#usualMode());
  }

  stop(): void {
    this.#sampler?.stop();
    this.#sampler = null;
    this.#run = null;
    this.#state = { on: false, reason: STOPPED };
  }

  /** The sites that the request asks for; without them when it is too early for another reading. */
  read({ sites, force }: AllocationRequest): AllocationReading {
    if (!force && (this.#run?.mode === 'onDemand' || programClock() < this.#nextRead)) return this.#nothing(this.#state);
    this.start();
    if (this.#sampler === null || this.#run === null) return this.#nothing(this.#state);
    return this.#read(this.#sampler, this.#run, sites);
  }

  /**
   * The last reading of a run in which V8 holds too many samples by now, and a new run; undefined while there is room. Without
   * it they would pile up where V8 forgets none and no view is open that reads them.
   *
   * @param allocated All that the program ever allocated; null when it is not known.
   */
  readWhenFull(allocated: Bytes | null): AllocationReading | undefined {
    if (this.#sampler === null || this.#run === null || allocated === null || !FORGETS_NOTHING.has(this.#run.mode)) return undefined;
    this.#allocatedBefore ??= allocated;
    // One sample in so many bytes on average, fewer where objects are large.
    if ((allocated - this.#allocatedBefore) / this.#options.interval < MAX_SAMPLES) return undefined;
    this.#allocatedBefore = allocated;
    return this.#read(this.#sampler, this.#run, ALL_SITES);
  }

  /** Records all allocations in place of those in use, or goes back; then with the last reading of the recording. */
  record(isOn: boolean, sites: number): AllocationReading {
    if (isOn === (this.#run?.mode === 'recording')) return this.#nothing(this.#state);
    const last = !isOn && this.#sampler && this.#run ? this.#read(this.#sampler, { ...this.#run, isLast: true }, sites) : null;
    this.#sampler?.stop();
    this.#begin(isOn ? 'recording' : this.#usualMode());
    return last ?? this.#nothing(this.#state);
  }

  #usualMode(): SamplerMode {
    const { binding, cumulative } = this.#options;
    if (typeof binding === 'string') return canStartHeapProfile() ? 'inUse' : 'onDemand';
    return cumulative && canStartHeapProfile() ? 'both' : 'inUse';
  }

  #begin(mode: SamplerMode): void {
    const { binding, interval } = this.#options;
    this.#sampler = null;
    this.#run = null;
    if (this.#isTaken(mode)) {
      this.#state = { on: false, reason: TAKEN };
      return;
    }
    const sampler = this.#samplerOf(mode);
    try {
      sampler.start();
    } catch (error) {
      // Node's own call to start it says so when one runs.
      this.#state = { on: false, reason: canStartHeapProfile() ? TAKEN : `V8’s heap sampler could not be started: ${String(error)}` };
      return;
    }
    this.#sampler = sampler;
    this.#state = { on: true };
    this.#nextRead = 0;
    this.#allocatedBefore = null;
    const reason = typeof binding === 'string' ? `The native heap sampler is not used, as ${binding}.` : '';
    this.#run = { mode, intervalBytes: interval, epoch: ++this.#epoch, since: programClock(), isLast: false, reason };
  }

  #samplerOf(mode: SamplerMode): Sampler {
    const { binding, interval } = this.#options;
    if (mode === 'recording') return new InspectorSampler(interval, true);
    if (typeof binding !== 'string') return mode === 'both' ? new NativeSamplerOfAll(binding, interval) : new NativeSampler(binding, interval);
    return mode === 'inUse' ? new V8Sampler(interval) : new InspectorSampler(interval, false);
  }

  /** Whether somebody else samples. */
  #isTaken(mode: SamplerMode): boolean {
    const { binding, interval } = this.#options;
    // Where Node starts the sampler it says so itself: then nothing may be read first. Reading somebody else's deep stacks over
    // the inspector ends Node 26; and what the addon throws when nobody samples ends it under a debugger, as each error does
    // while the program has set `Error.stackTraceLimit` to Infinity (mocha does).
    if (canStartHeapProfile()) return mode !== 'both' && !(mode === 'inUse' && typeof binding === 'string') && !canStart(interval);
    const start = programClock();
    const isTaken = typeof binding === 'string' ? isSampling() : isRead(binding);
    this.#nextRead = programClock() + Math.max(TAKEN_PAUSE, PAUSE_FACTOR * (programClock() - start));
    return isTaken;
  }

  #read(sampler: Sampler, run: SamplerRun, sites: number): AllocationReading {
    const start = programClock();
    let sampled;
    try {
      sampled = sampler.read();
    } catch {
      // "Heap profiler is not enabled": what was sampled is gone with it, so what comes next counts from here.
      this.#begin(this.#usualMode());
      return this.#nothing(this.#sampler ? { on: false, reason: LOST } : this.#state);
    }
    const isFull = sampled.samples > MAX_SAMPLES;
    // The last reading of a run is what later ones are added to: a site that it left out would be lost.
    const { profile, omitted } = allocationProfile(sampled.root, LISTS[run.mode], run.intervalBytes, isFull ? ALL_SITES : sites);
    const reading: AllocationReading = { state: this.#state, run: { ...run, isLast: run.isLast || isFull }, profile, omitted };
    if (isFull && !run.isLast) {
      sampler.stop();
      this.#begin(run.mode);
    }
    const cost = programClock() - start;
    const collects = run.mode === 'recording' || run.mode === 'onDemand';
    this.#nextRead = programClock() + (collects ? Math.max(COLLECTING_PAUSE, COLLECTING_PAUSE_FACTOR * cost) : PAUSE_FACTOR * cost);
    return reading;
  }

  #nothing(state: PartState): AllocationReading {
    return { state, run: this.#run, profile: null, omitted: { sites: 0, inUse: null, allocated: null } };
  }
}

/** Whether V8's sampler is free, by Node's own call, which alone refuses when it is not. */
function canStart(interval: Bytes): boolean {
  try {
    startHeapProfile(interval, STACK_DEPTH, false).stop();
    return true;
  } catch {
    // "already started": that is the answer, not a failure.
    return false;
  }
}

function isRead(binding: HeapProfilerBinding): boolean {
  try {
    binding.getAllocationProfile();
    return true;
  } catch {
    // The addon throws when no sampler runs: that is the answer, not a failure.
    return false;
  }
}
