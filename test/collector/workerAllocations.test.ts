/**
 * Allocations of worker threads, whose heap and sampler are their own: what they allocate is found like that of the main thread, and
 * a worker that ends while it is sampled ends as it would have, and ends nothing else.
 */
import assert from 'node:assert/strict';
import { probe, probeWorker, type Probe, type ProbeOptions } from '../helpers/collectorProbe';
import { atFunction, ComparedSites, FINE_INTERVAL, plantedBy, readAllocations as read, SITES } from '../helpers/plantedAllocations';
import { nodeVersions, Program } from '../helpers/program';

/** From here on all allocations are counted without a recording. */
const COUNTS_ALL = 26;
const PLANTS = ['keepObjects', 'dropObjects', 'keepStrings', 'keepMaps', 'keepBuffers'];
const ENDS = ['end', 'fail', 'close', 'terminate', 'exitAll'] as const;

const table = new ComparedSites('site in a worker');

after(() => table.print());

for (const [major, node] of nodeVersions()) {
  describe(`allocations of a worker on Node ${major}`, () => {
    const countsAll = Number(major) >= COUNTS_ALL;
    let program: Program;
    const begin = async () => {
      program = new Program(node, 'plantedAllocations/inWorker.js', { nodeArguments: ['--expose-gc'] });
      await program.event('ready');
    };
    afterEach(() => program.kill());

    it('are found at its functions, and not in the main thread', async () => {
      await begin();
      const probed = await probeWorker(program, { samplingIntervalBytes: FINE_INTERVAL });
      const main = await probe(program, { samplingIntervalBytes: FINE_INTERVAL });
      const before = (await probed.client.collect({}, 10_000)).sample.externalBytes;
      const truth = await plantedBy(program, ...PLANTS);
      await probed.client.collectGarbage(60_000);
      const { profile, run } = await read(probed);
      assert(profile?.inUse);
      assert.equal(run?.mode, countsAll ? 'both' : 'inUse');
      let external = 0;
      for (const plant of truth) {
        external += plant.external;
        table.compare(`${plant.name}, in use`, major, plant.live, atFunction(profile, profile.inUse, plant.name));
        if (profile.allocated) table.compare(`${plant.name}, allocated`, major, plant.allocated, atFunction(profile, profile.allocated, plant.name));
      }
      table.compare('external memory (exact)', major, external, (await probed.client.collect({}, 10_000)).sample.externalBytes - before);
      const mains = (await read(main)).profile;
      assert(mains?.inUse);
      for (const plant of PLANTS) assert.equal(atFunction(mains, mains.inUse, plant), 0, `the main thread has ${plant}`);
    });

    it('are recorded, all of them, beside a recording in the main thread', async () => {
      await begin();
      const probed = await probeWorker(program, { samplingIntervalBytes: FINE_INTERVAL, cumulative: false });
      const main = await probe(program, { samplingIntervalBytes: FINE_INTERVAL, cumulative: false });
      for (const { client } of [probed, main]) await client.recordAllocations(true, SITES.sites, 10_000);
      const truth = await plantedBy(program, 'keepObjects', 'dropObjects');
      const last = await probed.client.recordAllocations(false, SITES.sites, 60_000);
      assert.equal(last.run?.mode, 'recording');
      assert(last.profile?.allocated);
      // Before 26 V8 keeps no books of what is dropped: the two functions make the same objects, and what holds those that are kept is 8 bytes each.
      const kept = truth.find(({ name }) => name === 'keepObjects')?.live ?? 0;
      const dropped = countsAll ? (truth.find(({ name }) => name === 'dropObjects')?.allocated ?? 0) : kept - 8 * 1_500_000;
      table.compare('dropObjects, recorded', major, dropped, atFunction(last.profile, last.profile.allocated, 'dropObjects'));
      const mains = await main.client.recordAllocations(false, SITES.sites, 60_000);
      assert(mains.profile?.allocated);
      assert.equal(atFunction(mains.profile, mains.profile.allocated, 'dropObjects'), 0);
    });

    const runToEnd = async (end: (typeof ENDS)[number], how: ProbeOptions, sample: (probed: Probe) => Promise<unknown>) => {
      await begin();
      const isSampled = how.allocations !== false;
      const probed = await probeWorker(program, { samplingIntervalBytes: FINE_INTERVAL, handles: false, ...how });
      await sample(probed);
      if (end !== 'close') program.tell('churn');
      // A reading may be under way when the worker ends: then it has no answer.
      const reading = isSampled ? read(probed).catch(() => undefined) : undefined;
      program.tell(end);
      const worker = end === 'exitAll' ? null : await program.event<{ code: number }>('workerEnded');
      await reading;
      program.tell('quit');
      return { worker, code: await program.exit(), complaints: program.complaints };
    };
    const alone = new Map<string, Awaited<ReturnType<typeof runToEnd>>>();
    before(async () => {
      for (const end of ENDS) {
        const ended = await runToEnd(end, { allocations: false }, () => Promise.resolve());
        await program.kill();
        assert.equal(ended.code, end === 'exitAll' ? 6 : 5);
        alone.set(end, ended);
      }
    });

    const ways: (readonly [what: string, how: ProbeOptions, sample: (probed: Probe) => Promise<unknown>])[] = [
      ['it is sampled', {}, read],
      ['it is sampled without the addon', { withoutAddon: true }, read],
      ['all is recorded', {}, ({ client }) => client.recordAllocations(true, SITES.sites, 10_000)],
      ...(countsAll ? [['only what is in use is sampled', { cumulative: false }, read] as const] : []),
    ];
    for (const [what, how, sample] of ways) {
      for (const end of ENDS) {
        it(`change nothing about its end while ${what}: ${end}`, async () => assert.deepEqual(await runToEnd(end, how, sample), alone.get(end)));
      }
    }
  });
}
