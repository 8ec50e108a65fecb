import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { PAGE_MISSING, PAGE_SAMPLER_LOST, PAGE_SAMPLER_TAKEN, PAGE_SAMPLING_OFF, WORKER_MISSING } from '../../src/model/pageTexts';
import { CdpConnection } from '../../src/host/session/cdpConnection';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { openSource } from '../../src/host/session/openSource';
import { PageSource } from '../../src/host/session/pageSource';
import { SourceError, UnavailableError, type ProfileSource } from '../../src/host/session/profileSource';
import type { ProfilerSettings } from '../../src/host/session/settings';
import type { AllocationReading } from '../../src/protocol/allocations';
import { CdpServer, evaluated, result, type CdpRequest, type Respond } from '../helpers/cdpServer';
import { goodProgram, HANDLE_REQUEST } from '../helpers/collectorReplies';
import { evaluationOf, RECORDED, recordedPage } from '../helpers/pageReplies';
import { SETTINGS } from '../helpers/settings';
import { waitFor } from '../helpers/waitFor';

const TIMEOUT = 8_000;
const MIB = 1024 * 1024;
const KEPT = 30 * MIB;
const NOW = { sites: 100, force: true };
/** Where `keepThirtyMegabytes` begins in test/fixtures/pages/app.js. */
const KEEPS_AT = 3;

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The page as it was recorded, but for one method. */
function butFor(method: string, respond: Respond): Respond {
  const page = recordedPage();
  return (request) => (request.method === method ? respond(request) : page(request));
}

function refused(request: CdpRequest, message = 'refused'): string {
  return JSON.stringify({ id: request.id, error: { code: -32000, message } });
}

/** What was allocated by a function itself. */
function bytesOf({ profile }: AllocationReading, name: string): number {
  return (profile?.frameOf ?? []).reduce((sum, frame, node) => (profile?.frames[frame]?.functionName === name ? sum + (profile.inUse?.bytes[node] ?? 0) : sum), 0);
}

