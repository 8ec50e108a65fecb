/** Exported pprof profiles: parsed back, and read by Go's own tool. */
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { pprofCpu, pprofHeap } from '../../src/host/export/formats/pprof';
import type { CallTreeData } from '../../src/protocol/allocations';
import type { Frame } from '../../src/protocol/frames';
import { goPprof, goTop } from '../helpers/goPprof';
import { allocatedBy, chain, CPU, HEAP, sum } from '../helpers/profiles';

const TIME = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const CONTEXT = { intervalBytes: 524_288, time: TIME };

describe('pprofHeap', () => {
  const profile = decode(pprofHeap(HEAP, CONTEXT));

  it('has the sample types, the period and the time of a heap profile of Go', () => {
    assert.deepEqual(types(profile), ['alloc_objects/count', 'alloc_space/bytes', 'inuse_objects/count', 'inuse_space/bytes']);
    assert.equal(text(profile, profile.defaultSampleType), 'inuse_space');
    assert.deepEqual([text(profile, profile.periodType?.type), text(profile, profile.periodType?.unit), Number(profile.period)], ['space', 'bytes', 524_288]);
    assert.equal(BigInt(profile.timeNanos), BigInt(TIME) * 1_000_000n);
  });

  it('has the sums of the profile', () => {
    const sums = [HEAP.allocated?.counts, HEAP.allocated?.bytes, HEAP.inUse?.counts, HEAP.inUse?.bytes].map((values) => Math.round(sum(values ?? [])));
    assert.deepEqual(totals(profile), sums);
  });

  it('has a sample of each stack, the allocating function first', () => {
    const largest = profile.sample.find(({ value }) => Number(value[3]) === 250_000);
    assert.deepEqual(stackIn(profile, largest?.locationId ?? []), [
      '(anonymous orders.ts:40:11) /app/src/orders.ts:40',
      'loadOrder /app/src/orders.ts:31',
      'handle /app/src/server.ts:12',
      'main /app/src/server.ts:1',
    ]);
    assert.deepEqual(largest?.value.map(Number), [50_000, 2_500_000, 5_000, 250_000]);
  });

  it('writes a function once, with the line where it starts', () => {
    const names = profile.function.map(({ name, filename, startLine }) => `${text(profile, name)} ${text(profile, filename)}:${startLine}`);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes('loadOrder /app/src/orders.ts:31'), names.join('\n'));
    const twice = decode(pprofHeap({ ...HEAP, frames: HEAP.frames.map((frame, index) => HEAP.frames[index === 4 ? 2 : index] ?? frame) }, CONTEXT));
    assert.equal(twice.function.length, profile.function.length - 1);
    assert.equal(twice.location.length, twice.function.length);
  });

  it('says which list is not known, and has zeros for it', () => {
    const inUse = decode(pprofHeap({ ...HEAP, allocated: null }, CONTEXT));
    assert.deepEqual(totals(inUse).slice(0, 2), [0, 0]);
    assert.match(comments(inUse), /alloc_objects and alloc_space are 0/);
    const allocated = decode(pprofHeap({ ...HEAP, inUse: null }, CONTEXT));
    assert.deepEqual(totals(allocated).slice(2), [0, 0]);
    assert.match(comments(allocated), /inuse_objects and inuse_space are 0/);
    assert.equal(text(allocated, allocated.defaultSampleType), 'alloc_space');
    assert.doesNotMatch(comments(profile), /are 0/);
  });

  it('gives what has no stack a function of its own', () => {
    const [none] = profile.sample.filter(({ value }) => Number(value[3]) === 16);
    assert.deepEqual(stackIn(profile, none?.locationId ?? []), ['(no function) :0']);
  });

  it('writes control characters of a name out, which would go to a terminal', () => {
    const hostile = decode(pprofHeap(allocatedBy('a\u001b[31m\nb'), CONTEXT));
    assert.deepEqual(hostile.function.map(({ name }) => text(hostile, name)), ['a\\u{1b}[31m\\u{a}b']);
  });

  it('bears a stack of 1,000,000 functions: the outermost are kept, and what each function has itself', () => {
    const deep = decode(pprofHeap(chain(1_000_000), CONTEXT));
    assert.equal(totals(deep)[3], 1_000_000);
    const flat = flatBy(deep, 3);
    assert.deepEqual([flat.get('main'), flat.get('handle'), flat.get('loadOrder')], [333_334, 333_333, 333_333]);
    assert.match(comments(deep), /deeper than 512 frames are cut/);
    assert.ok(Math.max(...deep.sample.map(({ locationId }) => locationId.length)) <= 512);
  });

  it('is the same for an empty profile', () => {
    const empty = decode(pprofHeap({ frames: [], parents: [-1], frameOf: [-1], inUse: { bytes: [0], counts: [0] }, allocated: null }, CONTEXT));
    assert.equal(empty.sample.length, 0);
  });
});

