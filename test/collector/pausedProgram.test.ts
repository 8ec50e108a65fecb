/** A program that the debugger holds answers as one that runs. */
import assert from 'node:assert/strict';
import { ALL_HANDLES, probe } from '../helpers/collectorProbe';
import { watchHold } from '../helpers/heldProgram';
import { nodeVersions, Program } from '../helpers/program';

/** Where hooks of callbacks are on, which js-debug's are, Node calls through functions of the file of its hooks. */
const PAUSES: readonly [where: string, expression: string][] = [
  ['an immediate', 'setImmediate(() => { debugger; })'],
  ['a native callback', "process.getBuiltinModule('fs').stat('.', () => { debugger; })"],
  [
    'a look-up of its own',
    "setImmediate(() => process.getBuiltinModule('net').connect({ port: 1, host: 'localhost', lookup: () => { debugger; } }).on('error', () => {}))",
  ],
];

for (const [major, node] of nodeVersions()) {
  describe(`a paused program on Node ${major}`, () => {
    for (const [where, expression] of PAUSES) it(`has all its stacks read in ${where}`, async () => {
      const program = new Program(node, 'knownHandles.js');
      try {
        await program.event('ready');
        const { client, connection } = await probe(program);
        program.tell('open');
        await program.event('opened');
        const held = await watchHold(connection);
        // As js-debug does.
        await connection.send('Debugger.setAsyncCallStackDepth', { maxDepth: 32 }, 10_000);
        await connection.send('Runtime.evaluate', { expression: `${expression}\n//# sourceURL=test.cdp` }, 10_000);
        await held();
        const { unreadStacks } = (await client.collect({ handles: ALL_HANDLES }, 10_000)).handles ?? {};
        const { handles } = await client.collectWhole({ handles: ALL_HANDLES }, 5_000);
        assert.equal(handles?.unreadStacks, 0, `${unreadStacks} unread before`);
      } finally {
        await program.kill();
      }
    });
  });
}
