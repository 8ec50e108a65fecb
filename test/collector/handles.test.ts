import assert from 'node:assert/strict';
import { ALL_HANDLES, frameTexts, probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';

for (const [major, node] of nodeVersions()) {
  describe(`handles on Node ${major}`, () => {
    let program: Program;
    beforeEach(() => {
      program = new Program(node, 'knownHandles.js');
    });
    afterEach(() => program.kill());

    it('groups 200 sockets and 200 timers at their exact lines', async () => {
      await program.event('ready');
      const { client, started } = await probe(program);
      assert.deepEqual(started.handles, { on: true });
      program.tell('open');
      await program.event('opened');

      const { handles } = await client.collectWhole({ handles: ALL_HANDLES }, 10_000);
      assert(handles);
      const rows = handles.groups.map((group) => {
        const own = frameTexts(handles.frames, group.stack).find((frame) => frame.includes('knownHandles.js'));
        const cause = frameTexts(handles.frames, group.causeStack).find((frame) => frame.includes('knownHandles.js'));
        return `${group.count} ${group.label}, ${group.state}, ${group.category}: ${own ?? `caused by ${cause ?? 'nothing known'}`}`;
      });
      assert.deepEqual(rows.sort(), [
        '1 Interval, repeating, background: Heartbeat.start knownHandles.js:25',
        '1 TCP server, listening, background: open knownHandles.js:30',
        '200 TCP socket, open, unknown: caused by open knownHandles.js:30',
        '200 TCP socket, open, unknown: openSockets knownHandles.js:12',
        '200 Timer, scheduled, unknown: openTimers knownHandles.js:16',
      ]);
      assert.equal(handles.total, 602);
      assert.equal(handles.total, handles.groups.reduce((sum, group) => sum + group.count, 0));
    });

    it('knows who called listen(), also with a host, which Node looks up first', async () => {
      await program.kill();
      program = new Program(node, 'listensWithHost.js');
      await program.event('ready');
      const { client } = await probe(program);
      program.tell('listen');
      await program.event('listening');
      const { handles } = await client.collectWhole({ handles: ALL_HANDLES }, 10_000);
      assert(handles);
      const callers = handles.groups
        .filter(({ label }) => label === 'TCP server')
        .map(({ stack, causeStack }) => frameTexts(handles.frames, [...stack, ...causeStack]).find((frame) => frame.includes('listensWithHost.js')));
      assert.deepEqual(callers.sort(), ['onAddress listensWithHost.js:7', 'onAnything listensWithHost.js:15', 'onName listensWithHost.js:11']);
    });
  });
}
