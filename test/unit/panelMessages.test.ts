import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseFromPage } from '../../src/host/views/panelMessages';
import type { FromPage } from '../../src/protocol/panel';

const frame = { functionName: 'f', file: '/a.ts', line: 1, column: 2, origin: 'user' } as const;

/** One of each. */
const MESSAGES: { readonly [T in FromPage['type']]: Extract<FromPage, { type: T }> } = {
  ready: { type: 'ready' },
  openFrame: { type: 'openFrame', sessionId: 's', frame, preview: false },
  selectSession: { type: 'selectSession', sessionId: 's' },
  start: { type: 'start', sessionId: 's' },
  stop: { type: 'stop', sessionId: 's' },
  showProfiler: { type: 'showProfiler' },
  openRawHandleDump: { type: 'openRawHandleDump' },
  markNow: { type: 'markNow', sessionId: 's' },
  deepCheck: { type: 'deepCheck', sessionId: 's' },
  command: { type: 'command', command: 'collectGarbage', sessionId: 's' },
  watchList: {
    type: 'watchList',
    request: {
      kind: 'allocations',
      id: 'a',
      isNew: true,
      query: { grouping: 'files', measure: 'growth', expanded: ['a'], filter: 'x', sort: 'size', opens: 'expanded' },
      window: { first: 0, count: 50 },
      tracked: ['a'],
    },
  },
  unwatchList: { type: 'unwatchList', id: 'a' },
  copyText: { type: 'copyText', text: 'f\n\t/a.ts:1' },
  selectInterval: { type: 'selectInterval', sessionId: 's', interval: { from: 1, to: 2 } },
  clearInterval: { type: 'clearInterval', sessionId: 's' },
  hideFile: { type: 'hideFile', file: '/a.ts' },
  hideGroup: { type: 'hideGroup', group: { id: 'g', name: 'Timer' } },
  unhideFile: { type: 'unhideFile', file: '/a.ts' },
  unhideGroup: { type: 'unhideGroup', groupId: 'g' },
  unhideAll: { type: 'unhideAll' },
};

describe('a message of the page', () => {
  for (const message of Object.values(MESSAGES)) {
    it(`${message.type} is taken, and without what it needs it is not`, () => {
      assert.deepEqual(parseFromPage(message), message);
      assert.deepEqual(parseFromPage({ ...message, extra: 1 }), message);
      for (const key of Object.keys(message)) {
        for (const wrong of [undefined, null, 5, {}, [], 'x'.repeat(10_001)]) assert.equal(parseFromPage({ ...message, [key]: wrong }), null, `${key}: ${typeof wrong}`);
      }
    });
  }

  it('of another kind is nothing', () => {
    for (const message of [null, undefined, 'ready', [], { type: 'executeCommand', command: 'x' }, { type: '__proto__' }, { type: ['ready'] }]) assert.equal(parseFromPage(message), null);
  });

  it('hides no group with a name of megabytes', () => {
    for (const group of [null, {}, { id: 'g' }, { id: 1, name: 'Timer' }, { id: 'g', name: 'x'.repeat(10_001) }]) assert.equal(parseFromPage({ type: 'hideGroup', group }), null);
  });
});
