import { gzipSync } from 'node:zlib';
import { Function as PprofFunction, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import type { AllocationProfile, CallTreeData, CpuProfile } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';
import type { Bytes, EpochMilliseconds } from '../../../protocol/units';

/** One kind of figure in a pprof profile: its name, its unit, and its value at each node. */
interface SampleType {
  readonly type: string;
  readonly unit: string;
  readonly valueAt: (node: number) => number;
}

export interface HeapContext {
  readonly intervalBytes: Bytes;
  readonly time: EpochMilliseconds;
}

/**
 * A heap profile as `go tool pprof` reads it, gzipped, with the four sample types of Go's own. Of a list that is not known all
 * values are 0, and a comment in the profile says so.
 */
export function pprofHeap(profile: AllocationProfile<Frame>, { intervalBytes, time }: HeapContext): Uint8Array {
  const { inUse, allocated } = profile;
  const comments = [
    ...(inUse ? [] : ['What is in use was not sampled: inuse_objects and inuse_space are 0.']),
    ...(allocated ? [] : ['All allocations were not counted: alloc_objects and alloc_space are 0.']),
    'Lines are where functions start: V8 samples functions, not lines.',
  ];
  const types: SampleType[] = [
    { type: 'alloc_objects', unit: 'count', valueAt: (node) => allocated?.counts[node] ?? 0 },
    { type: 'alloc_space', unit: 'bytes', valueAt: (node) => allocated?.bytes[node] ?? 0 },
    { type: 'inuse_objects', unit: 'count', valueAt: (node) => inUse?.counts[node] ?? 0 },
    { type: 'inuse_space', unit: 'bytes', valueAt: (node) => inUse?.bytes[node] ?? 0 },
  ];
  const period = { type: 'space', unit: 'bytes', value: intervalBytes };
  return encode(profile, types, { period, time, duration: 0, defaultType: inUse ? 'inuse_space' : 'alloc_space', comments });
}

/** A CPU profile as `go tool pprof` reads it, gzipped: samples, wall time, and CPU time where it was measured. */
export function pprofCpu(profile: CpuProfile<Frame>, time: EpochMilliseconds): Uint8Array {
  const { hits, cpuTime, interval, duration } = profile;
  const types: SampleType[] = [
    { type: 'sample', unit: 'count', valueAt: (node) => hits[node] ?? 0 },
    { type: 'wall', unit: 'nanoseconds', valueAt: (node) => (hits[node] ?? 0) * interval * 1000 },
    ...(cpuTime ? [{ type: 'cpu', unit: 'nanoseconds', valueAt: (node: number) => (cpuTime[node] ?? 0) * 1000 }] : []),
  ];
  const period = { type: 'wall', unit: 'nanoseconds', value: interval * 1000 };
  return encode(profile, types, { period, time, duration: duration * 1e6, defaultType: cpuTime ? 'cpu' : 'wall', comments: [] });
}

interface Header {
  readonly period: { readonly type: string; readonly unit: string; readonly value: number };
  readonly time: EpochMilliseconds;
  /** In nanoseconds. */
  readonly duration: number;
  readonly defaultType: string;
  readonly comments: readonly string[];
}

function encode(tree: CallTreeData<Frame>, types: readonly SampleType[], header: Header): Uint8Array {
  const strings = new StringTable();
  const valueType = (type: string, unit: string) => new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) });
  const functions = tree.frames.map((frame, index) => {
    const name = strings.dedup(frame.functionName);
    // A function that is all the same to pprof is told apart by its start, so none is merged with another of its name.
    return new PprofFunction({ id: index + 1, name, systemName: name, filename: strings.dedup(frame.file), startLine: frame.line });
  });
  const locations = tree.frames.map((frame, index) => new Location({ id: index + 1, line: [new Line({ functionId: index + 1, line: frame.line })] }));
  const samples: Sample[] = [];
  for (let node = 0; node < tree.parents.length; node++) {
    const value = types.map(({ valueAt }) => Math.round(valueAt(node)));
    if (value.every((figure) => figure === 0)) continue;
    const locationId: number[] = [];
    for (let at = node; at > 0; at = tree.parents[at] ?? 0) locationId.push((tree.frameOf[at] ?? 0) + 1);
    samples.push(new Sample({ locationId, value }));
  }
  const profile = new Profile({
    sampleType: types.map(({ type, unit }) => valueType(type, unit)),
    sample: samples,
    location: locations,
    function: functions,
    stringTable: strings,
    timeNanos: BigInt(Math.round(header.time)) * 1_000_000n,
    durationNanos: Math.round(header.duration),
    periodType: valueType(header.period.type, header.period.unit),
    period: Math.round(header.period.value),
    comment: header.comments.map((comment) => strings.dedup(comment)),
    defaultSampleType: strings.dedup(header.defaultType),
  });
  return gzipSync(profile.encode());
}
