import { allocationSites, type AllocationNode } from '../model/allocationSites';
import type { AllocationReading, PartState } from '../protocol/collector';

/** The native half of `@datadog/pprof`: the seam its own package calls through. */
export interface HeapProfilerBinding {
  startSamplingHeapProfiler(intervalBytes: number, stackDepth: number, allocations: boolean): void;
  stopSamplingHeapProfiler(): void;
  /** @throws Error when no sampler runs in this isolate. */
  getAllocationProfile(): AllocationNode;
}

/**
 * Deep enough for real programs, and far below the 146 frames at which reading a sampler over the inspector kills
 * Node 26 and hangs the others: js-debug's own heap profile may read ours.
 */
const STACK_DEPTH = 64;

const TAKEN = 'Another heap profiler is running in this program; Bifrost shows allocations again when it has ended.';

/**
 * In-use heap sampling through the addon. V8 has one sampler per isolate, shared by everybody: a start while it runs does
 * nothing, a stop by anyone ends it for all. Started by the addon a read takes about 0.5 ms and forces no collection;
 * started over the inspector every read runs a full one, so somebody else's sampler is left alone.
 */
export class HeapSampler {
  readonly #binding: HeapProfilerBinding;
  readonly #intervalBytes: number;
  #state: PartState = { on: false, reason: 'Allocation sampling has not been started.' };

  constructor(binding: HeapProfilerBinding, intervalBytes: number) {
    this.#binding = binding;
    this.#intervalBytes = intervalBytes;
  }

  get state(): PartState {
    return this.#state;
  }

  start(): void {
    if (this.#state.on) return;
    if (this.#isSampling()) {
      this.#state = { on: false, reason: TAKEN };
      return;
    }
    this.#binding.startSamplingHeapProfiler(this.#intervalBytes, STACK_DEPTH, false);
    this.#state = { on: true };
  }

  stop(): void {
    if (this.#state.on) this.#binding.stopSamplingHeapProfiler();
    this.#state = { on: false, reason: 'Allocation sampling has been stopped.' };
  }

  /** The largest sites in use now. When somebody stopped the sampler, starts it again and says so. */
  read(limit: number): AllocationReading {
    const none = { frames: [], inUse: [], totalBytes: 0, totalCount: 0, omittedSites: 0 };
    if (!this.#state.on) this.start();
    if (!this.#state.on) return { state: this.#state, ...none };
    let root: AllocationNode;
    try {
      root = this.#binding.getAllocationProfile();
    } catch {
      // "Heap profiler is not enabled": what was sampled is gone with it, so what comes next counts from here.
      this.#state = { on: false, reason: '' };
      this.start();
      return {
        state: { on: false, reason: 'Another tool stopped V8’s heap sampler; Bifrost started it again and counts from now on.' },
        ...none,
      };
    }
    return { state: this.#state, ...allocationSites(root, limit) };
  }

  #isSampling(): boolean {
    try {
      this.#binding.getAllocationProfile();
      return true;
    } catch {
      // The addon throws when no sampler runs: that is the answer, not a failure.
      return false;
    }
  }
}
