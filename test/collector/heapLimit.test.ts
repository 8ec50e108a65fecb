/**
 * A program that runs out of heap under a debugger is not lost at once: V8 holds it, as if at a breakpoint, and gives it a
 * few times as much heap. There its allocations can be read; no callback of ours is needed, which would take the place of
 * V8's own: with the native sampler's, Node 24 was never held. Once it goes on, Node 20 may take a minute to die, with Bifrost
 * or without.
 */
import assert from 'node:assert/strict';
import type { CdpConnection } from '../../src/host/session/cdpConnection';
import { probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';

const SMALL_HEAP = ['--max-old-space-size=64'];
const LIMIT_BYTES = 64 * 1024 * 1024;

function pausedFor(connection: CdpConnection): Promise<string> {
  return new Promise((resolve) => connection.on('Debugger.paused', ({ reason }) => resolve(reason)));
}

for (const [major, node] of nodeVersions()) {
  describe(`a program that runs out of heap on Node ${major}`, () => {
    let program: Program;
    afterEach(() => program.kill());

    it('can be read while the debugger holds it', async () => {
      program = new Program(node, 'leaksToDeath.js', { nodeArguments: SMALL_HEAP });
      await program.event('ready');
      const { client, connection } = await probe(program, { samplingIntervalBytes: 64 * 1024 });
      const paused = pausedFor(connection);
      await connection.send('Debugger.enable', {}, 10_000);
      program.tell('leak');
      assert.equal(await paused, 'OOM');

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
