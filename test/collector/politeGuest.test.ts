/** The user's program must not notice us, and must be as it was once we have left. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { CdpConnection } from '../../src/host/session/cdpConnection';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { ALL_HANDLES, COLLECTOR_BUNDLE, frameTexts, PRELOADED, probe, readingWith, startOptions, type ProbeOptions } from '../helpers/collectorProbe';
import { nodeVersions, Program, ROOT } from '../helpers/program';
import { waitFor } from '../helpers/waitFor';

const FINE: ProbeOptions = { samplingIntervalBytes: 65_536 };

/** What a program can see of us. */
const TRACES = `JSON.stringify({
  collector: typeof globalThis[Symbol.for('bifrost.collector')]?.collector,
  globals: Object.keys(globalThis),
  symbols: Object.getOwnPropertySymbols(globalThis).filter((symbol) => Object.prototype.propertyIsEnumerable.call(globalThis, symbol)).map(String),
  limit: Error.stackTraceLimit,
  prepare: Object.getOwnPropertyNames(Error).includes('prepareStackTrace') && String(Error.prepareStackTrace),
  requests: process.getBuiltinModule('node:diagnostics_channel').hasSubscribers('http.server.request.start'),
  modules: Object.keys(require.cache).filter((name) => name.includes('pprof')),
})
//# sourceURL=test.cdp`;

async function traces(connection: CdpConnection): Promise<unknown> {
  const { result } = await connection.send('Runtime.evaluate', { expression: TRACES, returnByValue: true, includeCommandLineAPI: true }, 10_000);
  return JSON.parse(result.value as string);
}

