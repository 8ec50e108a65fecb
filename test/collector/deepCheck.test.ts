/** Awaits that were dropped while pending, found by a check of all promises; and nothing that only looks like one. */
import assert from 'node:assert/strict';
import { frameTexts, lineIn, probe, wholeReading, type Probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';
import { waitFor } from '../helpers/waitFor';
import type { DeepCheckReading } from '../../src/protocol/collector';

for (const [major, node] of nodeVersions()) {
  describe(`deep check on Node ${major}`, () => {
    let program: Program;
    let ready: { readonly count: number; readonly line: number };
    beforeEach(async () => {
      program = new Program(node, 'abandoned.js');
      ready = await program.event('ready');
    });
    afterEach(() => program.kill());

    it('finds 50 of 50 abandoned awaits, and no other', async () => {
      const guest = await probe(program);
      assert.deepEqual(await guest.client.deepCheck('begin', 10_000), { frames: [], abandoned: [], followed: 0, unreadStacks: 0 });
      program.tell('open');
      await program.event('opened');
      const { abandoned, frames, followed } = await endCheck(guest);
      // Half of them are awaited themselves, by a function that went with them.
      const half = ready.count / 2;
      const found = abandoned.map((group) => `${group.count} ${group.label} at ${lineIn('abandoned.js', frames, group)}`);
      assert.deepEqual(found, [`${half} Await at abandoned.js:${ready.line}`, `${half} Await at abandoned.js:${ready.line}`]);
      for (const { stack, estimated } of abandoned) {
        assert.equal(frameTexts(frames, stack)[0], `abandoned abandoned.js:${ready.line}`);
        assert.equal(estimated, false);
      }
      // Each of them made an await at least, and each decoy a promise of its own.
      assert(followed >= ready.count * 5, `${followed} promises followed`);
    });

    it('goes back to the mode before, and finds them again in another check', async () => {
      const guest = await probe(program, { pendingMode: 'off' });
      for (let round = 0; round < 2; round++) {
        await guest.client.deepCheck('begin', 10_000);
        assert.equal((await wholeReading(guest.client)).pending.mode, 'all');
        program.tell('open');
        const openings = () => program.stdout.filter((line) => line.includes('opened')).length;
        await waitFor('the program to have opened all', () => (openings() > round ? true : undefined));
        const { abandoned } = await endCheck(guest);
        assert.equal(abandoned.reduce((sum, { count }) => sum + count, 0), ready.count);
        const { pending, pendingTotal } = await wholeReading(guest.client);
        assert.deepEqual([pending.mode, pending.on, pendingTotal], ['off', false, 0]);
      }
    });
  });
}

/** Reads all stacks, as unread ones keep alive what is looked for, collects garbage, and ends the check. */
async function endCheck({ client, connection }: Probe): Promise<DeepCheckReading> {
  await waitFor('all stacks to be read', async () => ((await client.deepCheck('read', 10_000)).unreadStacks === 0 ? true : undefined));
  for (let round = 0; round < 2; round++) await connection.send('HeapProfiler.collectGarbage', undefined, 10_000);
  return client.deepCheck('end', 10_000);
}
