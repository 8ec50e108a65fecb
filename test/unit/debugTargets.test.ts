import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isMainProgram, isOfBrowser, mayBePage, runName, suitability, whyUnsupported, type Suitability } from '../../src/host/session/debugTargets';
import { debugSession } from '../helpers/fakeDebug';

const target = { __pendingTargetId: '1' };

describe('suitability', () => {
  const rows: readonly (readonly [type: string, configuration: Readonly<Record<string, unknown>>, Suitability])[] = [
    ['pwa-node', {}, 'root'],
    ['pwa-node', target, 'program'],
    ['node-terminal', {}, 'root'],
    ['node-terminal', target, 'program'],
    ['pwa-extensionHost', target, 'program'],
    ['node', target, 'program'],
    ['extensionHost', {}, 'root'],
    ['pwa-chrome', target, 'program'],
    ['pwa-msedge', target, 'program'],
    ['pwa-msedge', {}, 'root'],
    ['pwa-editor-browser', target, 'program'],
    ['firefox', target, 'unsupported'],
    ['debugpy', {}, 'unsupported'],
    ['PWA-NODE', target, 'unsupported'],
    ['', {}, 'unsupported'],
  ];
  for (const [type, configuration, expected] of rows) {
    it(`is ${expected} for "${type}" with ${JSON.stringify(configuration)}`, () =>
      assert.equal(suitability({ type, configuration: { type, name: 'x', request: 'launch', ...configuration } }), expected));
  }
});

describe('a session of an extension host', () => {
  const launch = debugSession('launch', { type: 'pwa-extensionHost' });
  const host = debugSession('host', { type: 'pwa-chrome', parentSession: launch, isTarget: true });
  const worker = debugSession('worker', { type: 'pwa-chrome', parentSession: host, isTarget: true });
  it('is a program that may be a page, as js-debug gives it the type of one, and is of no browser', () => {
    assert.deepEqual([suitability(launch), suitability(host), isMainProgram(host), mayBePage(host), isOfBrowser(host)], ['root', 'program', true, true, false]);
  });
  it('has workers and child processes', () => {
    assert.deepEqual([suitability(worker), isMainProgram(worker), mayBePage(worker), isOfBrowser(worker)], ['program', false, true, false]);
  });
});

describe('isMainProgram', () => {
  const root = debugSession('root');
  const main = debugSession('main', { parentSession: root, isTarget: true });
  it('is the child of a launch', () => assert.equal(isMainProgram(main), true));
  it('is not the launch itself', () => assert.equal(isMainProgram(root), false));
  it('is not a worker or child process of it', () => assert.equal(isMainProgram(debugSession('worker', { parentSession: main, isTarget: true })), false));
  it('is not a program whose launch is not known', () => assert.equal(isMainProgram(debugSession('orphan', { isTarget: true })), false));
  it('is a page that a launch opened, and not what the page started', () => {
    const browser = debugSession('browser', { type: 'pwa-chrome' });
    const page = debugSession('page', { type: 'pwa-chrome', parentSession: browser, isTarget: true });
    assert.deepEqual([isMainProgram(page), isOfBrowser(page)], [true, true]);
    assert.equal(isMainProgram(debugSession('worker', { type: 'pwa-chrome', parentSession: page, isTarget: true })), false);
  });
});

describe('runName', () => {
  const launchOf = (id: string) => ({ ...debugSession(id), configuration: { type: 'pwa-node', name: 'Shop', request: 'launch' } });
  const child = (name: string, id: string) => ({ ...debugSession('child', { parentSession: launchOf(id), isTarget: true }), name });
  it('is the same in every run, whatever the process is', () => {
    assert.equal(runName(child('app.js [4711] « Shop', 'one')), 'Shop › app.js');
    assert.equal(runName(child('app.js [12]', 'another')), 'Shop › app.js');
  });
  it('tells a launch’s workers and processes apart', () => {
    const main = child('app.js [4711]', 'one');
    assert.equal(runName({ ...debugSession('worker', { parentSession: main, isTarget: true }), name: '[worker 1]' }), 'Shop › [worker 1]');
    assert.equal(runName({ ...debugSession('fork', { parentSession: main, isTarget: true }), name: 'jobs.js [4712] « app.js [4711]' }), 'Shop › jobs.js');
  });
});

describe('a session that is not supported', () => {
  it('says so and why in one sentence', () => {
    assert.match(whyUnsupported(debugSession('flask', { type: 'debugpy' })), /^“Session flask” \(debugpy\) can’t be profiled: Bifrost reads programs through .+\.$/);
  });
});
