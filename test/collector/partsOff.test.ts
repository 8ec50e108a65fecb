/** Parts that the user has turned off: they say so, and their hooks are not there. */
import assert from 'node:assert/strict';
import { ALL_HANDLES, PRELOADED, probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';

for (const [major, node] of nodeVersions()) {
  describe(`parts that are off on Node ${major}`, () => {
    // Preloaded, handles were tracked before the host could say that they are not wanted.
    for (const nodeArguments of [[], PRELOADED]) {
      it(`say so, ${nodeArguments.length > 0 ? 'preloaded' : 'injected late'}`, async () => {
        const program = new Program(node, 'knownHandles.js', { nodeArguments });
        try {
          await program.event('ready');
          const { client, started } = await probe(program, { allocations: false, handles: false, pendingMode: 'off' });
          program.tell('open');
          await program.event('opened');
          const { sample, allocations, handles } = await client.collect({ allocations: { sites: 50, force: true }, handles: ALL_HANDLES }, 10_000);
          assert.deepEqual(started.allocations, { on: false, reason: 'Allocations are not sampled: bifrost.allocations.enabled is off.' });
          assert.deepEqual(started.handles, { on: false, reason: 'Open handles are not tracked: bifrost.handles.enabled is off.' });
          assert.deepEqual([allocations?.state, allocations?.profile], [started.allocations, null]);
          assert.deepEqual([handles?.state, handles?.groups], [started.handles, []]);
          assert.equal(sample.openHandles, null);
          assert(sample.usedHeapBytes > 0);
          await assert.rejects(client.recordAllocations(true, 50, 10_000), /turn on bifrost\.allocations\.enabled/);
        } finally {
          await program.kill();
        }
      });
    }
  });
}
