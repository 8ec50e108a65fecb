import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { DeepCheckError } from '../../src/host/session/deepCheck';
import { ProfiledSession } from '../../src/host/session/profiledSession';
import type { ProfilerSettings } from '../../src/host/session/settings';
import type { HandleRequest } from '../../src/protocol/collector';
import { CdpServer, evaluated, type CdpRequest } from '../helpers/cdpServer';
import { COLLECTED, commandOf, goodProgram, HELLO, ok, SAMPLE } from '../helpers/collectorReplies';
import { SETTINGS } from '../helpers/settings';
import { waitFor } from '../helpers/waitFor';

const TIMEOUT = 8_000;
const LONG = 600_000;

/** A program in which the collector is found at work. */
function alreadyThere(request: CdpRequest): string | undefined {
  return request.method === 'Runtime.runScript' ? evaluated(request, ok({ ...HELLO, alreadyInjected: true })) : goodProgram(request);
}
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('ProfiledSession', () => {
  let server: CdpServer;
  let session: ProfiledSession;
  let settings: ProfilerSettings;
  let isTrusted: boolean;

  beforeEach(async () => {
    settings = SETTINGS;
    isTrusted = true;
    server = await CdpServer.listen(goodProgram);
    session = new ProfiledSession(
      {
        id: 'app',
        name: 'Shop',
        requestCdpProxy: () => Promise.resolve(server.address),
        // As js-debug says where compiled code comes from.
        mapLocation: ({ source, line, column }) => Promise.resolve({ source: { path: source.path.replace('.js', '.ts'), name: 'mapped' }, line, column }),
      },
      { collectorBundle: 'the collector', addonPackage: 'no-package', sourceMaps: new FileSourceMaps(), settings: () => settings, isTrusted: () => isTrusted, log },
    );
    await session.start();
    await waitFor('the first point', () => session.store.history[0]);
  });
  afterEach(async () => {
    session.end();
    await server.close();
  });

  const commands = () => server.requests.filter(({ method }) => method === 'Runtime.evaluate').map(commandOf);
  const named = (command: string) => commands().filter((sent) => sent.command === command);
  const steps = () => named('deepCheck').map(({ step }) => step);
  const begun = () => waitFor('the deep check to begin', () => (steps().includes('begin') ? true : undefined));
  const says = (message: RegExp) => (error: unknown) => error instanceof DeepCheckError && message.test(error.message);

  it('starts with the promises that the settings say', () => assert.equal((named('start')[0]?.options as { pendingMode?: unknown }).pendingMode, 'sampled'));

  describe('reads the stacks', () => {
    const readStacksAfter = () => named('collect').flatMap(({ request }) => (request as { handles?: HandleRequest }).handles?.readStacksAfter ?? []);

    it('of all handles when everything is read', async () => {
      await session.read(TIMEOUT);
      await session.dump(TIMEOUT);
      assert.deepEqual(readStacksAfter(), [0]);
      assert.equal((named('dump')[0]?.request as HandleRequest).readStacksAfter, 0);
    });

    it('of those that have survived a second with a tick, and none while no view shows them', async () => {
      assert.deepEqual(readStacksAfter(), []);
      settings = { ...settings, interval: 20 };
      const release = session.readLists();
      await session.stop();
      await session.start();
      await waitFor('a tick with lists', () => readStacksAfter()[0]);
      release();
      assert.equal(readStacksAfter()[0], 1_000);
    });
  });

  it('asks less often while the collector keeps to its budget, and is not taken for silent', async () => {
    settings = { ...settings, interval: 100 };
    server.respond = (request) =>
      request.method === 'Runtime.evaluate' && commandOf(request).command === 'collect'
        ? evaluated(request, ok({ ...COLLECTED, sample: { ...SAMPLE, limits: { step: 3, reason: 'It is limited.' } } }))
        : goodProgram(request);
    await session.stop();
    await session.start();
    const before = session.store.history.length;
    await waitFor('some points', () => (session.store.history.length > before + 4 ? true : undefined));
    const times = session.store.history.slice(before + 1).map(({ time }) => time);
    // A quarter as often: at half of 400 ms after the last at the earliest.
    for (const [index, time] of times.entries()) if (index > 0) assert.ok(time - (times[index - 1] ?? 0) > 180, times.join());
    assert.deepEqual(session.store.bands.filter(({ kind, from }) => kind === 'lost' && from >= (times[0] ?? 0)), []);
  });

  it('marks what it reads', async () => {
    const before = Date.now();
    await session.markNow(TIMEOUT);
    const { rows, markedAt } = session.store.handles ?? {};
    assert.ok(markedAt !== null && markedAt !== undefined && markedAt >= before);
    assert.deepEqual(rows?.map(({ sinceMark }) => sinceMark), [0]);
    await session.stop();
    await session.start();
    await session.read(TIMEOUT);
    assert.equal(session.store.handles?.markedAt, null, 'a new start has no mark');
  });

  it('has promises followed as the settings say, as soon as they change', async () => {
    settings = { ...settings, pendingMode: 'off' };
    await session.updatePendingMode();
    assert.deepEqual(named('setPendingMode'), [{ command: 'setPendingMode', mode: 'off' }]);
    await session.stop();
    await session.updatePendingMode();
    assert.equal(named('setPendingMode').length, 1, 'a program that is not profiled is left alone');
  });

  describe('a connection that was cut', () => {
    const bands = () => session.store.bands.map(({ kind, to }) => [kind, to === null ? 'lasts' : 'over']);
    const back = () => waitFor(() => `the session to be live again; it is ${session.info.state}`, () => (session.info.state === 'live' ? true : undefined));

    it('is opened again, with all that is known, and a band over what was lost', async () => {
      await session.markNow(TIMEOUT);
      server.respond = alreadyThere;
      server.drop('terminate');
      await waitFor('the cut', () => (session.info.state === 'reconnecting' ? true : undefined));
      assert.match(session.status.notice ?? '', /^The connection to the program was cut .+ figures are those of before/);
      assert.deepEqual(bands(), [['lost', 'lasts']]);
      assert.ok(session.isRunning);
      await back();
      assert.deepEqual([bands(), session.status.notice], [[['lost', 'over']], null]);
      assert.notEqual(session.store.handles?.markedAt, null, 'the mark is still there');
      await waitFor('a point after the cut', () => session.store.history[1]);
    });

    it('begins anew where the collector is gone', async () => {
      await session.markNow(TIMEOUT);
      server.drop('terminate');
      await waitFor('the cut', () => (session.info.state === 'reconnecting' ? true : undefined));
      await back();
      await session.read(TIMEOUT);
      assert.equal(session.store.handles?.markedAt, null);
    });

    it('is tried for again and again while the debug session lives, and no longer', async () => {
      const { address } = server;
      await server.close();
      await waitFor('the cut', () => (session.info.state === 'reconnecting' ? true : undefined));
      assert.deepEqual(bands(), [['lost', 'lasts']]);
      session.end();
      assert.deepEqual([session.info.state, bands()], ['ended', [['lost', 'over']]]);
      assert.match(session.status.notice ?? '', /^The program ended at .+ these are its last figures\./);
      server = await CdpServer.listen(goodProgram);
      assert.notEqual(server.address.port, address.port);
    });

    it('is given up when profiling is stopped', async () => {
      server.respond = (request) => (request.method === 'Runtime.compileScript' ? undefined : goodProgram(request));
      server.drop('terminate');
      await waitFor('the cut', () => (session.info.state === 'reconnecting' ? true : undefined));
      await session.stop();
      assert.deepEqual([session.info.state, bands()], ['stopped', [['lost', 'over']]]);
    });
  });

  it('shows a pause that lasts, with a band and why, and none that does not', async () => {
    const kinds = () => session.store.happenings.map(({ kind, text }) => `${kind}: ${text}`);
    for (let step = 0; step < 10; step++) {
      server.sendEvent('Debugger.paused', { callFrames: [] });
      server.sendEvent('Debugger.resumed', {});
    }
    server.sendEvent('Debugger.paused', { callFrames: [], reason: 'other', hitBreakpoints: ['1:2'] });
    await waitFor('the pause', () => (session.info.state === 'paused' ? true : undefined));
    assert.deepEqual(kinds(), ['started: Profiling started', 'breakpoint: Breakpoint']);
    assert.deepEqual(session.store.bands.map(({ kind, to }) => [kind, to]), [['paused', null]]);
    server.sendEvent('Debugger.resumed', {});
    await waitFor('the program to run', () => (session.info.state === 'live' ? true : undefined));
    assert.ok(session.store.bands[0]?.to);
  });

  describe('a deep check', () => {
    it('goes through the debugger, and gives frames in the source', async () => {
      const { rows, followed, time, unreadStacks } = await session.recordings.deepCheck({ time: 1 });
      assert.deepEqual([followed, time, unreadStacks], [1200, 1, 0]);
      assert.deepEqual(rows.map(({ count, label, stack }) => [count, label, stack[0]?.file]), [[3, 'await', '/app/orders.ts']]);
      assert.deepEqual(steps(), ['begin', 'read', 'end']);
      const methods = server.requests.map(({ method }) => method);
      assert.equal(methods.filter((method) => method === 'HeapProfiler.collectGarbage').length, 2);
      assert.deepEqual(methods.filter((method) => method.endsWith('.disable')), []);
    });

    it('collects garbage between the last stack and the end', async () => {
      await session.recordings.deepCheck({ time: 1 });
      const order = server.requests.flatMap((request) => {
        if (request.method === 'HeapProfiler.collectGarbage') return ['collect'];
        return request.method === 'Runtime.evaluate' && commandOf(request).command === 'deepCheck' ? [commandOf(request).step] : [];
      });
      assert.deepEqual(order, ['begin', 'read', 'collect', 'collect', 'end']);
    });

    it('can be cancelled', async () => {
      const cancel = new AbortController();
      const check = session.recordings.deepCheck({ time: LONG, signal: cancel.signal });
      await begun();
      cancel.abort();
      await assert.rejects(check, says(/cancelled/));
      await waitFor('the end in the program', () => (steps().at(-1) === 'end' ? true : undefined));
      assert.equal(session.info.state, 'live');
    });

    it('ends with a sentence when the program is paused, and needs one that runs', async () => {
      const check = session.recordings.deepCheck({ time: LONG });
      await begun();
      server.sendEvent('Debugger.paused', { callFrames: [] });
      await assert.rejects(check, says(/^The program was paused before the deep check was through: .+\.$/));
      await waitFor('the end in the program', () => (steps().at(-1) === 'end' ? true : undefined));
      await assert.rejects(session.recordings.deepCheck({ time: 1 }), says(/^The program is paused: /));
      await waitFor('the pause to be shown', () => (session.info.state === 'paused' ? true : undefined));
      server.sendEvent('Debugger.resumed', {});
      await waitFor('the program to run', () => (session.info.state === 'live' ? true : undefined));
      await session.recordings.deepCheck({ time: 1 });
    });

    it('ends with a sentence when the program ends', async () => {
      const check = session.recordings.deepCheck({ time: LONG });
      await begun();
      session.end();
      await assert.rejects(check, says(/^The program ended before the deep check was through\.$/));
    });

    it('ends with a sentence when profiling is stopped', async () => {
      const check = session.recordings.deepCheck({ time: LONG });
      await begun();
      await Promise.all([assert.rejects(check, says(/^Profiling was stopped before the deep check was through\.$/)), session.stop()]);
      await assert.rejects(session.recordings.deepCheck({ time: 1 }), says(/^“Shop” is not being profiled/));
    });

    it('is not disturbed by a change of the setting, which comes after it', async () => {
      const check = session.recordings.deepCheck({ time: 50 });
      await begun();
      settings = { ...settings, pendingMode: 'all' };
      await Promise.all([check, session.updatePendingMode()]);
      const order = commands().flatMap(({ command, step, mode }) => (command === 'deepCheck' ? [step] : command === 'setPendingMode' ? [mode] : []));
      assert.deepEqual(order, ['begin', 'read', 'end', 'all']);
    });

    it('takes a tick in between', async () => {
      let clock = SAMPLE.clock;
      const answer = (request: CdpRequest) => {
        const collects = request.method === 'Runtime.evaluate' && commandOf(request).command === 'collect';
        return collects ? evaluated(request, ok({ ...COLLECTED, sample: { ...SAMPLE, clock: (clock += 1000) } })) : goodProgram(request);
      };
      server.respond = answer;
      settings = { ...settings, interval: 20, window: 600 };
      await session.stop();
      await session.start();
      const check = session.recordings.deepCheck({ time: LONG });
      await begun();
      const before = session.store.history.length;
      await waitFor('points during the check', () => (session.store.history.length > before + 2 ? true : undefined));
      session.end();
      await assert.rejects(check);
    });
  });
});