describe('pprofCpu', () => {
  it('has samples, wall time and CPU time', () => {
    const profile = decode(pprofCpu(CPU, TIME));
    assert.deepEqual(types(profile), ['samples/count', 'wall/nanoseconds', 'cpu/nanoseconds']);
    assert.deepEqual(totals(profile), [10, 10_000_000, sum(CPU.cpuTime ?? []) * 1000]);
    assert.equal(Number(profile.durationNanos), 10_000_000);
    assert.equal(text(profile, profile.defaultSampleType), 'cpu');
    assert.match(comments(profile), /used 2 ms of CPU/);
  });

  it('has the time that each sample stood for, as they come irregularly under load', () => {
    const late = decode(pprofCpu({ ...CPU, timeDeltas: CPU.timeDeltas.map((delta, index) => (index === 0 ? 9 * delta : delta)) }, TIME));
    assert.deepEqual(totals(late).slice(0, 2), [10, 18_000_000]);
  });

  it('leaves CPU time out where it was not measured', () => {
    const profile = decode(pprofCpu({ ...CPU, cpuTime: null, otherThreadsCpuTime: null }, TIME));
    assert.deepEqual(types(profile), ['samples/count', 'wall/nanoseconds']);
    assert.equal(text(profile, profile.defaultSampleType), 'wall');
    assert.equal(comments(profile), '');
  });
});

describe('go tool pprof', function () {
  this.timeout(60_000);
  for (const [type, unit, values] of [['inuse_space', 'bytes', HEAP.inUse?.bytes], ['alloc_space', 'bytes', HEAP.allocated?.bytes]] as const) {
    it(`lists the same functions as ${type} of a heap profile`, async () => {
      const top = await goTop(pprofHeap(HEAP, CONTEXT), type, unit);
      assert.deepEqual(sorted(top.map(({ name, flat }) => [name, flat])), sorted([...expectedFlat(HEAP, values ?? [])]));
      assert.equal(top.find(({ name }) => name === 'main')?.cumulative, Math.round(sum((values ?? []).slice(1, 7))));
    });
  }

  it('lists the same functions as the objects of a heap profile', async () => {
    const top = await goTop(pprofHeap(HEAP, CONTEXT), 'inuse_objects', 'count');
    assert.deepEqual(sorted(top.map(({ name, flat }) => [name, flat])), sorted([...expectedFlat(HEAP, HEAP.inUse?.counts ?? [])]));
  });

  it('lists the same functions of a CPU profile', async () => {
    const top = await goTop(pprofCpu(CPU, TIME), 'cpu', 'us');
    assert.deepEqual(sorted(top.map(({ name, flat }) => [name, flat])), sorted([...expectedFlat(CPU, CPU.cpuTime ?? [])]));
  });

  it('shows what is in use first, the time and the comments', async () => {
    const [top, notes] = await Promise.all([goPprof(pprofHeap(HEAP, CONTEXT), '-top'), goPprof(pprofHeap({ ...HEAP, allocated: null }, CONTEXT), '-comments')]);
    assert.match(top, /^Type: inuse_space\nTime: Jan 2, 2026/m);
    assert.match(notes, /alloc_objects and alloc_space are 0/);
  });

  it('reads a stack of 1,000,000 functions', async () => {
    const top = await goTop(pprofHeap(chain(1_000_000), CONTEXT), 'inuse_space', 'bytes');
    assert.equal(top.find(({ name }) => name === 'main')?.flat, 333_334);
  });
});

function decode(file: Uint8Array): Profile {
  return Profile.decode(gunzipSync(file));
}

function text(profile: Profile, index: number | bigint | undefined): string {
  return profile.stringTable.strings[Number(index)] ?? '';
}

function types(profile: Profile): string[] {
  return profile.sampleType.map(({ type, unit }) => `${text(profile, type)}/${text(profile, unit)}`);
}

function comments(profile: Profile): string {
  return profile.comment.map((comment) => text(profile, comment)).join('\n');
}

function totals(profile: Profile): number[] {
  return profile.sampleType.map((_, index) => profile.sample.reduce((total, { value }) => total + Number(value[index]), 0));
}

function nameAt(profile: Profile, location: number | bigint | undefined): string {
  const line = profile.location.find(({ id }) => Number(id) === Number(location))?.line[0];
  const called = profile.function.find(({ id }) => Number(id) === Number(line?.functionId));
  return text(profile, called?.name);
}

function stackIn(profile: Profile, locations: readonly (number | bigint)[]): string[] {
  return locations.map((location) => {
    const line = profile.location.find(({ id }) => Number(id) === Number(location))?.line[0];
    const called = profile.function.find(({ id }) => Number(id) === Number(line?.functionId));
    return `${text(profile, called?.name)} ${text(profile, called?.filename)}:${Number(line?.line)}`;
  });
}

function flatBy(profile: Profile, type: number): Map<string, number> {
  const flat = new Map<string, number>();
  for (const { locationId, value } of profile.sample) {
    const name = nameAt(profile, locationId[0]);
    flat.set(name, (flat.get(name) ?? 0) + Number(value[type]));
  }
  return flat;
}

/** By function name, as Go's tool adds up, from the profile itself. */
function expectedFlat({ frames, frameOf }: CallTreeData<Frame>, values: readonly number[]): Map<string, number> {
  const flat = new Map<string, number>([['processTicksAndRejections', 0], ['main', 0]]);
  for (const [node, value] of values.entries()) {
    const frame = frames[frameOf[node] ?? -1];
    const name = frame === undefined ? '(no function)' : frame.functionName === '' ? `(anonymous orders.ts:${frame.line}:${frame.column})` : frame.functionName;
    if (value > 0) flat.set(name, (flat.get(name) ?? 0) + Math.round(value));
  }
  return flat;
}

function sorted(entries: [string, number][]): [string, number][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