for (const [major, node] of nodeVersions()) {
  describe(`a polite guest on Node ${major}`, () => {
    let program: Program;
    afterEach(() => program.kill());

    it('changes neither output nor exit code, and keeps no program alive', async () => {
      program = new Program(node, 'shortLife.js', { inspect: false });
      const code = await program.exit();
      const [stdout, stderr] = [program.stdout.join('\n'), program.stderr.join('\n')];

      program = new Program(node, 'shortLife.js', { nodeArguments: ['--inspect-wait=127.0.0.1:0'], inspect: false });
      const connection = await program.connect();
      // As js-debug does: it lets go of a program whose context is gone.
      connection.on('Runtime.executionContextDestroyed', () => connection.close());
      await connection.send('Runtime.enable', undefined, 10_000);
      const client = new CollectorClient(connection, COLLECTOR_BUNDLE);
      await connection.send('Runtime.runIfWaitingForDebugger', undefined, 10_000);
      await waitFor('the program to begin', () => (program.stdout.length > 0 ? true : undefined));
      const hello = await client.inject(10_000);
      await client.start(startOptions(hello, FINE), 10_000);
      await client.collect({ allocations: { sites: 100, force: true }, handles: ALL_HANDLES }, 10_000);

      assert.equal(await program.exit(), code);
      assert.equal(program.stdout.join('\n'), stdout);
      const own = program.stderr.filter((line) => !/^(Debugger|For help|Waiting for the debugger|Warning)/.test(line));
      assert.equal(own.join('\n'), stderr);
    });

    it('leaves nothing behind on stop, and starts again', async () => {
      program = new Program(node, 'knownHandles.js');
      await program.event('ready');
      const outside = await program.connect();
      const before = await traces(outside);
      const { client } = await probe(program);
      program.tell('open');
      await program.event('opened');
      for (let round = 0; round < 3; round++) {
        await client.collectWhole({ allocations: { sites: 100, force: true }, handles: ALL_HANDLES }, 10_000);
        const handles = await readingWith('602 handles', client, ({ total }) => total === 602);
        // What was opened before a start is there, but nobody saw who opened it.
        assert.deepEqual([...new Set(handles.groups.map(({ origin }) => origin))].sort(), round === 0 ? ['known'] : ['earlier']);
        await client.stop(10_000);
        assert.deepEqual(await traces(outside), before);
        await assert.rejects(client.collect({}, 10_000), /collector is gone/);
        const hello = await client.inject(10_000);
        assert.equal(hello.alreadyInjected, false);
        const started = await client.start(startOptions(hello, FINE), 10_000);
        assert.deepEqual(started, { allocations: { on: true }, handles: { on: true } });
      }
      outside.close();
    });

    it('is injected once, however often it is asked', async () => {
      program = new Program(node, 'knownHandles.js');
      await program.event('ready');
      const first = await probe(program);
      assert.equal(first.hello.alreadyInjected, false);
      const second = await probe(program);
      assert.equal(second.hello.alreadyInjected, true);
      program.tell('open');
      await program.event('opened');
      // The program's own print may still have a handle.
      await readingWith('602 handles', second.client, ({ total }) => total === 602);
    });

    it('switches itself off when nobody calls', async () => {
      program = new Program(node, 'startUpHandles.js', { nodeArguments: ['--require', BUSY_TIMERS] });
      await program.event('ready');
      const outside = await program.connect();
      const { client, hello } = await probe(program);
      await client.start(startOptions(hello, { ...FINE, idleLimit: 300 }), 10_000);
      await waitFor('the collector to be gone', async () => {
        const { collector } = (await traces(outside)) as { collector: string };
        return collector === 'undefined' ? true : undefined;
      });
      outside.close();
    });

    it('respects a program’s own stack traces', async () => {
      program = new Program(node, 'ownStacks.js');
      await program.event('ready');
      const { client } = await probe(program);
      program.tell('open');
      await program.event('opened');
      const { handles } = await client.collectWhole({ handles: ALL_HANDLES }, 10_000);
      const timer = handles?.groups.find(({ label }) => label === 'Timer');
      assert(handles && timer);
      assert(frameTexts(handles.frames, timer.stack).includes('openMine ownStacks.js:8'));
      program.tell('report');
      const report = await program.event<{ limit: number; stack: string; keys: string[] }>('report');
      assert.deepEqual([report.limit, report.stack], [3, 'mine: 3']);
      assert.deepEqual(report.keys, ['value', 'writable', 'enumerable', 'configurable']);
    });

    it('may ask at any moment, also while a file is just being opened', async () => {
      // The debugger interrupts the program between any two steps, also within Node's constructor of a file handle: what is
      // only half made ended the process when it was asked for its number.
      program = new Program(node, 'opensFiles.js', { nodeArguments: PRELOADED });
      await program.event('ready');
      const { client } = await probe(program);
      for (let round = 0; round < 400; round++) await client.collect({ handles: ALL_HANDLES }, 10_000);
      const { handles } = await client.collectWhole({ handles: ALL_HANDLES }, 10_000);
      assert(handles?.groups.some(({ label }) => label === 'File system call' || label === 'File handle'));
    });

    it('answers while the program never gives the event loop a turn', async () => {
      program = new Program(node, 'busyLoop.js');
      await program.event('ready');
      const { client } = await probe(program);
      program.tell('spin');
      await program.event('spinning');
      for (let round = 0; round < 3; round++) {
        const { sample } = await client.collect({ handles: ALL_HANDLES }, 10_000);
        assert(sample.usedHeapBytes > 0);
      }
    });

    it('works without addons, samples the heap over the inspector, and says so', async () => {
      program = new Program(node, 'knownHandles.js', { nodeArguments: ['--no-addons'] });
      await program.event('ready');
      const { client, started } = await probe(program);
      assert.deepEqual(started.handles, { on: true });
      assert.deepEqual(started.allocations, { on: true });
      program.tell('open');
      await program.event('opened');
      // What the program prints is a handle of its own for a moment.
      await readingWith('602 handles', client, ({ total }) => total === 602);
      const { allocations } = await client.collect({ allocations: { sites: 10, force: true } }, 10_000);
      assert.match(allocations?.run?.reason ?? '', /could not be loaded/);
      assert(allocations?.profile?.inUse, 'nothing was read');
    });

    it('finds creation lines with --frozen-intrinsics too', async () => {
      program = new Program(node, 'knownHandles.js', { nodeArguments: ['--frozen-intrinsics'] });
      await program.event('ready');
      const { client } = await probe(program);
      program.tell('open');
      await program.event('opened');
      const { handles } = await client.collectWhole({ handles: ALL_HANDLES }, 10_000);
      const timers = handles?.groups.find(({ label, count }) => label === 'Timer' && count === 200);
      assert(handles && timers);
      assert(frameTexts(handles.frames, timers.stack).includes('openTimers knownHandles.js:16'));
    });

    it('preloaded, knows the handles of the program’s start', async () => {
      program = new Program(node, 'startUpHandles.js', { nodeArguments: PRELOADED });
      await program.event('ready');
      const { client, hello } = await probe(program);
      assert.equal(hello.alreadyInjected, true);
      const { handles } = await client.collectWhole({ handles: ALL_HANDLES }, 10_000);
      assert(handles);
      const rows = handles.groups.map(({ label, category, stack }) => {
        const own = frameTexts(handles.frames, stack).find((frame) => frame.includes('startUpHandles.js'));
        return `${label}, ${category}:${own ?? ' no line'}`;
      });
      assert.deepEqual(rows.filter((row) => !row.startsWith('Pipe')).sort(), [
        'Interval, background: startUpHandles.js:6',
        'TCP server, background: startUpHandles.js:5',
      ]);
    });
  });
}

/** Opens handles all the time: the collector looks for its host from within the program's own work. */
const BUSY_TIMERS = path.join(ROOT, 'test', 'fixtures', 'busyTimers.cjs');
