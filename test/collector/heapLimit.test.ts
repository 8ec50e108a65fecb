/**
 * A program that runs out of heap under a debugger is not lost at once: V8 holds it, as if at a breakpoint, and gives it a
 * few times as much heap. There its allocations can be read; no callback of ours is needed, which would take the place of
 * V8's own: with the native sampler's, Node 24 was never held. Once it goes on, Node 20 may take a minute to die, with Bifrost
 * or without.
 */
import assert from 'node:assert/strict';
import type { CollectorClient } from '../../src/host/session/collectorClient';
import { probe } from '../helpers/collectorProbe';
import { watchHold } from '../helpers/heldProgram';
import { nodeVersions, Program } from '../helpers/program';

const SMALL_HEAP = ['--max-old-space-size=64'];
const LIMIT_BYTES = 64 * 1024 * 1024;

/** V8 does not hold two in ten of them before they die: the chance that it holds none of so many is below one in 10,000. */
const PROGRAMS_UNTIL_HELD = 6;

for (const [major, node] of nodeVersions()) {
  describe(`a program that runs out of heap on Node ${major}`, () => {
    let program: Program;
    afterEach(() => program.kill());

    const untilHeld = async (): Promise<CollectorClient> => {
      for (let tries = 1; tries <= PROGRAMS_UNTIL_HELD; tries++) {
        program = new Program(node, 'leaksToDeath.js', { nodeArguments: SMALL_HEAP });
        await program.event('ready');
        const { client, connection } = await probe(program, { samplingIntervalBytes: 64 * 1024 });
        const held = await watchHold(connection);
        program.tell('leak');
        if ((await held()) === 'OOM') return client;
        await program.kill();
      }
      throw new Error(`V8 held none of ${PROGRAMS_UNTIL_HELD} programs that ran out of heap.`);
    };

    it('can be read while the debugger holds it', async () => {
      const client = await untilHeld();

      const { allocations, sample } = await client.collect({ allocations: { sites: 1000, force: true } }, 30_000);
      assert(sample.usedHeapBytes > 0.8 * LIMIT_BYTES, `only ${sample.usedHeapBytes} bytes are in use`);
      const profile = allocations?.profile;
      assert(profile?.inUse);
      let kept = 0;
      for (const [node_, bytes] of profile.inUse.bytes.entries()) {
        if (profile.frames[profile.frameOf[node_] ?? -1]?.functionName === 'keepMore') kept += bytes;
      }
      assert(kept > 0.5 * LIMIT_BYTES, `keepMore holds ${kept} bytes`);
      assert.equal(program.complaints, '');
    });
  });
}
