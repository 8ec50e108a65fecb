import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AllocationStore, DEFAULT_QUERY } from '../../src/host/session/allocationStore';
import type { AllocationMeasure, AllocationProfile, AllocationReading, SamplerMode, SamplerRun } from '../../src/protocol/allocations';
import { RUN } from '../helpers/collectorReplies';
import { SeededRandom } from '../helpers/seededRandom';

const EXTERNAL = { arrayBufferBytes: 0, otherExternalBytes: 0 };
const NOTHING = { bytes: 0, count: 0 };
const START = new Date(2026, 0, 2, 12, 0, 0).getTime();

function newStore(): AllocationStore {
  return new AllocationStore(({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: 'user' }));
}

/** A profile of functions that nothing called: in use and, where it is given, allocated, an object per byte. */
function profileOf(functions: Readonly<Record<string, number | readonly [inUse: number, allocated: number]>>, mode: SamplerMode): AllocationProfile {
  const names = Object.keys(functions);
  const figures = (index: 0 | 1) => [0, ...Object.values(functions).map((value) => (typeof value === 'number' ? value : value[index]))];
  const amounts = (index: 0 | 1) => ({ bytes: figures(index), counts: figures(index) });
  return {
    frames: names.map((functionName, line) => ({ functionName, url: '/app/a.js', line: line + 1, column: 1 })),
    parents: [-1, ...names.map(() => 0)],
    frameOf: [-1, ...names.keys()],
    inUse: mode === 'recording' ? null : amounts(0),
    allocated: mode === 'both' || mode === 'recording' ? amounts(1) : null,
  };
}

/** Reads into a store, one second after the other; the program's clock began at START. */
function reader(store: AllocationStore) {
  let second = 0;
  return (functions: Parameters<typeof profileOf>[0] | null, change: Partial<SamplerRun> = {}) => {
    second++;
    const run: SamplerRun = { ...RUN, since: 0, ...change };
    const profile = functions && profileOf(functions, run.mode);
    const reading: AllocationReading = { state: { on: true }, run, profile, omitted: { sites: 0, inUse: NOTHING, allocated: NOTHING } };
    store.add(reading, EXTERNAL, second * 1000, START + second * 1000);
  };
}

function shown(store: AllocationStore, measure: AllocationMeasure): string[] {
  return store.view({ ...DEFAULT_QUERY, measure }).rows.map(({ label, self, isNew }) => `${label} ${self.bytes}${isNew ? ' new' : ''}`);
}

