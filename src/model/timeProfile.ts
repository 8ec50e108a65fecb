/** What the two CPU samplers give, as one `CpuProfile`. */
import type { CpuProfile } from '../protocol/allocations';
import type { Pause } from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import type { Microseconds, ProgramClock } from '../protocol/units';
import { FrameTable } from './frameTable';
import { ownArray } from './ownArray';
import { isOwnFrame } from './ownFrames';

/** A node of the native sampler's profile. Lines and columns count from 1; 0 when unknown. */
export interface NativeTimeNode {
  readonly name: string;
  readonly scriptName: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
  readonly children: readonly NativeTimeNode[];
  /** One for each sample that hit the node itself. */
  readonly contexts: readonly NativeTimeSample[];
}

export interface NativeTimeSample {
  /** Microseconds since 1970. */
  readonly timestamp: bigint;
  /** Nanoseconds of the thread's CPU since the sample before; absent in a sample of native code, and added to the next one. */
  readonly cpuTime?: number;
}

export interface NativeTimeProfile {
  readonly topDownRoot: NativeTimeNode;
  /** By V8's own clock. */
  readonly startTime: Microseconds;
  readonly endTime: Microseconds;
  /** Nanoseconds. */
  readonly nonJSThreadsCpuTime?: number;
}

/** `Profiler.Profile` of the Chrome DevTools Protocol, lines and columns counted from 0. */
export interface InspectorCpuProfile {
  readonly nodes: readonly InspectorCpuNode[];
  readonly startTime: Microseconds;
  readonly endTime: Microseconds;
  readonly samples?: readonly number[];
  /** Each since the sample before, the first one since `startTime`; negative where two came out of order. */
  readonly timeDeltas?: readonly Microseconds[];
}

interface InspectorCpuNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number };
  readonly children?: readonly number[];
}

/** How a profile was taken. */
export interface Taken {
  /** Time between two samples that was asked for. */
  readonly interval: Microseconds;
  readonly since: ProgramClock;
  /** Time in which the debugger held the program: nothing of it is in the profile, which is shorter by it. */
  readonly pauses: readonly Pause[];
}

/** A call tree whose nodes stand behind their parents, and samples in any order. */
interface Recorded {
  readonly frames: RawFrame[];
  readonly parents: number[];
  readonly samples: { node: number; time: Microseconds; cpu: Microseconds }[];
}

/** The profile of the native sampler, with CPU time. */
export function fromNativeTimes(profile: NativeTimeProfile, taken: Taken): CpuProfile {
  const nodes: NativeTimeNode[] = [profile.topDownRoot];
  const parents = [-1];
  const samples: Recorded['samples'] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) break;
    for (const { timestamp, cpuTime = 0 } of ownArray(node.contexts)) samples.push({ node: index, time: Number(timestamp), cpu: cpuTime / 1000 });
    for (const child of ownArray(node.children)) {
      nodes.push(child);
      parents.push(index);
    }
  }
  const duration = profile.endTime - profile.startTime;
  // Its clock is not the samples': the first one comes an interval after the start.
  const origin = samples.reduce((first, { time }) => Math.min(first, time), Infinity) - taken.interval;
  for (const sample of samples) sample.time = Math.min(sample.time - origin, duration);
  const frames = nodes.map(({ name, scriptName, lineNumber, columnNumber }) => ({ functionName: name, url: scriptName, line: lineNumber, column: columnNumber }));
  const profiled = cpuProfile({ frames, parents, samples }, duration, taken);
  return { ...profiled, otherThreadsCpuTime: profile.nonJSThreadsCpuTime === undefined ? null : Math.round(profile.nonJSThreadsCpuTime / 1000) };
}

/** The inspector's profile, which knows no CPU time. */
export function fromInspectorTimes(profile: InspectorCpuProfile, taken: Taken): CpuProfile {
  const byId = new Map(ownArray(profile.nodes).map((node) => [node.id, node]));
  const root = profile.nodes[0];
  const nodes = root ? [root] : [];
  const parents = [-1];
  const numbers = new Map<number, number>();
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) break;
    numbers.set(node.id, index);
    for (const id of ownArray(node.children ?? [])) {
      const child = byId.get(id);
      if (child === undefined) continue;
      nodes.push(child);
      parents.push(index);
    }
  }
  let time = 0;
  const samples = ownArray(profile.samples ?? []).map((id, index) => {
    time += profile.timeDeltas?.[index] ?? 0;
    return { node: numbers.get(id) ?? 0, time, cpu: 0 };
  });
  const frames = nodes.map(({ callFrame: { functionName, url, lineNumber, columnNumber } }) => ({ functionName, url, line: lineNumber + 1, column: columnNumber + 1 }));
  // The first is no sample of the program: it was taken by the start itself.
  return { ...cpuProfile({ frames, parents, samples: samples.slice(1) }, profile.endTime - profile.startTime, taken), cpuTime: null };
}

