import type { SampledNode } from '../model/allocationProfile';
import { countSamples } from '../model/sampledObjects';
import { startHeapProfile } from './v8HeapProfile';
import type { Bytes } from '../protocol/units';

/** The native half of `@datadog/pprof`: the seam its own package calls through. */
export interface HeapProfilerBinding {
  startSamplingHeapProfiler(intervalBytes: number, stackDepth: number, allocations: boolean): void;
  stopSamplingHeapProfiler(): void;
  /** @throws Error when no sampler runs in this isolate. */
  getAllocationProfile(): SampledNode;
}

/** What a sampler gives when it is read. */
export interface Sampled {
  readonly root: SampledNode;
  /** How many samples V8 holds for it. */
  readonly samples: number;
}

/** A way to run V8's heap sampler. There is one per isolate, shared by everybody: a start while it runs does nothing, a stop by anyone ends it for all. */
export interface Sampler {
  start(): void;
  stop(): void;
  /** @throws Error when no sampler runs: somebody else stopped it. */
  read(): Sampled;
}

/**
 * Deep enough for real programs, and far below the 146 frames at which reading a sampler over the inspector kills
 * Node 26 and hangs the others: js-debug's own heap profile may read ours.
 */
export const STACK_DEPTH = 64;

/** In-use sampling through the addon: a read takes about 0.5 ms and forces no collection. */
export class NativeSampler implements Sampler {
  readonly #binding: HeapProfilerBinding;
  readonly #interval: Bytes;

  constructor(binding: HeapProfilerBinding, interval: Bytes) {
    this.#binding = binding;
    this.#interval = interval;
  }

  start(): void {
    this.#binding.startSamplingHeapProfiler(this.#interval, STACK_DEPTH, false);
  }

  stop(): void {
    this.#binding.stopSamplingHeapProfiler();
  }

  read(): Sampled {
    // Of what has died nothing is kept, so the number of samples needs no watching.
    return { root: this.#binding.getAllocationProfile(), samples: 0 };
  }
}

/**
 * What is live and all that was ever allocated, from one read that forces no collection, on Node.js 26.1 and later. Started
 * by the addon alone, each read runs a full collection (270 ms with 500 MB): so V8's sampler is started by Node without that
 * flag, and the addon, told the same, reads it and tells live from dead. Objects that are dead and not yet collected count
 * as live, as with the other samplers. Rests on the addon's inside: `test/collector/allocations.test.ts` guards it.
 *
 * V8 forgets no sample until it is stopped.
 */
export class NativeSamplerOfAll implements Sampler {
  readonly #binding: HeapProfilerBinding;
  readonly #interval: Bytes;

  constructor(binding: HeapProfilerBinding, interval: Bytes) {
    this.#binding = binding;
    this.#interval = interval;
  }

  start(): void {
    // The handle is not kept: its `stop` would build the whole profile as text, 215 ms for 12 MB, to throw it away.
    startHeapProfile(this.#interval, STACK_DEPTH, true);
    this.#binding.startSamplingHeapProfiler(this.#interval, STACK_DEPTH, true);
  }

  stop(): void {
    this.#binding.stopSamplingHeapProfiler();
  }

  read(): Sampled {
    const root = this.#binding.getAllocationProfile();
    return { root, samples: countSamples(root, this.#interval) };
  }
}
