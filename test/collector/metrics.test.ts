import assert from 'node:assert/strict';
import { cpuUsage } from '../../src/model/cpuUsage';
import { probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';
import { waitFor } from '../helpers/waitFor';

for (const [major, node] of nodeVersions()) {
  describe(`metrics on Node ${major}`, () => {
    let program: Program;
    beforeEach(() => {
      program = new Program(node, 'knownLoad.js', { nodeArguments: ['--expose-gc'], env: { UV_THREADPOOL_SIZE: '7' } });
    });
    afterEach(() => program.kill());

    it('sees a second of one busy CPU, a blocked loop and three collections', async () => {
      await program.event('ready');
      const { client } = await probe(program);
      const { sample: before } = await client.collect({}, 10_000);
      program.tell('burn 1000');
      await program.event('burn done');
      const { sample: after } = await client.collect({}, 10_000);

      const { percent, userSeconds, systemSeconds } = cpuUsage(before, after);
      // The machine may give the program less than a whole CPU, never more than it burned.
      assert(percent !== null && percent > 30 && percent < 125, `${percent ?? 'unknown'}% CPU`);
      const seconds = (userSeconds ?? 0) + (systemSeconds ?? 0);
      assert(seconds > 0.3 && seconds < 2, `${seconds} s`);
      assert(after.loopUtilization > 0.5 && after.loopUtilization <= 1, `utilisation ${after.loopUtilization}`);
      // The loop's lateness is known once it has turned again, and a collection once Node has told of it from the loop.
      const delays = [after.loopDelayMax ?? 0];
      await waitFor(
        () => `a loop delay above 500 ms: at most ${Math.max(...delays)} in ${delays.length} samples`,
        async () => {
          delays.push((await client.collect({}, 10_000)).sample.loopDelayMax ?? 0);
          return Math.max(...delays) > 500 ? true : undefined;
        },
      );

      program.tell('collect 3');
      await program.event('collect done');
      const collected = await waitFor('three collections', async () => {
        const { sample } = await client.collect({}, 10_000);
        return sample.gcCount >= after.gcCount + 3 ? sample : undefined;
      });
      assert(collected.gcTotalPause > after.gcTotalPause && collected.gcLastPause > 0);
    });

    it('reads memory as the process itself does', async () => {
      await program.event('ready');
      const { client } = await probe(program);
      const { sample } = await client.collect({}, 10_000);
      assert(sample.usedHeapBytes > 1e6 && sample.usedHeapBytes <= sample.committedHeapBytes);
      assert(sample.committedHeapBytes < sample.heapLimitBytes);
      assert(sample.rssBytes > sample.usedHeapBytes);
      assert((sample.totalAllocatedBytes ?? 0) >= sample.usedHeapBytes * 0.9);
      assert.equal(sample.totalAllocatedIsEstimate, Number(major) < 26);
      assert.equal(sample.threadPoolSize, 7);
      assert(sample.cpuCount >= 1);
    });
  });
}
