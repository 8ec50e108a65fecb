import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withPreload } from '../../src/host/session/launchPreload';

const PRELOAD = '/ext/dist/bifrost-preload.cdp';
const OPTION = `--require "${PRELOAD}"`;
const launch = { type: 'pwa-node', name: 'Launch', request: 'launch', program: '/app/main.js' };

describe('withPreload', () => {
  const rows: readonly (readonly [title: string, env: unknown, expected: unknown])[] = [
    ['adds the option to a launch without an environment', undefined, { NODE_OPTIONS: OPTION }],
    ['adds it to an environment that is null', null, { NODE_OPTIONS: OPTION }],
    ['keeps the other variables', { PORT: '80', UNSET: null }, { PORT: '80', UNSET: null, NODE_OPTIONS: OPTION }],
    ['keeps what stands in NODE_OPTIONS', { NODE_OPTIONS: '--max-old-space-size=64' }, { NODE_OPTIONS: `--max-old-space-size=64 ${OPTION}` }],
    ['takes an empty NODE_OPTIONS for none', { NODE_OPTIONS: '' }, { NODE_OPTIONS: OPTION }],
    ['takes a NODE_OPTIONS that is to be unset for none', { NODE_OPTIONS: null }, { NODE_OPTIONS: OPTION }],
  ];
  for (const [title, env, expected] of rows) {
    it(title, () => {
      const configuration = env === undefined ? launch : { ...launch, env };
      assert.deepEqual(withPreload(configuration, PRELOAD), { ...launch, env: expected });
    });
  }

  it('does not change what it was given', () => {
    const configuration = { ...launch, env: { NODE_OPTIONS: '--trace-warnings' } };
    withPreload(configuration, PRELOAD);
    assert.deepEqual(configuration, { ...launch, env: { NODE_OPTIONS: '--trace-warnings' } });
  });

  it('quotes paths with spaces and backslashes as Node reads NODE_OPTIONS', () => {
    const preload = 'C:\\Program Files\\ext\\bifrost-preload.cdp';
    assert.deepEqual(withPreload(launch, preload), { ...launch, env: { NODE_OPTIONS: '--require "C:\\\\Program Files\\\\ext\\\\bifrost-preload.cdp"' } });
  });

  for (const [title, change] of [
    ['an attach', { request: 'attach' }],
    ['a child session, which js-debug resolves too', { __pendingTargetId: '17' }],
    ['a child session with an empty id', { __pendingTargetId: '' }],
  ] as const) {
    it(`leaves ${title} untouched`, () => {
      const configuration = { ...launch, ...change, env: { NODE_OPTIONS: 'x' } };
      assert.equal(withPreload(configuration, PRELOAD), configuration);
    });
  }
});
