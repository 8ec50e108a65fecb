/** Profiles for `go tool pprof`, Pyroscope, Speedscope and others. */
import { wallTimes } from '../../../model/timeProfile';
import type { AllocationProfile, Amounts, CpuProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import type { Bytes, EpochMilliseconds } from '../../../protocol/units';
import { stackTree, sumInto } from './fileTree';
import { encodePprof, type PprofColumn } from './pprofEncoding';

export interface HeapContext {
  /** Mean bytes between two samples. */
  readonly intervalBytes: Bytes;
  /** When the profile was taken. */
  readonly time: EpochMilliseconds;
}

const NO_FIGURES: Amounts = { bytes: [], counts: [] };

/**
 * A heap profile, gzipped, with the four sample types of Go's own. A list that is not known is all zeros, as every sample
 * has to have every type, and a comment says so (`go tool pprof -comments`).
 */
export function pprofHeap(profile: AllocationProfile<Frame>, { intervalBytes, time }: HeapContext): Uint8Array {
  const { inUse, allocated } = profile;
  const tree = stackTree(profile, [inUse?.bytes ?? null, inUse?.counts ?? null, allocated?.bytes ?? null, allocated?.counts ?? null]);
  const column = (type: string, unit: string, values: readonly number[]): PprofColumn => ({ type, unit, values: sumInto(tree, values) });
  return encodePprof({
    tree,
    columns: [
      column('alloc_objects', 'count', (allocated ?? NO_FIGURES).counts),
      column('alloc_space', 'bytes', (allocated ?? NO_FIGURES).bytes),
      column('inuse_objects', 'count', (inUse ?? NO_FIGURES).counts),
      column('inuse_space', 'bytes', (inUse ?? NO_FIGURES).bytes),
    ],
    shownFirst: inUse === null ? 'alloc_space' : 'inuse_space',
    period: { type: 'space', unit: 'bytes', value: intervalBytes },
    time,
    durationNanoseconds: 0,
    comments: [
      ...(inUse === null ? ['What is in use was not sampled: inuse_objects and inuse_space are 0.'] : []),
      ...(allocated === null ? ['All allocations were not counted: alloc_objects and alloc_space are 0.'] : []),
      'Lines are where functions start: V8 samples functions, not lines.',
    ],
  });
}

/**
 * A CPU profile, gzipped: samples, wall time and, where it was measured, CPU time.
 *
 * @param time When it began.
 */
export function pprofCpu(profile: CpuProfile<Frame>, time: EpochMilliseconds): Uint8Array {
  const { hits, cpuTime, interval, duration, otherThreadsCpuTime } = profile;
  const tree = stackTree(profile, [hits, cpuTime]);
  const column = (type: string, unit: string, values: readonly number[], factor = 1): PprofColumn => ({
    type,
    unit,
    values: sumInto(tree, values).map((value) => value * factor),
  });
  return encodePprof({
    tree,
    columns: [
      column('samples', 'count', hits),
      column('wall', 'nanoseconds', wallTimes(profile), 1000),
      ...(cpuTime === null ? [] : [column('cpu', 'nanoseconds', cpuTime, 1000)]),
    ],
    // A program that waits spends most of its wall time in (idle).
    shownFirst: cpuTime === null ? 'wall' : 'cpu',
    period: { type: 'wall', unit: 'nanoseconds', value: interval * 1000 },
    time,
    durationNanoseconds: duration * 1000,
    comments:
      otherThreadsCpuTime === null ? [] : [`Threads that run no JavaScript used ${Math.round(otherThreadsCpuTime / 1000)} ms of CPU, which are in no sample.`],
  });
}
