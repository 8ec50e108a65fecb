import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type OpenHandle } from '../../src/model/handleGroups';
import { handleCategory } from '../../src/model/handleCategory';
import type { HandleCategory } from '../../src/protocol/collector';
import { ANSWERED, group, open, REQUEST, SERVED } from '../helpers/openHandles';

describe('handleCategory', () => {
  const text = 'serve\n\t/app/server.js:9';
  type Row = readonly [title: string, handle: Partial<OpenHandle>, background: string[], perRequest: string[], expected: HandleCategory];
  const table: readonly Row[] = [
    ['is per-request for what a request opened', { request: SERVED }, [], [], 'per_request'],
    ['is per-request for what is left of an answered request', { request: ANSWERED }, [], [], 'per_request'],
    ['is per-request also for an interval of a request: it is its leak', { type: 'Interval', request: ANSWERED }, [], [], 'per_request'],
    ['is per-request before it is background', { request: SERVED, isBackground: true }, [], [], 'per_request'],
    ['is per-request for a connection of a request', { type: 'TCPWRAP', request: SERVED }, [], [], 'per_request'],
    ['is unknown for a connection of an answered request: a pool may keep it', { type: 'TCPWRAP', request: ANSWERED }, [], [], 'unknown'],
    ['is unknown for a session whose request is answered', { type: 'HTTP2SESSION', request: ANSWERED }, [], [], 'unknown'],
    ['is per-request for a stream whose request is answered', { type: 'HTTP2STREAM', request: ANSWERED }, [], [], 'per_request'],
    ['is background for what the main script opened', { isBackground: true }, [], [], 'background'],
    ['is background for a connection of the main script', { type: 'TCPWRAP', isBackground: true }, [], [], 'background'],
    ['is background for what serves the program', { type: 'TCPSERVERWRAP' }, [], [], 'background'],
    ['is unknown for the rest', {}, [], [], 'unknown'],
    ['follows a background pattern before all else', { request: SERVED }, ['server.js'], [], 'background'],
    ['follows background patterns before per-request ones', {}, ['serve'], ['serve'], 'background'],
    ['follows a per-request pattern before what caused it', { isBackground: true }, ['elsewhere'], ['/app/server.js:9'], 'per_request'],
    ['follows a per-request pattern for a connection, too', { type: 'TCPWRAP', request: ANSWERED }, [], ['serve'], 'per_request'],
    ['takes a pattern as it stands, not as an expression', {}, ['server.js.*', 'SERVE'], [], 'unknown'],
    ['ignores empty patterns, which every text contains', { isBackground: true }, [''], [''], 'background'],
  ];
  for (const [title, handle, backgroundPatterns, perRequestPatterns, expected] of table) {
    it(title, () =>
      assert.equal(handleCategory(open('Timeout', 0, handle), () => text, { backgroundPatterns, perRequestPatterns }), expected));
  }

  it('does not make a text of the stack without patterns', () => {
    const fail = () => assert.fail('The text was asked for.');
    assert.equal(handleCategory(open('Timeout', 0), fail, REQUEST), 'unknown');
  });

  it('searches the stack of what caused a handle too', () => {
    const { groups } = group([open('TCPWRAP', 1, { stackKey: 2 })], { backgroundPatterns: ['jobs/poll.js'] });
    assert.deepEqual(groups.map(({ category }) => category), ['background']);
  });
});