describe('the source of a page', () => {
  let server: CdpServer;
  let connection: CdpConnection;
  let settings: ProfilerSettings;
  let heard: string[];

  beforeEach(async () => {
    server = await CdpServer.listen(recordedPage());
    connection = await CdpConnection.open(server.address, TIMEOUT);
    settings = { ...SETTINGS, samplingIntervalBytes: 65_536 };
    heard = [];
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });

  async function open(before: ProfileSource | null = null): Promise<ProfileSource> {
    const source = await openSource({
      connection,
      target: { id: 'page', name: 'Page', requestCdpProxy: () => Promise.resolve(server.address), mapLocation: () => Promise.resolve(undefined), mayBePage: true },
      environment: { collectorBundle: 'the collector', addonPackage: 'no-package', sourceMaps: new FileSourceMaps(), settings: () => settings, isTrusted: () => true, log },
      events: {
        onPaused: (why) => heard.push(`paused: ${why}`),
        onResumed: () => heard.push('resumed'),
        onContextGone: () => heard.push('gone'),
        onLoaded: () => heard.push('loaded'),
      },
      before,
    });
    return source;
  }

  async function begun(): Promise<ProfileSource> {
    const source = await open();
    await source.begin();
    return source;
  }

  async function reading(source: ProfileSource): Promise<AllocationReading> {
    const { allocations } = await source.collect({ allocations: NOW }, TIMEOUT);
    assert.ok(allocations);
    return allocations;
  }

  const sent = () => server.requests.map(({ method }) => method);
  const times = (method: string) => sent().filter((one) => one === method).length;

  it('is taken for what a real browser answers', async () => {
    assert.match(RECORDED.browser, /^(Headless)?Chrome\//);
    const source = await open();
    assert.ok(source instanceof PageSource);
    assert.deepEqual(source.missing, PAGE_MISSING);
    assert.deepEqual(await source.begin(), { pid: null, nodeVersion: null, isMainThread: true, goesOn: false });
  });

  it('puts nothing into the page, and turns nothing of the debugger’s off', async () => {
    const source = await begun();
    await source.collect({ allocations: NOW, handles: HANDLE_REQUEST }, TIMEOUT);
    await source.collectWhole({ allocations: NOW, handles: HANDLE_REQUEST }, TIMEOUT);
    await source.startCpuProfile({ interval: 1_000, longest: 10_000 }, TIMEOUT);
    await source.stop(TIMEOUT);
    assert.deepEqual(sent().filter((method) => method.endsWith('.disable') || method === 'Runtime.compileScript' || method === 'Runtime.runScript'), []);
    const evaluations = server.requests.filter(({ method }) => method === 'Runtime.evaluate');
    assert.deepEqual(evaluations.map(evaluationOf), ['isNode', 'limit']);
    for (const { params } of evaluations) {
      assert.equal(params?.throwOnSideEffect, true);
      assert.match(String(params.expression), /\n\/\/# sourceURL=\S+\.cdp$/, 'a script without this name shows among the user’s');
    }
  });

  it('tells heap, CPU of the main thread and what the documents hold, and nothing of what it does not know', async () => {
    const source = await begun();
    const first = (await source.collect({}, TIMEOUT)).sample;
    assert.ok(first.usedHeapBytes > KEPT && first.committedHeapBytes > first.usedHeapBytes);
    assert.ok((first.heapLimitBytes ?? 0) > 100 * MIB);
    assert.ok(first.dom !== null && first.dom.nodes > 5 && first.dom.documents >= 1);
    // The fixture's page works for 50 ms in each 100.
    const [before, after] = RECORDED.page.filter(({ method }) => method === 'Performance.getMetrics').map(({ result: answer }) => Object.fromEntries((answer as { metrics: { name: string; value: number }[] }).metrics.map(({ name, value }) => [name, value])));
    const wall = (after?.Timestamp ?? 0) - (before?.Timestamp ?? 0);
    const share = ((after?.TaskDuration ?? 0) - (before?.TaskDuration ?? 0)) / wall;
    assert.equal(first.loopUtilization?.toFixed(6), share.toFixed(6));
    assert.ok(share > 0.2 && share <= 1, `busy ${share}`);
    assert.ok(first.cpuOfThread !== null && first.cpuOfThread > 0);
    const { rssBytes, externalBytes, arrayBufferBytes, totalAllocatedBytes, cpuUser, cpuSystem, gcCount, gcLastPause, gcTotalPause, loopDelayP99, loopDelayMax, openHandles, cpuCount, threadPoolSize, overheadPercent } = first;
    for (const figure of [rssBytes, externalBytes, arrayBufferBytes, totalAllocatedBytes, cpuUser, cpuSystem, gcCount, gcLastPause, gcTotalPause, loopDelayP99, loopDelayMax, openHandles, cpuCount, threadPoolSize, overheadPercent]) assert.equal(figure, null);
  });

  it('does not know a share of a thread that is another now, as when the page has moved to another process', async () => {
    const [, second] = RECORDED.page.filter(({ method }) => method === 'Performance.getMetrics');
    const { metrics } = second?.result as { metrics: { name: string; value: number }[] };
    let asked = 0;
    server.respond = butFor('Performance.getMetrics', (request) => {
      asked++;
      return result(request, { metrics: metrics.map(({ name, value }) => ({ name, value: name === 'Timestamp' ? value + asked : name === 'TaskDuration' ? value / asked : value })) });
    });
    const source = await begun();
    assert.equal((await source.collect({}, TIMEOUT)).sample.loopUtilization, null);
  });

  describe('the sampler', () => {
    it('tells what is in use by call stack, with lines as the page has them', async () => {
      const source = await begun();
      assert.deepEqual(server.requests.find(({ method }) => method === 'HeapProfiler.startSampling')?.params, { samplingInterval: 65_536, stackDepth: 64 });
      const { state, run, profile } = await reading(source);
      assert.deepEqual([state.on, run?.mode, run?.epoch], [true, 'onDemand', 1]);
      const ratio = bytesOf({ state, run, profile, omitted: { sites: 0, inUse: null, allocated: null } }, 'keepThirtyMegabytes') / KEPT;
      assert.ok(ratio > 0.85 && ratio < 1.15, `${ratio.toFixed(2)} of the truth`);
      const frame = profile?.frames.find(({ functionName }) => functionName === 'keepThirtyMegabytes');
      assert.deepEqual([frame?.url, frame?.line], ['http://127.0.0.1:8080/app.js', KEEPS_AT]);
    });

    it('is read only when somebody asks, as each reading collects garbage', async () => {
      const source = await begun();
      const before = times('HeapProfiler.getSamplingProfile');
      const { allocations } = await source.collect({ allocations: { sites: 10, force: false } }, TIMEOUT);
      assert.deepEqual([allocations?.state, allocations?.run?.mode, allocations?.profile], [{ on: true }, 'onDemand', null]);
      assert.equal(times('HeapProfiler.getSamplingProfile'), before);
    });

    it('is stopped on stop', async () => {
      const source = await begun();
      await source.stop(TIMEOUT);
      assert.equal(sent().at(-1), 'HeapProfiler.stopSampling');
    });

    it('may have been stopped by somebody else before', async () => {
      const source = await begun();
      server.respond = butFor('HeapProfiler.stopSampling', (request) => refused(request));
      await source.stop(TIMEOUT);
    });

    it('is left alone while it is somebody else’s', async () => {
      server.respond = butFor('HeapProfiler.getSamplingProfile', (request) => result(request, {}));
      const source = await begun();
      assert.deepEqual((await reading(source)).state, { on: false, reason: PAGE_SAMPLER_TAKEN });
      await source.stop(TIMEOUT);
      assert.deepEqual([times('HeapProfiler.startSampling'), times('HeapProfiler.stopSampling')], [0, 0]);
    });

    it('is started again when somebody stopped it, with a word', async () => {
      const source = await begun();
      server.respond = recordedPage();
      assert.deepEqual((await reading(source)).state, { on: false, reason: PAGE_SAMPLER_LOST });
      const { state, run } = await reading(source);
      assert.deepEqual([state.on, run?.epoch, times('HeapProfiler.startSampling')], [true, 2, 2]);
    });

    it('goes on over a connection that was cut', async () => {
      const before = await begun();
      const { run } = await reading(before);
      connection.close();
      connection = await CdpConnection.open(server.address, TIMEOUT);
      const source = await open(before);
      assert.equal((await source.begin()).goesOn, true);
      assert.deepEqual((await reading(source)).run, run);
      assert.equal(times('HeapProfiler.startSampling'), 1);
      await source.stop(TIMEOUT);
      assert.equal(times('HeapProfiler.stopSampling'), 1);
    });

    it('is not there when the setting is off', async () => {
      settings = { ...settings, allocations: false };
      const source = await begun();
      assert.deepEqual((await reading(source)).state, { on: false, reason: PAGE_SAMPLING_OFF });
      await source.stop(TIMEOUT);
      assert.deepEqual(sent().filter((method) => method.startsWith('HeapProfiler')), []);
    });
  });

  it('has no handles, and says why', async () => {
    const source = await begun();
    const { handles } = await source.collect({ handles: HANDLE_REQUEST }, TIMEOUT);
    assert.deepEqual([handles?.state, handles?.pending, handles?.groups], [{ on: false, reason: PAGE_MISSING.handles }, { on: false, reason: PAGE_MISSING.pending, mode: 'off' }, []]);
    assert.equal((await source.collect({}, TIMEOUT)).handles, undefined);
  });

  it('refuses with a sentence what it cannot give', async () => {
    const source = await begun();
    const before = server.requests.length;
    const says = (sentence: string) => (error: unknown) => error instanceof UnavailableError && error.message === sentence;
    await assert.rejects(source.dump(HANDLE_REQUEST, TIMEOUT), says(PAGE_MISSING.rawDump));
    await assert.rejects(source.deepCheck('begin', TIMEOUT), says(PAGE_MISSING.deepCheck));
    await assert.rejects(source.recordAllocations(true, 10, TIMEOUT), says(PAGE_MISSING.recording));
    await source.setPendingMode('all', TIMEOUT);
    assert.equal(server.requests.length, before);
    for (const sentence of Object.values(WORKER_MISSING)) assert.match(sentence, /^[A-Z][^.]*(Node\.js)?[^.]*\.$/);
  });

  it('takes a CPU profile', async () => {
    const source = await begun();
    await source.startCpuProfile({ interval: 1_000, longest: 10_000 }, TIMEOUT);
    const { frames, frameOf, hits, cpuTime, duration } = await source.stopCpuProfile([], TIMEOUT);
    const ofWork = hits.reduce((sum, count, node) => (frames[frameOf[node] ?? -1]?.functionName === 'work' ? sum + count : sum), 0);
    assert.ok(ofWork > 50, `${ofWork} samples in work`);
    assert.ok(duration > 400_000 && cpuTime === null);
    await assert.rejects(source.stopCpuProfile([], TIMEOUT), SourceError);
    await source.startCpuProfile({ interval: 1_000, longest: 10_000 }, TIMEOUT);
    await source.stop(TIMEOUT);
    assert.deepEqual([times('Profiler.start'), times('Profiler.stop')], [2, 2], 'one that is under way ends with the profiling');
  });

  it('hears of pauses, and of documents but not of frames within them', async () => {
    await begun();
    const [loaded] = RECORDED.events;
    assert.equal(loaded?.method, 'Page.frameNavigated');
    server.sendEvent('Page.frameNavigated', { frame: { id: 'B', parentId: 'A' } });
    for (const params of [null, {}, { frame: null }]) server.sendEvent('Page.frameNavigated', params);
    server.sendEvent(loaded.method, loaded.params);
    server.sendEvent('Debugger.paused', { callFrames: [], reason: 'other', hitBreakpoints: ['1:2'] });
    server.sendEvent('Debugger.resumed', {});
    await waitFor('the events', () => (heard.length >= 3 ? true : undefined));
    assert.deepEqual(heard, ['loaded', 'paused: Breakpoint', 'resumed']);
  });

  it('tells V8’s heap of a worker, and of the rest nothing', async () => {
    server.respond = recordedPage(RECORDED.worker);
    const source = await begun();
    assert.deepEqual(Object.keys(source.missing).sort(), [...Object.keys(WORKER_MISSING), 'heapLimit'].sort());
    const { sample } = await source.collect({}, TIMEOUT);
    assert.ok(sample.usedHeapBytes > 100_000 && sample.committedHeapBytes > sample.usedHeapBytes);
    assert.deepEqual([sample.cpuOfThread, sample.loopUtilization, sample.dom, sample.heapLimitBytes], [null, null, null, null]);
    assert.equal((await reading(source)).state.on, true);
  });

  it('is the collector where the session turns out to be Node.js', async () => {
    server.respond = (request) => (evaluationOf(request) === 'isNode' ? evaluated(request, true) : goodProgram(request));
    const source = await open();
    assert.ok(!(source instanceof PageSource));
    assert.equal((await source.begin()).nodeVersion, '22.11.0');
  });

  describe('a page that answers nonsense', () => {
    const metrics = (change: Readonly<Record<string, unknown>>) => ({ metrics: Object.entries({ Timestamp: 1, JSHeapUsedSize: 1, JSHeapTotalSize: 2, ...change }).map(([name, value]) => ({ name, value })) });
    const isGarbage = (error: unknown) => error instanceof SourceError && error.code === 'garbage';

    for (const [title, answer] of [
      ['nothing', {}],
      ['figures that are no list', { metrics: {} }],
      ['a heap that is a text', metrics({ JSHeapUsedSize: '1' })],
      ['a heap below zero', metrics({ JSHeapUsedSize: -1 })],
      ['no time', metrics({ Timestamp: undefined })],
      ['very many figures', { metrics: Array.from({ length: 5_000 }, () => ({ name: 'x', value: 1 })) }],
    ] as const) {
      it(`is refused: ${title}`, async () => {
        const source = await begun();
        server.respond = butFor('Performance.getMetrics', (request) => result(request, answer));
        await assert.rejects(source.collect({}, TIMEOUT), isGarbage);
      });
    }

    it('has no figure for what makes no sense', async () => {
      const source = await begun();
      server.respond = butFor('Performance.getMetrics', (request) => result(request, metrics({ ThreadTime: -1, TaskDuration: -5, Nodes: 1.5, Documents: 1, JSEventListeners: 1, __proto__: 1 })));
      const { sample } = await source.collect({}, TIMEOUT);
      assert.deepEqual([sample.cpuOfThread, sample.loopUtilization, sample.dom], [null, null, null]);
    });

    it('has no heap limit when it gives none', async () => {
      for (const value of [null, 'a lot', -1, 0, undefined]) {
        server.respond = butFor('Runtime.evaluate', (request) => (evaluationOf(request) === 'limit' ? evaluated(request, value) : evaluated(request, false)));
        assert.notEqual((await open()).missing.heapLimit, undefined);
      }
    });

    it('is given the time to answer again after it has moved to another process', async () => {
      const source = await begun();
      server.respond = butFor('Performance.getMetrics', (request) => refused(request, 'Inspected target navigated or closed'));
      await assert.rejects(source.collect({}, TIMEOUT), (error) => error instanceof SourceError && error.code === 'program');
    });

    const node = (more: object = {}) => ({ callFrame: { functionName: 'f', url: 'u', lineNumber: 1, columnNumber: 1 }, id: 1, selfSize: 1, children: [], ...more });
    for (const [title, profile] of [
      ['no profile', undefined],
      ['no tree', { samples: [] }],
      ['no samples', { head: node() }],
      ['a node without children', { head: node({ children: undefined }), samples: [] }],
      ['a node within that is none', { head: node({ children: [node(), 7] }), samples: [] }],
      ['a size that is no number', { head: node({ selfSize: '1' }), samples: [] }],
      ['a size below zero', { head: node({ selfSize: -1 }), samples: [] }],
      ['a name that is none', { head: node({ callFrame: { functionName: 1, url: '', lineNumber: 0, columnNumber: 0 } }), samples: [] }],
      ['a line that is none', { head: node({ callFrame: { functionName: '', url: '', lineNumber: 0.5, columnNumber: 0 } }), samples: [] }],
      ['a sample that is none', { head: node(), samples: [null] }],
    ] as const) {
      it(`gives no allocations: ${title}`, async () => {
        const source = await begun();
        server.respond = butFor('HeapProfiler.getSamplingProfile', (request) => result(request, { profile }));
        await assert.rejects(source.collect({ allocations: NOW }, TIMEOUT), isGarbage);
      });
    }

    it('may have a stack of any depth and names of any length', async () => {
      const source = await begun();
      const named = node({ callFrame: { functionName: 'n'.repeat(100_000), url: 'u', lineNumber: -1, columnNumber: -1 }, id: 2, selfSize: 65_536 });
      // As text: what writes it would run out of stack.
      const [before, behind] = JSON.stringify(node({ children: [0] })).split('[0]');
      const deep = `${`${before ?? ''}[`.repeat(5_000)}${JSON.stringify(named)}${`]${behind ?? ''}`.repeat(5_000)}`;
      server.respond = butFor('HeapProfiler.getSamplingProfile', ({ id }) => `{"id":${id},"result":{"profile":{"head":${deep},"samples":[{"size":65536,"nodeId":2}]}}}`);
      const { profile } = await reading(source);
      assert.ok(profile?.frames.every(({ functionName }) => functionName.length <= 2_001));
      assert.equal(profile?.parents.length, 5_001);
    });

    const cpuNode = (id: unknown, children: unknown = []) => ({ id, callFrame: { functionName: 'f', url: 'u', lineNumber: 1, columnNumber: 1 }, children });
    const times2 = { startTime: 0, endTime: 10 };
    for (const [title, profile] of [
      ['none', undefined],
      ['without nodes', { nodes: [], ...times2 }],
      ['that ends before it begins', { nodes: [cpuNode(1)], startTime: 10, endTime: 0 }],
      ['whose root is its own child', { nodes: [cpuNode(1, [1])], ...times2 }],
      ['in a circle', { nodes: [cpuNode(1, [2]), cpuNode(2, [3]), cpuNode(3, [2])], ...times2 }],
      ['with one id twice', { nodes: [cpuNode(1), cpuNode(1)], ...times2 }],
      ['with children that are none', { nodes: [cpuNode(1, ['2'])], ...times2 }],
      ['with fewer times than samples', { nodes: [cpuNode(1)], samples: [1, 1], timeDeltas: [1], ...times2 }],
    ] as const) {
      it(`gives no CPU profile: one ${title}`, async () => {
        const source = await begun();
        await source.startCpuProfile({ interval: 1_000, longest: 10_000 }, TIMEOUT);
        server.respond = butFor('Profiler.stop', (request) => result(request, { profile }));
        await assert.rejects(source.stopCpuProfile([], TIMEOUT), isGarbage);
      });
    }
  });
});
