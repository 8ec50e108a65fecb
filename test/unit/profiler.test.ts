import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import type { ProfiledSession } from '../../src/host/session/profiledSession';
import { Profiler } from '../../src/host/session/profiler';
import type { ProfilerSettings } from '../../src/host/session/settings';
import { CdpServer, evaluated, type CdpRequest } from '../helpers/cdpServer';
import { commandOf, goodProgram, ok, SAMPLE } from '../helpers/collectorReplies';
import { debugSession, FakeDebug } from '../helpers/fakeDebug';
import { evaluationOf, recordedPage } from '../helpers/pageReplies';
import { SETTINGS } from '../helpers/settings';
import { waitFor } from '../helpers/waitFor';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Profiler', () => {
  let server: CdpServer;
  let debug: FakeDebug;
  let profiler: Profiler;
  let settings: ProfilerSettings;
  let isTrusted: boolean;
  /** Sessions whose address was asked for. */
  let asked: unknown[];
  let heard: string[];

  function newProfiler(): Profiler {
    const made = new Profiler(
      debug,
      (command, id) => {
        assert.equal(command, 'extension.js-debug.requestCDPProxy');
        asked.push(id);
        return Promise.resolve(server.address);
      },
      { collectorBundle: 'the collector', addonPackage: 'no-package', sourceMaps: new FileSourceMaps(), settings: () => settings, isTrusted: () => isTrusted, log },
    );
    made.events.on('sessions', () => heard.push('sessions')).on('current', () => heard.push('current'));
    return made;
  }

  beforeEach(async () => {
    server = await CdpServer.listen(goodProgram);
    debug = new FakeDebug();
    settings = SETTINGS;
    isTrusted = true;
    asked = [];
    heard = [];
    profiler = newProfiler();
  });
  afterEach(async () => {
    await profiler.dispose();
    await server.close();
  });

  const ids = () => profiler.sessions.map(({ id }) => id);
  const states = () => Object.fromEntries(profiler.sessions.map(({ id, state }) => [id, state]));

  /** Starts a launch, and the program in it. */
  function launch(name: string): { root: vscode.DebugSession; main: vscode.DebugSession } {
    const root = debug.start(debugSession(`${name}Root`));
    return { root, main: debug.start(debugSession(name, { parentSession: root, isTarget: true })) };
  }

  function found(id: string): ProfiledSession {
    const session = profiler.find(id);
    assert.ok(session, `${id} is not listed`);
    return session;
  }

  /** A session with something to keep: profiled until its first point. */
  async function profiled(id: string): Promise<ProfiledSession> {
    const session = found(id);
    await profiler.start(session);
    await waitFor('the first point', () => session.store.history[0]);
    return session;
  }

  it('asks each of very many less often, but the one on show', async () => {
    settings = { ...SETTINGS, interval: 100 };
    const { main } = launch('app');
    for (let index = 0; index < 20; index++) debug.start(debugSession(`child${index}`, { parentSession: main, isTarget: true }));
    const points = (id: string) => found(id).store.history.length;
    await profiler.start(found('app'));
    await waitFor('all to be profiled', () => (ids().every((id) => points(id) > 0) ? true : undefined));
    const [before, childBefore] = [points('app'), points('child0')];
    await waitFor('more points of the one on show', () => (points('app') >= before + 10 ? true : undefined));
    // 20 questions at 16 a second: one in 1.25 s.
    assert.ok(points('child0') - childBefore <= 4, `${points('child0') - childBefore} points`);
    profiler.show(found('child0'));
    const shown = points('child0');
    await waitFor('more points of what is on show now', () => (points('child0') >= shown + 10 ? true : undefined));
  });

  describe('lists', () => {
    it('programs, not the launches around them', () => {
      launch('app');
      assert.deepEqual(profiler.sessions, [{ id: 'app', name: 'Session app', state: 'available', pid: null, nodeVersion: null }]);
      assert.equal(heard.length, 1);
    });

    it('workers and child processes too, and programs of every kind of Node.js session', () => {
      const { main } = launch('app');
      debug.start(debugSession('worker', { parentSession: main, isTarget: true }));
      debug.start(debugSession('terminal', { type: 'node-terminal', isTarget: true }));
      debug.start(debugSession('extension', { type: 'pwa-extensionHost', isTarget: true }));
      assert.deepEqual(ids(), ['app', 'worker', 'terminal', 'extension']);
    });

    it('no session of another debugger, but knows of it', () => {
      assert.equal(profiler.unsupported, undefined);
      const python = debug.start(debugSession('flask', { type: 'debugpy' }));
      launch('app');
      assert.deepEqual(ids(), ['app']);
      assert.equal(profiler.unsupported, python);
      debug.end(python);
      assert.equal(profiler.unsupported, undefined);
    });

    it('the active session of before it came, and one that becomes active', async () => {
      await profiler.dispose();
      debug.activeDebugSession = debugSession('early', { isTarget: true });
      profiler = newProfiler();
      assert.deepEqual(ids(), ['early']);
      debug.activate(debugSession('other', { isTarget: true }));
      debug.activate(undefined);
      assert.deepEqual(ids(), ['early', 'other']);
    });

    it('each session once', () => {
      const { main } = launch('app');
      debug.activate(main);
      debug.start(main);
      assert.deepEqual([ids(), heard], [['app'], ['sessions']]);
    });

    it('no session that ended before it was profiled', () => {
      debug.end(launch('app').main);
      assert.deepEqual(ids(), []);
      assert.equal(heard.length, 3, 'it came, changed its state and went');
    });

    it('sessions that ended with a history, but only the last of them', async () => {
      const names = Array.from({ length: 24 }, (_, index) => `app${index}`);
      const sessions = names.map((name) => launch(name).main);
      await Promise.all(names.map(profiled));
      for (const session of sessions) debug.end(session);
      assert.equal(ids().length, 24, 'nothing is dropped while nothing comes');
      assert.equal(found('app3').store.history.length, 1);
      launch('new');
      // The one on show and 20 others are kept.
      assert.deepEqual(ids(), [...names.slice(3), 'new']);
      assert.equal(profiler.current?.id, 'app23');
    });

    it('the debug session of an id, while it runs', () => {
      const { root, main } = launch('app');
      assert.deepEqual([profiler.debugSession('app'), profiler.debugSession('appRoot')], [main, root]);
      debug.end(main);
      assert.equal(profiler.debugSession('app'), undefined);
    });
  });

  it('knows of a launch whose program has not come up yet', () => {
    assert.equal(profiler.isProgramStarting, false);
    debug.start(debugSession('flask', { type: 'debugpy' }));
    assert.equal(profiler.isProgramStarting, false);
    const root = debug.start(debugSession('root'));
    assert.equal(profiler.isProgramStarting, true);
    debug.start(debugSession('app', { parentSession: root, isTarget: true }));
    assert.equal(profiler.isProgramStarting, false);
  });

  it('does nothing in a program before the user asks (R12)', () => {
    const { main } = launch('app');
    debug.activate(main);
    assert.deepEqual([profiler.isProgramExpected, asked, server.connections], [false, [], 0]);
  });

  it('does nothing in a workspace that is not trusted', async () => {
    isTrusted = false;
    settings = { ...settings, profileOnLaunch: true };
    launch('app');
    await profiler.start(found('app'));
    assert.deepEqual([profiler.isProgramExpected, asked, server.connections, states()], [false, [], 0, { app: 'failed' }]);
    assert.match(found('app').status.notice ?? '', /Restricted Mode\. Trust the workspace/);
    isTrusted = true;
    await profiler.start(found('app'));
    assert.deepEqual(states(), { app: 'live' });
  });

  describe('find', () => {
    it('gives the session of an id, and nothing for one that is not known', () => {
      launch('app');
      assert.equal(profiler.find('app')?.id, 'app');
      for (const id of ['appRoot', 'nobody', '', '__proto__']) assert.equal(profiler.find(id), undefined);
    });

    it('gives nothing when there is nothing', () => assert.equal(profiler.find(), undefined));

    it('gives the newest when none is active', () => {
      launch('a');
      launch('b');
      assert.equal(profiler.find()?.id, 'b');
    });

    it('gives the active one, also when it is the launch that is active', () => {
      const a = launch('a');
      launch('b');
      debug.activate(a.main);
      assert.equal(profiler.find()?.id, 'a');
      debug.activate(a.root);
      assert.equal(profiler.find()?.id, 'a');
      debug.activate(debugSession('flask', { type: 'debugpy' }));
      assert.equal(profiler.find()?.id, 'b', 'a session that can’t be profiled says nothing');
    });

    it('gives the one on show while it is profiled, whatever is active', async () => {
      launch('a');
      const b = launch('b');
      debug.activate(b.main);
      const a = await profiled('a');
      assert.equal(profiler.find(), a);
      await profiler.stop(a);
      assert.equal(profiler.find()?.id, 'b');
    });

    it('gives the one on show after all have ended', async () => {
      const { main } = launch('a');
      const a = await profiled('a');
      debug.end(main);
      assert.deepEqual([a.info.state, profiler.find()], ['ended', a]);
      launch('b');
      assert.equal(profiler.find()?.id, 'b', 'one that runs comes first');
    });
  });

  describe('profiling', () => {
    it('puts the session on show, and tells of its points', async () => {
      launch('app');
      const points: string[] = [];
      profiler.events.on('point', ({ id, state }) => points.push(`${id} ${state}`));
      const session = await profiled('app');
      assert.equal(profiler.current, session);
      assert.deepEqual(session.info, { id: 'app', name: 'Session app', state: 'live', pid: 4711, nodeVersion: '22.11.0' });
      assert.deepEqual(points, ['app live']);
      assert.deepEqual(asked, ['app']);
      assert.equal(heard.filter((event) => event === 'current').length, 1);
    });

    it('undoes itself in the program on stop, and starts again', async () => {
      launch('app');
      const session = await profiled('app');
      await profiler.stop(session);
      assert.equal(session.info.state, 'stopped');
      assert.deepEqual(commandOf(server.requests.at(-1) ?? { id: 0, method: '' }), { command: 'stop' });
      await waitFor('the connection to end', () => (server.connections === 0 ? true : undefined));
      await profiler.start(session);
      assert.deepEqual([session.info.state, session.store.history.length], ['live', 1]);
    });

    it('says why a session can’t be profiled', async () => {
      server.respond = (request: CdpRequest) => (request.method === 'Runtime.evaluate' ? evaluated(request, 'garbage') : goodProgram(request));
      launch('app');
      const session = found('app');
      await profiler.start(session);
      assert.equal(session.info.state, 'failed');
      assert.match(session.status.notice ?? '', /does not understand/);
      await waitFor('the connection to end', () => (server.connections === 0 ? true : undefined));
    });

    it('takes a point per interval', async () => {
      let clock = SAMPLE.clock;
      server.respond = (request) => {
        const collects = request.method === 'Runtime.evaluate' && commandOf(request).command === 'collect';
        return collects ? evaluated(request, ok({ sample: { ...SAMPLE, clock: (clock += 1000) } })) : goodProgram(request);
      };
      settings = { ...settings, interval: 20, window: 60 };
      launch('app');
      const session = await profiled('app');
      const first = session.store.history[0];
      await waitFor('the window to move on', () => (session.store.history[0] === first ? undefined : true));
      assert.equal(session.store.history.length, 3);
    });
  });

  describe('sessions with the type of a page', () => {
    const answersAsNode = (request: CdpRequest) => (evaluationOf(request) === 'isNode' ? evaluated(request, true) : goodProgram(request));
    const live = (id: string) => waitFor(() => `${id} to be live; it is ${states()[id] ?? 'unknown'}: ${profiler.find(id)?.status.notice ?? ''}`, () => (states()[id] === 'live' ? true : undefined));

    it('are profiled as Node.js where they are an extension host and what it started', async () => {
      server.respond = answersAsNode;
      const root = debug.start(debugSession('vscode', { type: 'pwa-extensionHost' }));
      const host = debug.start(debugSession('host', { type: 'pwa-chrome', parentSession: root, isTarget: true }));
      debug.start(debugSession('hostWorker', { type: 'pwa-chrome', parentSession: host, isTarget: true }));
      await profiled('host');
      await live('hostWorker');
      assert.deepEqual(found('host').info.nodeVersion, '22.11.0');
      assert.deepEqual(found('host').status.missing, {});
    });

    it('are profiled from the first line on where they are an extension host and the setting says so', async () => {
      server.respond = answersAsNode;
      settings = { ...settings, profileOnLaunch: true };
      const root = debug.start(debugSession('vscode', { type: 'pwa-extensionHost' }));
      debug.start(debugSession('host', { type: 'pwa-chrome', parentSession: root, isTarget: true }));
      await live('host');
    });

    /** A browser that shows one page. */
    function launchPage(): void {
      const browser = debug.start(debugSession('browser', { type: 'pwa-chrome' }));
      debug.start(debugSession('page', { type: 'pwa-chrome', parentSession: browser, isTarget: true }));
    }

    it('are pages of a browser, which are profiled when the user asks, and have no version of Node.js', async () => {
      server.respond = recordedPage();
      settings = { ...settings, profileOnLaunch: true };
      launchPage();
      assert.deepEqual([ids(), asked], [['page'], []]);
      const page = await profiled('page');
      assert.deepEqual(page.info, { id: 'page', name: 'Session page', state: 'live', pid: null, nodeVersion: null });
      assert.notEqual(page.status.missing.handles, undefined);
    });

    it('are shown once their launch, which the user asked for, has opened them', async () => {
      server.respond = recordedPage();
      profiler.expectProgram();
      launchPage();
      await live('page');
      assert.equal(profiler.current?.id, 'page');
    });
  });

  describe('follows a launch', () => {
    const live = (id: string) => waitFor(`${id} to be live`, () => (states()[id] === 'live' ? true : undefined));

    it('whose program starts anew, until it is stopped or ends', async () => {
      const { root, main } = launch('app');
      await profiled('app');
      debug.end(main);
      debug.start(debugSession('again', { parentSession: root, isTarget: true }));
      await live('again');
      assert.equal(profiler.current?.id, 'again');
      await profiler.stop(found('again'));
      debug.start(debugSession('third', { parentSession: root, isTarget: true }));
      launch('other');
      assert.deepEqual(states(), { app: 'ended', again: 'stopped', third: 'available', other: 'available' });
    });

    it('that the user asked for: the next program, and no more', async () => {
      profiler.expectProgram();
      assert.equal(profiler.isProgramExpected, true);
      debug.start(debugSession('flask', { type: 'debugpy' }));
      const { main } = launch('app');
      debug.start(debugSession('worker', { parentSession: main, isTarget: true }));
      await Promise.all([live('app'), live('worker')]);
      launch('later');
      assert.deepEqual([profiler.isProgramExpected, profiler.current?.id, states()], [false, 'app', { app: 'live', worker: 'live', later: 'available' }]);
    });

    it('that the user asked for, unless it did not come about', () => {
      profiler.expectProgram();
      profiler.expectNothing();
      launch('app');
      assert.deepEqual([profiler.isProgramExpected, states()], [false, { app: 'available' }]);
    });

    it('with every program when the setting says so', async () => {
      settings = { ...settings, profileOnLaunch: true };
      launch('a');
      launch('b');
      await Promise.all([live('a'), live('b')]);
      assert.equal(profiler.isProgramExpected, true);
    });
  });

  describe('a program with children', () => {
    const all = (state: string, ...names: string[]) => waitFor(() => `${names.join()} to be ${state}: ${JSON.stringify(states())}`, () => (names.every((name) => states()[name] === state) ? true : undefined));
    const child = (id: string, parentSession: vscode.DebugSession) => debug.start(debugSession(id, { parentSession, isTarget: true }));

    it('is profiled with them, those that come later too, and stopped with them', async () => {
      const { main } = launch('app');
      const fork = child('fork', main);
      await profiler.start(found('app'));
      await all('live', 'app', 'fork');
      child('[worker 1]', fork);
      await all('live', '[worker 1]');
      assert.equal(profiler.current?.id, 'app', 'what comes is not put on show');
      await profiler.stop(found('fork'));
      assert.deepEqual(states(), { app: 'live', fork: 'stopped', '[worker 1]': 'stopped' });
      child('late', fork);
      await profiler.stop(found('app'));
      assert.deepEqual([states().late, states().app], ['available', 'stopped']);
    });

    it('is profiled alone where the settings say so', async () => {
      settings = { ...settings, profileChildren: false };
      const { main } = launch('app');
      child('early', main);
      await profiler.start(found('app'));
      child('late', main);
      assert.deepEqual(states(), { app: 'live', early: 'available', late: 'available' });
    });

    it('is one tree, also when some have ended', async () => {
      const { main } = launch('app');
      const fork = child('fork', main);
      child('grandchild', fork);
      launch('other');
      await profiled('app');
      await all('live', 'app', 'fork', 'grandchild');
      await waitFor('figures of all', () => (profiler.processes.rows.slice(0, 3).every(({ isCurrent }) => isCurrent) ? true : undefined));
      debug.end(fork);
      const rows = profiler.processes.rows.map(({ session, parentId, depth, isCurrent }) => [session.id, parentId, depth, isCurrent]);
      assert.deepEqual(rows, [['app', null, 0, true], ['fork', 'app', 1, false], ['grandchild', 'fork', 2, true], ['other', null, 0, false]]);
      profiler.clearHistory(found('app'));
      assert.deepEqual(ids(), ['app', 'grandchild', 'other']);
    });

    it('of sixty-four processes is followed, each with a history of its own', async () => {
      const { main } = launch('app');
      const names = Array.from({ length: 63 }, (_, index) => `child${index}`);
      for (const name of names) child(name, main);
      await profiler.start(found('app'));
      await waitFor('the first points', () => (profiler.profiled.every(({ store }) => store.history.length > 0) ? true : undefined));
      assert.deepEqual([profiler.processes.rows.length, profiler.processes.rows.every(({ isCurrent }) => isCurrent)], [64, true]);
    });
  });

  it('says of a program of the same launch that it is new', async () => {
    const { root, main } = launch('app');
    await profiled('app');
    debug.end(main);
    debug.start(debugSession('again', { parentSession: root, isTarget: true }));
    await waitFor('again to be live', () => (states().again === 'live' ? true : undefined));
    assert.deepEqual(found('again').store.happenings.map(({ kind }) => kind), ['restarted', 'started']);
    assert.deepEqual(found('app').store.happenings.map(({ kind }) => kind), ['started', 'ended']);
  });

  it('has every program that is profiled follow promises as the settings say now', async () => {
    launch('a');
    launch('b');
    launch('idle');
    await Promise.all(['a', 'b'].map(profiled));
    settings = { ...settings, pendingMode: 'all' };
    await profiler.updatePendingMode();
    const modes = server.requests.flatMap((request) => (request.method === 'Runtime.evaluate' && commandOf(request).command === 'setPendingMode' ? [commandOf(request).mode] : []));
    assert.deepEqual(modes, ['all', 'all']);
  });

  it('stops all profiling and hears no more once it is disposed', async () => {
    launch('a');
    launch('b');
    await Promise.all(['a', 'b'].map(profiled));
    await profiler.dispose();
    assert.deepEqual([states(), debug.listenerCount], [{ a: 'stopped', b: 'stopped' }, 0]);
    await waitFor('the connections to end', () => (server.connections === 0 ? true : undefined));
  });
});
