/** A program that the debugger holds at the very end of its stack. */
import assert from 'node:assert/strict';
import { probe } from '../helpers/collectorProbe';
import { watchHold } from '../helpers/heldProgram';
import { nodeVersions, Program } from '../helpers/program';

const TIMEOUT = 10_000;

for (const [major, node] of nodeVersions()) {
  describe(`a program at the end of its stack on Node ${major}`, () => {
    let program: Program;
    afterEach(() => program.kill());

    it('says that nothing can be asked there, and is read when it has gone on', async () => {
      program = new Program(node, 'fillsItsStack.js');
      await program.event('ready');
      const { client, connection } = await probe(program, {});
      const held = await watchHold(connection);
      program.tell('fill');
      await held();
      await assert.rejects(client.collect({}, TIMEOUT), { code: 'noRoom' });

      await connection.send('Debugger.disable', undefined, TIMEOUT);
      await program.event('back');
      const { sample } = await client.collect({}, TIMEOUT);
      assert(sample.usedHeapBytes > 0);
      assert.equal(program.complaints, '');
    });
  });
}
