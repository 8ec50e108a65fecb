import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { debugSession } from '../helpers/fakeDebug';
import { ProfilerSetup } from '../helpers/profilerSetup';
import { SETTINGS } from '../helpers/settings';
import { waitFor } from '../helpers/waitFor';

describe('Profiler', () => {
  let setup: ProfilerSetup;
  beforeEach(async () => {
    setup = await ProfilerSetup.open();
  });
  afterEach(() => setup.close());

  it('asks each of very many less often, but the one on show', async () => {
    setup.settings = { ...SETTINGS, interval: 100 };
    const { main } = setup.launch('app');
    for (let index = 0; index < 20; index++) setup.debug.start(debugSession(`child${index}`, { parentSession: main, isTarget: true }));
    const points = (id: string) => setup.found(id).store.history.length;
    await setup.profiler.start(setup.found('app'));
    await waitFor('all to be profiled', () => (setup.ids().every((id) => points(id) > 0) ? true : undefined));
    const [before, childBefore] = [points('app'), points('child0')];
    await waitFor('more points of the one on show', () => (points('app') >= before + 10 ? true : undefined));
    // 20 questions at 16 a second: one in 1.25 s.
    assert.ok(points('child0') - childBefore <= 4, `${points('child0') - childBefore} points`);
    setup.profiler.show(setup.found('child0'));
    const shown = points('child0');
    await waitFor('more points of what is on show now', () => (points('child0') >= shown + 10 ? true : undefined));
  });

  describe('lists', () => {
    it('programs, not the launches around them', () => {
      setup.launch('app');
      assert.deepEqual(setup.profiler.sessions, [{ id: 'app', name: 'Session app', state: 'available', pid: null, nodeVersion: null }]);
      assert.equal(setup.heard.length, 1);
    });

    it('workers and child processes too, and programs of every kind of Node.js session', () => {
      const { main } = setup.launch('app');
      setup.debug.start(debugSession('worker', { parentSession: main, isTarget: true }));
      setup.debug.start(debugSession('terminal', { type: 'node-terminal', isTarget: true }));
      setup.debug.start(debugSession('extension', { type: 'pwa-extensionHost', isTarget: true }));
      assert.deepEqual(setup.ids(), ['app', 'worker', 'terminal', 'extension']);
    });

    it('no session of another debugger, but knows of it', () => {
      assert.equal(setup.profiler.unsupported, undefined);
      const python = setup.debug.start(debugSession('flask', { type: 'debugpy' }));
      setup.launch('app');
      assert.deepEqual(setup.ids(), ['app']);
      assert.equal(setup.profiler.unsupported, python);
      setup.debug.end(python);
      assert.equal(setup.profiler.unsupported, undefined);
    });

    it('the active session of before it came, and one that becomes active', async () => {
      await setup.profiler.dispose();
      setup.debug.activeDebugSession = debugSession('early', { isTarget: true });
      setup.profiler = setup.newProfiler();
      assert.deepEqual(setup.ids(), ['early']);
      setup.debug.activate(debugSession('other', { isTarget: true }));
      setup.debug.activate(undefined);
      assert.deepEqual(setup.ids(), ['early', 'other']);
    });

    it('each session once', () => {
      const { main } = setup.launch('app');
      setup.debug.activate(main);
      setup.debug.start(main);
      assert.deepEqual([setup.ids(), setup.heard], [['app'], ['sessions']]);
    });

    it('no session that ended before it was profiled', () => {
      setup.debug.end(setup.launch('app').main);
      assert.deepEqual(setup.ids(), []);
      assert.equal(setup.heard.length, 3, 'it came, changed its state and went');
    });

    it('sessions that ended with a history, but only the last of them', async () => {
      const names = Array.from({ length: 24 }, (_, index) => `app${index}`);
      const sessions = names.map((name) => setup.launch(name).main);
      await Promise.all(names.map((id) => setup.profiled(id)));
      for (const session of sessions) setup.debug.end(session);
      assert.equal(setup.ids().length, 24, 'nothing is dropped while nothing comes');
      assert.equal(setup.found('app3').store.history.length, 1);
      setup.launch('new');
      // The one on show and 20 others are kept.
      assert.deepEqual(setup.ids(), [...names.slice(3), 'new']);
      assert.equal(setup.profiler.current?.id, 'app23');
    });

    it('the debug session of an id, while it runs', () => {
      const { root, main } = setup.launch('app');
      assert.deepEqual([setup.profiler.debugSession('app'), setup.profiler.debugSession('appRoot')], [main, root]);
      setup.debug.end(main);
      assert.equal(setup.profiler.debugSession('app'), undefined);
    });
  });

  it('knows of a launch whose program has not come up yet', () => {
    assert.equal(setup.profiler.isProgramStarting, false);
    setup.debug.start(debugSession('flask', { type: 'debugpy' }));
    assert.equal(setup.profiler.isProgramStarting, false);
    const root = setup.debug.start(debugSession('root'));
    assert.equal(setup.profiler.isProgramStarting, true);
    setup.debug.start(debugSession('app', { parentSession: root, isTarget: true }));
    assert.equal(setup.profiler.isProgramStarting, false);
  });

  it('does nothing in a program before the user asks (R12)', () => {
    const { main } = setup.launch('app');
    setup.debug.activate(main);
    assert.deepEqual([setup.profiler.isProgramExpected, setup.asked, setup.server.connections], [false, [], 0]);
  });

  it('does nothing in a workspace that is not trusted', async () => {
    setup.isTrusted = false;
    setup.settings = { ...setup.settings, profileOnLaunch: true };
    setup.launch('app');
    await setup.profiler.start(setup.found('app'));
    assert.deepEqual([setup.profiler.isProgramExpected, setup.asked, setup.server.connections, setup.states()], [false, [], 0, { app: 'failed' }]);
    assert.match(setup.found('app').status.notice ?? '', /Restricted Mode\. Trust the workspace/);
    setup.isTrusted = true;
    await setup.profiler.start(setup.found('app'));
    assert.deepEqual(setup.states(), { app: 'live' });
  });

  describe('find', () => {
    it('gives the session of an id, and nothing for one that is not known', () => {
      setup.launch('app');
      assert.equal(setup.profiler.find('app')?.id, 'app');
      for (const id of ['appRoot', 'nobody', '', '__proto__']) assert.equal(setup.profiler.find(id), undefined);
    });

    it('gives nothing when there is nothing', () => assert.equal(setup.profiler.find(), undefined));

    it('gives the newest when none is active', () => {
      setup.launch('a');
      setup.launch('b');
      assert.equal(setup.profiler.find()?.id, 'b');
    });

    it('gives the active one, also when it is the launch that is active', () => {
      const a = setup.launch('a');
      setup.launch('b');
      setup.debug.activate(a.main);
      assert.equal(setup.profiler.find()?.id, 'a');
      setup.debug.activate(a.root);
      assert.equal(setup.profiler.find()?.id, 'a');
      setup.debug.activate(debugSession('flask', { type: 'debugpy' }));
      assert.equal(setup.profiler.find()?.id, 'b', 'a session that can’t be profiled says nothing');
    });

    it('gives the one on show while it is profiled, whatever is active', async () => {
      setup.launch('a');
      const b = setup.launch('b');
      setup.debug.activate(b.main);
      const a = await setup.profiled('a');
      assert.equal(setup.profiler.find(), a);
      await setup.profiler.stop(a);
      assert.equal(setup.profiler.find()?.id, 'b');
    });

    it('gives the one on show after all have ended', async () => {
      const { main } = setup.launch('a');
      const a = await setup.profiled('a');
      setup.debug.end(main);
      assert.deepEqual([a.info.state, setup.profiler.find()], ['ended', a]);
      setup.launch('b');
      assert.equal(setup.profiler.find()?.id, 'b', 'one that runs comes first');
    });
  });
});
