import { fromInspector, type InspectorProfile } from '../model/inspectorProfile';
import type { Bytes } from '../protocol/units';
import { STACK_DEPTH, type Sampled, type Sampler } from './nativeSampler';
import { OwnInspector } from './ownInspector';
import { startHeapProfile, type HeapProfileHandle } from './v8HeapProfile';

/**
 * V8's heap sampler over the program's own inspector, for where the addon does not load and for recording all allocations
 * before Node 26. V8 collects all garbage at each read of a sampler that was started this way (330 ms with 500 MB).
 */
export class InspectorSampler implements Sampler {
  readonly #interval: Bytes;
  readonly #keepsDead: boolean;
  #inspector: OwnInspector | null = null;

  /** @param keepsDead Samples what has died too; what is live can then not be told. V8 forgets no sample until it is stopped. */
  constructor(interval: Bytes, keepsDead: boolean) {
    this.#interval = interval;
    this.#keepsDead = keepsDead;
  }

  start(): void {
    this.#inspector = new OwnInspector();
    this.#inspector.send('HeapProfiler.startSampling', {
      samplingInterval: this.#interval,
      // Before Node 26 it is 128, whatever is asked for.
      stackDepth: STACK_DEPTH,
      includeObjectsCollectedByMajorGC: this.#keepsDead,
      includeObjectsCollectedByMinorGC: this.#keepsDead,
    });
  }

  /** V8 stops the sampler of a client that leaves. */
  stop(): void {
    this.#inspector?.close();
    this.#inspector = null;
  }

  read(): Sampled {
    if (this.#inspector === null) throw new Error('the sampler has not been started');
    const sampled = readOver(this.#inspector, this.#interval);
    return this.#keepsDead ? sampled : { ...sampled, samples: 0 };
  }
}

/** In-use sampling started by Node itself, from 26.1 on: no read forces a collection, and no addon is needed. */
export class V8Sampler implements Sampler {
  readonly #interval: Bytes;
  #handle: HeapProfileHandle | null = null;

  constructor(interval: Bytes) {
    this.#interval = interval;
  }

  start(): void {
    this.#handle = startHeapProfile(this.#interval, STACK_DEPTH, false);
  }

  stop(): void {
    this.#handle?.stop();
    this.#handle = null;
  }

  read(): Sampled {
    const inspector = new OwnInspector();
    try {
      return { ...readOver(inspector, this.#interval), samples: 0 };
    } finally {
      inspector.close();
    }
  }
}

/** Whether somebody samples the heap. Costs a collection when it was started over an inspector. */
export function isSampling(): boolean {
  const inspector = new OwnInspector();
  try {
    inspector.send('HeapProfiler.getSamplingProfile');
    return true;
  } catch {
    // "V8 sampling heap profiler was not started": that is the answer, not a failure.
    return false;
  } finally {
    inspector.close();
  }
}

function readOver(inspector: OwnInspector, interval: Bytes): Sampled {
  const { profile } = inspector.send('HeapProfiler.getSamplingProfile') as { readonly profile: InspectorProfile };
  return { root: fromInspector(profile, interval), samples: profile.samples.length };
}
