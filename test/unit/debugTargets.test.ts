import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isMainProgram, suitability, type Suitability } from '../../src/host/session/debugTargets';
import { debugSession } from '../helpers/fakeDebug';

const target = { __pendingTargetId: '1' };

describe('suitability', () => {
  const rows: readonly (readonly [type: string, configuration: Readonly<Record<string, unknown>>, Suitability])[] = [
    ['pwa-node', {}, 'root'],
    ['pwa-node', target, 'node'],
    ['node-terminal', {}, 'root'],
    ['node-terminal', target, 'node'],
    ['pwa-extensionHost', target, 'node'],
    ['node', target, 'node'],
    ['extensionHost', {}, 'root'],
    ['pwa-chrome', target, 'unsupported'],
    ['pwa-msedge', {}, 'unsupported'],
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
  it('is a program, although js-debug gives it the type of a page', () => {
    assert.deepEqual([suitability(launch), suitability(host), isMainProgram(host)], ['root', 'node', true]);
  });
});

describe('isMainProgram', () => {
  const root = debugSession('root');
  const main = debugSession('main', { parentSession: root, isTarget: true });
  it('is the child of a launch', () => assert.equal(isMainProgram(main), true));
  it('is not the launch itself', () => assert.equal(isMainProgram(root), false));
  it('is not a worker or child process of it', () => assert.equal(isMainProgram(debugSession('worker', { parentSession: main, isTarget: true })), false));
  it('is not a program whose launch is not known', () => assert.equal(isMainProgram(debugSession('orphan', { isTarget: true })), false));
  it('is not a page, nor a program that a page started', () => {
    const page = debugSession('page', { type: 'pwa-chrome', parentSession: root, isTarget: true });
    assert.equal(isMainProgram(page), false);
    assert.equal(isMainProgram(debugSession('child', { parentSession: page, isTarget: true })), false);
  });
});
