import assert from 'node:assert/strict';
import { ALL_HANDLES, frameTexts, probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';

/** 50 MiB are some 800 samples: a standard deviation of 4%, where the default of 512 KiB has 10%. */
const FINE_INTERVAL = 64 * 1024;
const SITES = { allocationSites: 1000 };

for (const [major, node] of nodeVersions()) {
  describe(`allocations on Node ${major}`, () => {
    let program: Program;
    beforeEach(() => {
      program = new Program(node, 'knownHeap.js', { nodeArguments: ['--expose-gc'] });
    });
    afterEach(() => program.kill());

    it('leaves out what the collector itself allocates', async () => {
      await program.event('ready');
      const { client } = await probe(program, { samplingIntervalBytes: 8 * 1024 });
      for (let round = 0; round < 50; round++) await client.collect({ ...SITES, handles: ALL_HANDLES }, 10_000);
      const { allocations } = await client.collect(SITES, 10_000);
      assert(allocations);
      const scripts = allocations.inUse.map(({ stack }) => stack.map((index) => allocations.frames[index]?.url ?? '').find((url) => url !== '' && !url.startsWith('node:')));
      assert.deepEqual(scripts.filter((url) => url?.endsWith('.cdp')), []);
    });

    it('finds a live array of 50 MiB at the function that allocates it, within 15%', async () => {
      await program.event('ready');
      const { client, started } = await probe(program, { samplingIntervalBytes: FINE_INTERVAL });
      assert.deepEqual(started.allocations, { on: true });
      program.tell('allocate');
      const { bytes } = await program.event<{ bytes: number }>('allocated');
      program.tell('collect');
      await program.event('collected');

      const { allocations, sample } = await client.collect(SITES, 10_000);
      assert(allocations);
      const at = (name: string) =>
        allocations.inUse
          .filter(({ stack }) => frameTexts(allocations.frames, stack).some((frame) => frame.startsWith(`${name} knownHeap.js`)))
          .reduce((sum, site) => sum + site.bytes, 0);
      const ratio = at('keepFiftyMegabytes') / bytes;
      assert(Math.abs(ratio - 1) < 0.15, `live bytes are ${ratio.toFixed(3)} of the truth`);
      assert(at('dropFiftyMegabytes') < bytes * 0.05, `dropped memory still shows: ${at('dropFiftyMegabytes')}`);
      assert.equal(frameTexts(allocations.frames, allocations.inUse[0]?.stack ?? []).at(0), 'keepFiftyMegabytes knownHeap.js:8');
      // Both arrays were allocated, live or not.
      assert((sample.totalAllocatedBytes ?? 0) > 1.9 * bytes, `total allocated is ${String(sample.totalAllocatedBytes)}`);
      assert((sample.totalAllocatedBytes ?? 0) < 2.6 * bytes, `total allocated is ${String(sample.totalAllocatedBytes)}`);
    });
  });
}
