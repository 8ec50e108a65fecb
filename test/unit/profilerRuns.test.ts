import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import { evaluated, type CdpRequest } from '../helpers/cdpServer';
import { commandOf, goodProgram, ok, SAMPLE } from '../helpers/collectorReplies';
import { debugSession } from '../helpers/fakeDebug';
import { evaluationOf, recordedPage } from '../helpers/pageReplies';
import { ProfilerSetup } from '../helpers/profilerSetup';
import { waitFor } from '../helpers/waitFor';

describe('Profiler, with programs that it profiles', () => {
  let setup: ProfilerSetup;
  beforeEach(async () => {
    setup = await ProfilerSetup.open();
  });
  afterEach(() => setup.close());

  describe('profiling', () => {
    it('puts the session on show, and tells of its points', async () => {
      setup.launch('app');
      const points: string[] = [];
      setup.profiler.events.on('point', ({ id, state }) => points.push(`${id} ${state}`));
      const session = await setup.profiled('app');
      assert.equal(setup.profiler.current, session);
      assert.deepEqual(session.info, { id: 'app', name: 'Session app', state: 'live', pid: 4711, nodeVersion: '22.11.0' });
      assert.deepEqual(points, ['app live']);
      assert.deepEqual(setup.asked, ['app']);
      assert.equal(setup.heard.filter((event) => event === 'current').length, 1);
    });

    it('undoes itself in the program on stop, and starts again', async () => {
      setup.launch('app');
      const session = await setup.profiled('app');
      await setup.profiler.stop(session);
      assert.equal(session.info.state, 'stopped');
      assert.deepEqual(commandOf(setup.server.requests.at(-1) ?? { id: 0, method: '' }), { command: 'stop' });
      await waitFor('the connection to end', () => (setup.server.connections === 0 ? true : undefined));
      await setup.profiler.start(session);
      assert.deepEqual([session.info.state, session.store.history.length], ['live', 1]);
    });

    it('says why a session can’t be profiled', async () => {
      setup.server.respond = (request: CdpRequest) => (request.method === 'Runtime.evaluate' ? evaluated(request, 'garbage') : goodProgram(request));
      setup.launch('app');
      const session = setup.found('app');
      await setup.profiler.start(session);
      assert.equal(session.info.state, 'failed');
      assert.match(session.status.notice ?? '', /does not understand/);
      await waitFor('the connection to end', () => (setup.server.connections === 0 ? true : undefined));
    });

    it('takes a point per interval', async () => {
      let clock = SAMPLE.clock;
      setup.server.respond = (request) => {
        const collects = request.method === 'Runtime.evaluate' && commandOf(request).command === 'collect';
        return collects ? evaluated(request, ok({ sample: { ...SAMPLE, clock: (clock += 1000) } })) : goodProgram(request);
      };
      setup.settings = { ...setup.settings, interval: 20, window: 60 };
      setup.launch('app');
      const session = await setup.profiled('app');
      const first = session.store.history[0];
      await waitFor('the window to move on', () => (session.store.history[0] === first ? undefined : true));
      assert.equal(session.store.history.length, 3);
    });
  });

  describe('sessions with the type of a page', () => {
    const answersAsNode = (request: CdpRequest) => (evaluationOf(request) === 'isNode' ? evaluated(request, true) : goodProgram(request));
    const live = (id: string) => waitFor(() => `${id} to be live; it is ${setup.states()[id] ?? 'unknown'}: ${setup.profiler.find(id)?.status.notice ?? ''}`, () => (setup.states()[id] === 'live' ? true : undefined));

    it('are profiled as Node.js where they are an extension host and what it started', async () => {
      setup.server.respond = answersAsNode;
      const root = setup.debug.start(debugSession('vscode', { type: 'pwa-extensionHost' }));
      const host = setup.debug.start(debugSession('host', { type: 'pwa-chrome', parentSession: root, isTarget: true }));
      setup.debug.start(debugSession('hostWorker', { type: 'pwa-chrome', parentSession: host, isTarget: true }));
      await setup.profiled('host');
      await live('hostWorker');
      assert.deepEqual(setup.found('host').info.nodeVersion, '22.11.0');
      assert.deepEqual(setup.found('host').status.missing, {});
    });

    it('are profiled from the first line on where they are an extension host and the setting says so', async () => {
      setup.server.respond = answersAsNode;
      setup.settings = { ...setup.settings, profileOnLaunch: true };
      const root = setup.debug.start(debugSession('vscode', { type: 'pwa-extensionHost' }));
      setup.debug.start(debugSession('host', { type: 'pwa-chrome', parentSession: root, isTarget: true }));
      await live('host');
    });

    /** A browser that shows one page. */
    function launchPage(): void {
      const browser = setup.debug.start(debugSession('browser', { type: 'pwa-chrome' }));
      setup.debug.start(debugSession('page', { type: 'pwa-chrome', parentSession: browser, isTarget: true }));
    }

    it('are pages of a browser, which are profiled when the user asks, and have no version of Node.js', async () => {
      setup.server.respond = recordedPage();
      setup.settings = { ...setup.settings, profileOnLaunch: true };
      launchPage();
      assert.deepEqual([setup.ids(), setup.asked], [['page'], []]);
      const page = await setup.profiled('page');
      assert.deepEqual(page.info, { id: 'page', name: 'Session page', state: 'live', pid: null, nodeVersion: null });
      assert.notEqual(page.status.missing.handles, undefined);
    });

    it('are shown once their launch, which the user asked for, has opened them', async () => {
      setup.server.respond = recordedPage();
      setup.profiler.expectProgram();
      launchPage();
      await live('page');
      assert.equal(setup.profiler.current?.id, 'page');
    });
  });

  describe('follows a launch', () => {
    const live = (id: string) => waitFor(`${id} to be live`, () => (setup.states()[id] === 'live' ? true : undefined));

    it('whose program starts anew, until it is stopped or ends', async () => {
      const { root, main } = setup.launch('app');
      await setup.profiled('app');
      setup.debug.end(main);
      setup.debug.start(debugSession('again', { parentSession: root, isTarget: true }));
      await live('again');
      assert.equal(setup.profiler.current?.id, 'again');
      await setup.profiler.stop(setup.found('again'));
      setup.debug.start(debugSession('third', { parentSession: root, isTarget: true }));
      setup.launch('other');
      assert.deepEqual(setup.states(), { app: 'ended', again: 'stopped', third: 'available', other: 'available' });
    });

    it('that the user asked for: the next program, and no more', async () => {
      setup.profiler.expectProgram();
      assert.equal(setup.profiler.isProgramExpected, true);
      setup.debug.start(debugSession('flask', { type: 'debugpy' }));
      const { main } = setup.launch('app');
      setup.debug.start(debugSession('worker', { parentSession: main, isTarget: true }));
      await Promise.all([live('app'), live('worker')]);
      setup.launch('later');
      assert.deepEqual([setup.profiler.isProgramExpected, setup.profiler.current?.id, setup.states()], [false, 'app', { app: 'live', worker: 'live', later: 'available' }]);
    });

    it('that the user asked for, unless it did not come about', () => {
      setup.profiler.expectProgram();
      setup.profiler.expectNothing();
      setup.launch('app');
      assert.deepEqual([setup.profiler.isProgramExpected, setup.states()], [false, { app: 'available' }]);
    });

    it('with every program when the setting says so', async () => {
      setup.settings = { ...setup.settings, profileOnLaunch: true };
      setup.launch('a');
      setup.launch('b');
      await Promise.all([live('a'), live('b')]);
      assert.equal(setup.profiler.isProgramExpected, true);
    });
  });

  describe('a program with children', () => {
    const all = (state: string, ...names: string[]) => waitFor(() => `${names.join()} to be ${state}: ${JSON.stringify(setup.states())}`, () => (names.every((name) => setup.states()[name] === state) ? true : undefined));
    const child = (id: string, parentSession: vscode.DebugSession) => setup.debug.start(debugSession(id, { parentSession, isTarget: true }));

    it('is profiled with them, those that come later too, and stopped with them', async () => {
      const { main } = setup.launch('app');
      const fork = child('fork', main);
      await setup.profiler.start(setup.found('app'));
      await all('live', 'app', 'fork');
      child('[worker 1]', fork);
      await all('live', '[worker 1]');
      assert.equal(setup.profiler.current?.id, 'app', 'what comes is not put on show');
      await setup.profiler.stop(setup.found('fork'));
      assert.deepEqual(setup.states(), { app: 'live', fork: 'stopped', '[worker 1]': 'stopped' });
      child('late', fork);
      await setup.profiler.stop(setup.found('app'));
      assert.deepEqual([setup.states().late, setup.states().app], ['available', 'stopped']);
    });

    it('is profiled alone where the settings say so', async () => {
      setup.settings = { ...setup.settings, profileChildren: false };
      const { main } = setup.launch('app');
      child('early', main);
      await setup.profiler.start(setup.found('app'));
      child('late', main);
      assert.deepEqual(setup.states(), { app: 'live', early: 'available', late: 'available' });
    });

    it('is one tree, also when some have ended', async () => {
      const { main } = setup.launch('app');
      const fork = child('fork', main);
      child('grandchild', fork);
      setup.launch('other');
      await setup.profiled('app');
      await all('live', 'app', 'fork', 'grandchild');
      await waitFor('figures of all', () => (setup.profiler.processes.rows.slice(0, 3).every(({ isCurrent }) => isCurrent) ? true : undefined));
      setup.debug.end(fork);
      const rows = setup.profiler.processes.rows.map(({ session, parentId, depth, isCurrent }) => [session.id, parentId, depth, isCurrent]);
      assert.deepEqual(rows, [['app', null, 0, true], ['fork', 'app', 1, false], ['grandchild', 'fork', 2, true], ['other', null, 0, false]]);
      setup.profiler.clearHistory(setup.found('app'));
      assert.deepEqual(setup.ids(), ['app', 'grandchild', 'other']);
    });

    it('of sixty-four processes is followed, each with a history of its own', async () => {
      const { main } = setup.launch('app');
      const names = Array.from({ length: 63 }, (_, index) => `child${index}`);
      for (const name of names) child(name, main);
      await setup.profiler.start(setup.found('app'));
      await waitFor('the first points', () => (setup.profiler.profiled.every(({ store }) => store.history.length > 0) ? true : undefined));
      assert.deepEqual([setup.profiler.processes.rows.length, setup.profiler.processes.rows.every(({ isCurrent }) => isCurrent)], [64, true]);
    });
  });

  it('says of a program of the same launch that it is new', async () => {
    const { root, main } = setup.launch('app');
    await setup.profiled('app');
    setup.debug.end(main);
    setup.debug.start(debugSession('again', { parentSession: root, isTarget: true }));
    await waitFor('again to be live', () => (setup.states().again === 'live' ? true : undefined));
    assert.deepEqual(setup.found('again').store.happenings.map(({ kind }) => kind), ['restarted', 'started']);
    assert.deepEqual(setup.found('app').store.happenings.map(({ kind }) => kind), ['started', 'ended']);
  });

  it('has every program that is profiled follow promises as the settings say now', async () => {
    setup.launch('a');
    setup.launch('b');
    setup.launch('idle');
    await Promise.all(['a', 'b'].map((id) => setup.profiled(id)));
    setup.settings = { ...setup.settings, pendingMode: 'all' };
    await setup.profiler.updatePendingMode();
    const modes = setup.server.requests.flatMap((request) => (request.method === 'Runtime.evaluate' && commandOf(request).command === 'setPendingMode' ? [commandOf(request).mode] : []));
    assert.deepEqual(modes, ['all', 'all']);
  });

  it('stops all profiling and hears no more once it is disposed', async () => {
    setup.launch('a');
    setup.launch('b');
    await Promise.all(['a', 'b'].map((id) => setup.profiled(id)));
    await setup.profiler.dispose();
    assert.deepEqual([setup.states(), setup.debug.listenerCount], [{ a: 'stopped', b: 'stopped' }, 0]);
    await waitFor('the connections to end', () => (setup.server.connections === 0 ? true : undefined));
  });
});
