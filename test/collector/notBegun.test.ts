/** A program that waits for its debugger before its first line, as a worker under js-debug does, while it is asked already. */
import assert from 'node:assert/strict';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { COLLECTOR_BUNDLE, startOptions, wholeReading } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';

const TIMEOUT = 10_000;
const WAITING = { nodeArguments: ['--inspect-wait=127.0.0.1:0'], inspect: false };

for (const [major, node] of nodeVersions()) {
  describe(`a program that has not begun on Node ${major}`, () => {
    let program: Program;
    afterEach(() => program.kill());

    it('is profiled from its begin on, without a trace of the attempt before', async () => {
      program = new Program(node, 'knownHandles.js', WAITING);
      const connection = await program.connect();
      await connection.send('Runtime.enable', undefined, TIMEOUT);
      const client = new CollectorClient(connection, COLLECTOR_BUNDLE);
      let isFound = false;
      const injected = client.inject(TIMEOUT).finally(() => (isFound = true));
      // The program answers in turn: when these are answered, so is the first attempt.
      const look = { expression: `typeof globalThis[Symbol.for('bifrost.collector')]`, returnByValue: true };
      await connection.send('Runtime.evaluate', look, TIMEOUT);
      assert.equal((await connection.send('Runtime.evaluate', look, TIMEOUT)).result.value, 'undefined');
      assert.equal(isFound, false);

      await connection.send('Runtime.runIfWaitingForDebugger', undefined, TIMEOUT);
      const hello = await injected;
      assert.deepEqual([hello.pid, hello.alreadyInjected], [program.pid, false]);
      await program.event('ready');
      await client.start(startOptions(hello, {}), TIMEOUT);
      program.tell('open');
      await program.event('opened');
      const { total } = await wholeReading(client);
      assert(total >= 400, `${total} handles`);
      assert.equal(program.complaints, '');
    });
  });
}