/**
 * Samples in the profiler's own code count for the root: the time has passed, and no function of the program spent it.
 * Stacks that no sample hit are left out.
 */
function cpuProfile({ frames, parents, samples }: Recorded, duration: Microseconds, taken: Taken): CpuProfile {
  samples.sort((a, b) => a.time - b.time);
  const { kept, held } = withoutPauses(samples, duration, taken);
  const own: boolean[] = [];
  for (const [node, parent] of parents.entries()) own.push(node > 0 && isOwnFrame(frames[node]?.url ?? '', own[parent] === true));

  const isHit = new Uint8Array(parents.length);
  for (const { node } of kept) {
    if (own[node] === true) continue;
    for (let at = node; at > 0 && isHit[at] === 0; at = parents[at] ?? 0) isHit[at] = 1;
  }
  const table = new FrameTable();
  const compactParents = [-1];
  const frameOf = [-1];
  // 0 is the root, where all goes that is in no kept node.
  const numbers = new Uint32Array(parents.length);
  for (let node = 1; node < parents.length; node++) {
    const frame = frames[node];
    if (frame === undefined || isHit[node] === 0) continue;
    numbers[node] = compactParents.length;
    compactParents.push(numbers[parents[node] ?? 0] ?? 0);
    frameOf.push(table.indexOf(frame.functionName, frame.url, frame.line, frame.column));
  }

  const hits = new Array<number>(compactParents.length).fill(0);
  const cpu = new Array<Microseconds>(compactParents.length).fill(0);
  const nodes: number[] = [];
  const timeDeltas: Microseconds[] = [];
  let before = 0;
  for (const { node, time, cpu: used } of kept) {
    const number = numbers[node] ?? 0;
    hits[number] = (hits[number] ?? 0) + 1;
    cpu[number] = (cpu[number] ?? 0) + used;
    nodes.push(number);
    timeDeltas.push(time - before);
    before = time;
  }
  const length = Math.max(0, duration - held);
  return {
    frames: table.frames,
    parents: compactParents,
    frameOf,
    hits,
    cpuTime: cpu.map(Math.round),
    interval: kept.length > 0 ? length / kept.length : taken.interval,
    duration: length,
    otherThreadsCpuTime: null,
    samples: nodes,
    timeDeltas,
  };
}

/** How long each node itself was seen, in wall time: exact where the samples' times are known, as they come irregularly under load. */
export function wallTimes({ hits, samples, timeDeltas, interval }: Pick<CpuProfile, 'hits' | 'samples' | 'timeDeltas' | 'interval'>): Microseconds[] {
  if (samples.length === 0) return hits.map((count) => count * interval);
  const times = hits.map(() => 0);
  for (const [index, node] of samples.entries()) times[node] = (times[node] ?? 0) + (timeDeltas[index] ?? 0);
  return times;
}

/** The samples outside of the pauses, as if the pauses had taken no time. */
function withoutPauses(samples: Recorded['samples'], duration: Microseconds, { since, pauses }: Taken): { kept: Recorded['samples']; held: Microseconds } {
  const within = (clock: ProgramClock) => Math.round(Math.min(duration, Math.max(0, (clock - since) * 1000)));
  const holes = pauses.map(({ start, end }) => ({ start: within(start), end: end === null ? duration : within(end) }));
  let held = 0;
  let next = 0;
  const kept: Recorded['samples'] = [];
  for (const { node, time, cpu } of samples) {
    for (let hole = holes[next]; hole !== undefined && hole.end <= time; hole = holes[++next]) held += hole.end - hole.start;
    if (time < (holes[next]?.start ?? Infinity)) kept.push({ node, time: time - held, cpu });
  }
  return { kept, held: holes.reduce((sum, { start, end }) => sum + (end - start), 0) };
}
