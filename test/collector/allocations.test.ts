/** What the samplers tell of programs whose allocations are known. The table of truth, Bifrost and ratio is printed. */
import assert from 'node:assert/strict';
import { AllocationStore, DEFAULT_QUERY } from '../../src/host/session/allocationStore';
import { ALL_HANDLES, probe, type Probe, type ProbeOptions } from '../helpers/collectorProbe';
import { amountAt, atFunction, ComparedSites, FINE_INTERVAL, PLANTED_WITHIN, plantedBy, readAllocations as read, SITES, sites, WITHIN } from '../helpers/plantedAllocations';
import { nodeVersions, Program } from '../helpers/program';
import type { RawFrame } from '../../src/protocol/frames';

/** Recorded with what it allocated itself from 26 on, where V8 keeps books of all allocations. */
const COUNTS_ALL = 26;
/** How many objects the two functions make that make the same ones. */
const OBJECTS = 1_500_000;

const table = new ComparedSites('site');

after(() => table.print());

for (const [major, node] of nodeVersions()) {
  describe(`allocations on Node ${major}`, () => {
    const countsAll = Number(major) >= COUNTS_ALL;
    let program: Program;
    const begin = async (options: ProbeOptions, nodeArguments: readonly string[] = []): Promise<Probe> => {
      program = new Program(node, 'plantedAllocations/main.js', { nodeArguments: ['--expose-gc', '--max-old-space-size=4096', ...nodeArguments] });
      await program.event('ready');
      return probe(program, { samplingIntervalBytes: FINE_INTERVAL, ...options });
    };
    afterEach(() => program.kill());

    it('leaves out what the collector itself allocates', async () => {
      const probed = await begin({ samplingIntervalBytes: 8 * 1024 });
      for (let round = 0; round < 50; round++) await probed.client.collect({ allocations: SITES, handles: ALL_HANDLES }, 10_000);
      const { profile } = await read(probed);
      assert(profile);
      assert.deepEqual(sites(profile).filter((site) => site.script.endsWith('.cdp')), []);
    });

    it('is read where V8 tells places before the begin of a file, of what a test runner compiles before it', async () => {
      program = new Program(node, 'compiledWithOffset.js');
      await program.event('ready');
      const { client } = await probe(program, { samplingIntervalBytes: FINE_INTERVAL });
      program.tell('keep');
      await program.event('kept');
      const { allocations, handles } = await client.collect({ allocations: SITES, handles: ALL_HANDLES }, 10_000);
      const places = (frames: readonly RawFrame[]) => frames.filter(({ url }) => url.endsWith('tested.js')).map(({ functionName, line, column }) => ({ functionName, line, column }));
      assert.deepEqual(
        places(allocations?.profile?.frames ?? []).sort((a, b) => a.line - b.line),
        [{ functionName: 'prepare', line: 1, column: 0 }, { functionName: 'keep', line: 2, column: 32 }],
      );
      assert.deepEqual(places(handles?.frames ?? []), [{ functionName: 'prepare', line: 1, column: 0 }]);
    });

    it(`finds planted allocations at their functions, within ${WITHIN * 100}%`, async () => {
      const probed = await begin({});
      const { profile: beforePlanting } = await read(probed);
      const { externalBytes: externalBefore } = await sampleOf(probed);
      const truth = await plantedBy(program);
      await probed.client.collectGarbage(60_000);
      const { profile, run, state } = await read(probed);
      assert.deepEqual(state, { on: true });
      assert(profile?.inUse && beforePlanting?.inUse);
      assert.equal(run?.mode, countsAll ? 'both' : 'inUse');

      let external = 0;
      for (const { name, live, allocated, external: outside } of truth) {
        external += outside;
        table.compare(`${name}, in use`, major, live, atFunction(profile, profile.inUse, name));
        if (profile.allocated) table.compare(`${name}, allocated`, major, allocated, atFunction(profile, profile.allocated, name));
      }
      const dropped = atFunction(profile, profile.inUse, 'dropObjects');
      assert(dropped < 1024 * 1024, `after a collection ${dropped} dropped bytes still show`);
      const { externalBytes } = await sampleOf(probed);
      table.compare('external memory (exact)', major, external, externalBytes - externalBefore);
    });

    it('records all allocations over the inspector, and goes back to what is in use', async () => {
      const probed = await begin({ cumulative: false });
      assert.equal((await read(probed)).run?.mode, 'inUse');
      await probed.client.recordAllocations(true, SITES.sites, 10_000);
      const truth = await plantedBy(program, 'keepObjects', 'dropObjects');
      const live = await read(probed);
      assert.equal(live.run?.mode, 'recording');
      assert.equal(live.profile?.inUse, null);
      const last = await probed.client.recordAllocations(false, SITES.sites, 60_000);
      assert.equal(last.run?.isLast, true);
      assert(last.profile?.allocated);
      // The objects are those of keepObjects, as many; what holds those is 8 bytes each.
      const kept = truth.find(({ name }) => name === 'keepObjects');
      assert(kept);
      table.compare('dropObjects, recorded', major, kept.live - 8 * OBJECTS, atFunction(last.profile, last.profile.allocated, 'dropObjects'));
      // Each is an object, an array and the array's elements, which compiled code allocates in one.
      const { count } = amountAt(last.profile, last.profile.allocated, 'dropObjects');
      assert(count > 0.9 * OBJECTS && count < 3.3 * OBJECTS, `${count} objects instead of one to three times ${OBJECTS}`);
      const after = await read(probed);
      assert.equal(after.run?.mode, 'inUse');
      assert(after.run.epoch > live.run.epoch);
    });

    it('finds what is in use without the native sampler, when somebody asks', async () => {
      const probed = await begin({ withoutAddon: true });
      const unasked = await probed.client.collect({ allocations: { ...SITES, force: false } }, 10_000);
      assert.equal(unasked.allocations?.profile === null, !countsAll);
      const truth = await plantedBy(program, 'keepObjects');
      await probed.client.collectGarbage(60_000);
      const { profile, run } = await read(probed);
      assert(profile?.inUse && run);
      assert.equal(run.mode, countsAll ? 'inUse' : 'onDemand');
      assert.match(run.reason, /^The native heap sampler is not used, as there is none/);
      const { live } = truth.find(({ name }) => name === 'keepObjects') ?? { live: 0 };
      table.compare('keepObjects, without the addon', major, live, atFunction(profile, profile.inUse, 'keepObjects'));
    });

    it('has what was leaked since the mark as the first row of what has grown', async () => {
      const probed = await begin({});
      const store = new AllocationStore(({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: 'user' }));
      const readInto = async (time: number) => {
        await probed.client.collectGarbage(60_000);
        store.add(await read(probed), { arrayBufferBytes: 0, otherExternalBytes: 0 }, 0, time);
      };
      program.tell('prepare');
      await program.event('prepared');
      await readInto(1);
      store.setMark({ kind: 'mark', name: 'at the mark', time: 1 });
      program.tell('leak');
      const { bytes } = await program.event<{ bytes: number }>('leaked', PLANTED_WITHIN);
      await readInto(2);
      const { rows } = store.view({ ...DEFAULT_QUERY, grouping: 'functions', measure: 'growth' });
      assert.equal(rows[0]?.label, 'keepOrders', rows.map(({ label, self }) => `${label} ${self.bytes}`).join(', '));
      table.compare('leaked since the mark', major, bytes, rows[0].self.bytes);
      const dropped = rows.find(({ label }) => label === 'dropOrders')?.self.bytes ?? 0;
      assert(dropped < bytes / 100, `${dropped} dropped bytes show as grown`);
    });

    it('says that somebody else stopped the sampler, and starts it again', async () => {
      const probed = await begin({});
      const { run } = await read(probed);
      await probed.connection.send('HeapProfiler.stopSampling', undefined, 10_000);
      const lost = await read(probed);
      assert.match(lost.state.on ? '' : lost.state.reason, /Another tool stopped/);
      const again = await read(probed);
      assert.deepEqual(again.state, { on: true });
      assert.equal(again.run?.epoch, (run?.epoch ?? 0) + 1);
      assert(again.profile);
    });

    it('leaves a sampler alone that was there before', async () => {
      program = new Program(node, 'plantedAllocations/main.js', { nodeArguments: ['--expose-gc'] });
      await program.event('ready');
      const other = await program.connect();
      await other.send('HeapProfiler.startSampling', { samplingInterval: 32_768 }, 10_000);
      const probed = await probe(program);
      const { state, profile } = await read(probed);
      assert.match(state.on ? '' : state.reason, /Another heap profiler is running/);
      assert.equal(profile, null);
      await probed.client.stop(10_000);
      const theirs = (await other.send('HeapProfiler.stopSampling', undefined, 10_000)) as { profile?: { samples?: unknown[] } };
      assert((theirs.profile?.samples?.length ?? 0) > 0, 'their profile has no samples');
    });
  });
}

async function sampleOf({ client }: Probe) {
  return (await client.collect({}, 10_000)).sample;
}
