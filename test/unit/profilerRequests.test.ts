import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ProfilerRequests } from '../../src/host/export/profilerRequests';
import { PAGE_MISSING } from '../../src/model/pageTexts';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { Profiler } from '../../src/host/session/profiler';
import { CdpServer, evaluated } from '../helpers/cdpServer';
import { commandOf, goodProgram } from '../helpers/collectorReplies';
import { debugSession, FakeDebug } from '../helpers/fakeDebug';
import { recordedPage } from '../helpers/pageReplies';
import { SETTINGS } from '../helpers/settings';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('ProfilerRequests', () => {
  let server: CdpServer;
  let debug: FakeDebug;
  let profiler: Profiler;
  let requests: ProfilerRequests;

  beforeEach(async () => {
    server = await CdpServer.listen(goodProgram);
    debug = new FakeDebug();
    const settings = () => ({ ...SETTINGS, deepCheckTime: 20 });
    profiler = new Profiler(debug, () => Promise.resolve(server.address), { collectorBundle: 'x', addonPackage: 'no-package', sourceMaps: new FileSourceMaps(), settings, isTrusted: () => true, log });
    requests = new ProfilerRequests(profiler, settings);
    debug.start(debugSession('app', { isTarget: true }));
  });
  afterEach(async () => {
    await profiler.dispose();
    await server.close();
  });

  it('mark what they read, and give the session', async () => {
    await requests.start();
    assert.equal((await requests.markNow()).id, 'app');
    const { groups } = await requests.getHandles();
    assert.deepEqual(groups.map(({ since_mark }) => since_mark), [0]);
  });

  it('make a deep check for as long as the setting says, or as is asked for', async () => {
    await requests.start();
    assert.deepEqual([(await requests.deepCheck('app', {})).seconds, (await requests.deepCheck(undefined, { seconds: 1 })).seconds], [0.02, 1]);
    const report = await requests.deepCheck(undefined, {});
    assert.deepEqual([report.session.id, report.abandoned_total, report.promises_followed], ['app', 3, 1200]);
  });

  it('refuse a deep check of a time that makes no sense', async () => {
    await requests.start();
    for (const seconds of [0, -1, 0.5, 601, Number.NaN, Infinity, '5' as never, null as never]) {
      await assert.rejects(requests.deepCheck('app', { seconds }), /^Error: A deep check takes 1 to 600 seconds\.$/);
    }
  });

  it('say in one sentence why there is nothing', async () => {
    await assert.rejects(requests.markNow(), /“Session app” is not being profiled: start profiling first\./);
    await assert.rejects(requests.deepCheck('app', {}), /“Session app” is not being profiled: start profiling first\./);
    await assert.rejects(requests.deepCheck('nobody', {}), /There is no such debug session/);
  });

  it('say in one sentence why a session of another debugger has nothing', async () => {
    const python = debug.start(debugSession('flask', { type: 'debugpy' }));
    await assert.rejects(requests.start('flask'), /^Error: “Session flask” \(debugpy\) can’t be profiled: Bifrost reads programs through VS Code’s JavaScript debugger, .+\.$/);
    debug.end(python);
    await assert.rejects(requests.start('flask'), /There is no such debug session/);
  });

  describe('of a page', () => {
    beforeEach(async () => {
      server.respond = recordedPage();
      debug.start(debugSession('page', { type: 'pwa-chrome', isTarget: true }));
      await requests.start('page');
    });

    it('give its figures, null for what the browser does not tell, and say why', async () => {
      const { memory, cpu, runtime, dom, notes } = await requests.getProfile('page');
      assert.ok(memory.alloc > 0 && memory.heap_inuse >= memory.alloc && (memory.heap_limit ?? 0) > memory.heap_inuse);
      assert.deepEqual([memory.sys, memory.external, memory.total_alloc, cpu.user_time, runtime.num_gc, runtime.num_goroutine, runtime.num_cpu], [null, null, null, null, null, null, null]);
      assert.ok(dom !== null && dom.nodes > 0);
      for (const reason of ['rss', 'collections', 'handles', 'cumulative'] as const) assert.ok(notes.includes(PAGE_MISSING[reason]), `${reason} is not among ${notes.join()}`);
      assert.equal(new Set(notes).size, notes.length, 'a note is there twice');
    });

    it('have no handles, and say why', async () => {
      const { total_goroutines, total_pending, groups, summary, notes } = await requests.getHandles('page', { raw: false });
      assert.deepEqual([total_goroutines, total_pending, groups, summary.potentially_stuck], [null, null, [], null]);
      assert.deepEqual(notes, [PAGE_MISSING.handles, PAGE_MISSING.pending]);
    });

    it('are refused with a sentence where they need what is not there', async () => {
      const sentence = (text: string) => (error: unknown) => error instanceof Error && error.message === text;
      await assert.rejects(requests.getDump('page'), sentence(PAGE_MISSING.rawDump));
      await assert.rejects(requests.getHandles('page', { raw: true }), sentence(PAGE_MISSING.rawDump));
      await assert.rejects(requests.deepCheck('page', {}), sentence(PAGE_MISSING.deepCheck));
      await assert.rejects(requests.recordAllocations(true, 'page'), sentence(PAGE_MISSING.recording));
    });
  });

  it('say in one sentence what failed', async () => {
    await requests.start();
    const garbage = 'garbage';
    server.respond = (request) => (request.method === 'Runtime.evaluate' && commandOf(request).command === 'deepCheck' ? evaluated(request, garbage) : goodProgram(request));
    await assert.rejects(requests.deepCheck('app', {}), /^Error: The program answers with data that Bifrost does not understand/);
  });
});