describe('AllocationStore', () => {
  it('knows nothing at first, and says so', () => {
    const view = newStore().view(DEFAULT_QUERY);
    assert.deepEqual([view.rows, view.total, view.measures, view.readAt, view.mode], [[], null, [], null, null]);
  });

  it('shows the newest reading, and keeps it when none was taken', () => {
    const store = newStore();
    const read = reader(store);
    read({ a: [10, 50], b: [20, 20] });
    read({ a: [30, 90], b: [5, 25] });
    assert.deepEqual([shown(store, 'inUse'), shown(store, 'allocated')], [['a 30', 'b 5'], ['a 90', 'b 25']]);
    read(null);
    assert.deepEqual(shown(store, 'inUse'), ['a 30', 'b 5']);
    assert.equal(store.readAt, START + 2000);
  });

  it('measures growth since the mark, new stacks first and without what shrank', () => {
    const store = newStore();
    const read = reader(store);
    read({ grows: [100, 100], shrinks: [100, 100], stays: [7, 7] });
    store.setMark({ kind: 'mark', name: 'at the mark', time: START + 1000 });
    read({ grows: [160, 400], shrinks: [20, 100], stays: [7, 7], comes: [12, 30] });
    assert.deepEqual(shown(store, 'growth'), ['comes 12 new', 'grows 60']);
    assert.deepEqual(shown(store, 'allocatedSince'), ['grows 300', 'comes 30 new']);
    assert.equal(store.view({ ...DEFAULT_QUERY, measure: 'growth' }).total?.bytes, -8);
  });

  it('adds up what was allocated over runs of the sampler, and says since when in use counts', () => {
    const store = newStore();
    const read = reader(store);
    read({ a: [40, 100] });
    read({ a: [50, 150] }, { isLast: true });
    read({ a: [1, 10], b: [2, 5] }, { epoch: 2, since: 2500 });
    assert.deepEqual(shown(store, 'allocated'), ['a 160', 'b 5']);
    assert.deepEqual(shown(store, 'inUse'), ['b 2', 'a 1']);
    assert.match(store.view(DEFAULT_QUERY).notes[0] ?? '', /since 12:00:02/);
    assert.match(store.view({ ...DEFAULT_QUERY, measure: 'allocated' }).notes.join(), /since 12:00:00, live or not\.$/);
  });

  it('says that some is missing when a run was ended by somebody else', () => {
    const store = newStore();
    const read = reader(store);
    read({ a: [40, 100] });
    read({ a: [1, 10] }, { epoch: 2, since: 1500 });
    const { notes } = store.view({ ...DEFAULT_QUERY, measure: 'allocated' });
    assert.match(notes.join(), /Some of what was allocated before 12:00:02 is missing/);
    assert.deepEqual(shown(store, 'allocated'), ['a 110']);
  });

  it('has what is in use missing while all is recorded, and says when a recording ended', () => {
    const store = newStore();
    const read = reader(store);
    read({ a: 40 }, { mode: 'inUse' });
    assert.deepEqual(store.view(DEFAULT_QUERY).measures, ['inUse']);
    read({ a: [0, 70] }, { mode: 'recording', epoch: 2, since: 1000 });
    assert.deepEqual(store.view(DEFAULT_QUERY).measures, ['allocated']);
    assert.deepEqual([shown(store, 'inUse'), shown(store, 'allocated'), store.liveObjects], [[], ['a 70'], null]);
    read({ a: [0, 90] }, { mode: 'recording', epoch: 2, since: 1000, isLast: true });
    read({ a: 45 }, { mode: 'inUse', epoch: 3, since: 3000 });
    assert.deepEqual([shown(store, 'inUse'), shown(store, 'allocated')], [['a 45'], ['a 90']]);
    assert.match(store.view({ ...DEFAULT_QUERY, measure: 'allocated' }).notes.join(), /since 12:00:01 and until 12:00:04, when the recording ended/);
    read({ a: [0, 3] }, { mode: 'recording', epoch: 4, since: 4000 });
    assert.deepEqual(shown(store, 'allocated'), ['a 3'], 'another recording begins at nothing');
  });

  it('knows what was allocated in a stretch of the history', () => {
    const store = newStore();
    const read = reader(store);
    read({ a: [0, 100] });
    read({ a: [0, 130], b: [0, 8] });
    read({ a: [0, 190], b: [0, 8] });
    const between = (from: number, to: number) => {
      store.selectInterval({ from: START + from * 1000, to: START + to * 1000 });
      return shown(store, 'interval');
    };
    assert.deepEqual([between(1, 2), between(2, 3), between(1, 3)], [['a 30', 'b 8'], ['a 60'], ['a 90', 'b 8']]);
    assert.deepEqual(between(5, 9), []);
    assert.equal(store.view(DEFAULT_QUERY).measures.includes('interval'), false);
  });

  it('says when the readings do not cover the stretch of the history that is selected', () => {
    const store = newStore();
    const read = reader(store);
    for (const bytes of [10, 20, 30, 40]) read({ a: [0, bytes] }, { mode: 'recording', since: 0, isLast: bytes === 40 });
    read({ a: 5 }, { mode: 'inUse', epoch: 2, since: 4000 });
    const notes = (from: number, to: number) => {
      store.selectInterval({ from: START + from * 1000, to: START + to * 1000 });
      return store.view({ ...DEFAULT_QUERY, measure: 'interval' }).notes.slice(1).join(' ');
    };
    assert.equal(notes(1, 4), '');
    assert.match(notes(-60, 3), /only a part of it, 12:00:00 to 12:00:03: what was allocated in the rest does not show/);
    assert.match(notes(1, 30), /only a part of it, 12:00:01 to 12:00:04/);
  });

  it('compares with another program by name and file, as lines move', () => {
    const earlier = newStore();
    reader(earlier)({ moved: [100, 100], gone: [50, 50] });
    const store = newStore();
    reader(store)({ first: [5, 5], moved: [130, 200] });
    store.compareWith({ kind: 'previousRun', name: 'in the run at 11:00', time: START }, earlier);
    assert.deepEqual(shown(store, 'growth'), ['first 5 new', 'moved 30']);
    store.clearBaseline();
    assert.deepEqual(store.view(DEFAULT_QUERY).measures.includes('growth'), false);
  });

  it('finds the stacks of a saved profile again, also those with functions without a name and of ES modules', () => {
    const profile = (bytes: number): AllocationProfile => ({
      frames: [
        { functionName: '', url: 'file:///app/main.mjs', line: 1, column: 1 },
        { functionName: 'keep', url: 'file:///app/main.mjs', line: 5, column: 1 },
      ],
      parents: [-1, 0, 1],
      frameOf: [-1, 0, 1],
      inUse: { bytes: [0, 0, bytes], counts: [0, 0, bytes] },
      allocated: null,
    });
    const mapped = new AllocationStore(({ functionName, url, line, column }) => ({ functionName: functionName || '(anonymous)', file: url.replace('file://', ''), line, column, origin: 'user' }));
    const readInto = (store: AllocationStore, bytes: number) =>
      store.add({ state: { on: true }, run: RUN, profile: profile(bytes), omitted: { sites: 0, inUse: NOTHING, allocated: NOTHING } }, EXTERNAL, 1_000, START);
    readInto(mapped, 100);
    const saved = mapped.profile();
    assert(saved);
    readInto(mapped, 130);
    mapped.compareWith({ kind: 'file', name: 'in a file', time: START }, AllocationStore.ofSaved(saved, EXTERNAL, RUN, START));
    assert.deepEqual(shown(mapped, 'growth'), ['keep 30']);
  });

  it('is the same when it was saved and opened again', () => {
    const store = newStore();
    reader(store)({ a: [40, 100], b: [2, 3] });
    const profile = store.profile();
    assert(profile);
    const opened = AllocationStore.ofSaved(profile, EXTERNAL, store.run, START);
    assert.deepEqual([shown(opened, 'inUse'), shown(opened, 'allocated')], [shown(store, 'inUse'), shown(store, 'allocated')]);
    assert.deepEqual(opened.profile(), profile);
  });

  for (const seed of [1, 2, 3]) {
    it(`has grown by what a plain table says, whatever comes, goes and is marked (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      const store = newStore();
      const read = reader(store);
      // All in each reading, as a function's place in the profile is its line.
      const names = Array.from({ length: 60 }, (_, index) => `function${index}`);
      let marked: Record<string, number> = {};
      for (let round = 0; round < 60; round++) {
        const now: Record<string, number> = Object.fromEntries(names.map((name) => [name, random.chance(0.5) ? random.integer(1, 1_000) : 0]));
        read(now);
        if (round === 0 || random.chance(0.2)) {
          store.setMark({ kind: 'mark', name: 'then', time: START });
          marked = now;
        }
        const grown = names.map((name) => [name, (now[name] ?? 0) - (marked[name] ?? 0)] as const);
        const view = store.view({ ...DEFAULT_QUERY, measure: 'growth', limit: 1_000 });
        const rows = view.rows.filter(({ kind, self }) => kind === 'site' && self.bytes > 0);
        const text = (entries: readonly (readonly [string, number])[]) => entries.map(([name, bytes]) => `${name} ${bytes}`).sort();
        assert.deepEqual(text(rows.map(({ label, self }) => [label, self.bytes])), text(grown.filter(([, bytes]) => bytes > 0)));
        assert.equal(view.total?.bytes, grown.reduce((total, [, bytes]) => total + bytes, 0));
        for (const { label, isNew } of rows) assert.equal(isNew, marked[label] === 0, `${label} is shown as ${isNew ? 'new' : 'known'}`);
      }
    });
  }
});
