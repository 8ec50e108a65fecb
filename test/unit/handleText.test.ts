import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changeText, groupName, keepsAliveText, outlivedText, routesText, stateText, subjectsText, subjectText, waitText } from '../../src/model/handleText';
import type { Frame } from '../../src/protocol/frames';
import { handleRow } from '../helpers/handleRows';

const frame = (functionName: string, origin: Frame['origin'] = 'user'): Frame => ({ functionName, file: '/app/a.js', line: 1, column: 1, origin });

describe('the text of a handle group', () => {
  it('names what opened it, or in which function it waits', () => {
    const stack = [frame('connect', 'node'), frame('openPool')];
    assert.equal(groupName(handleRow({ label: 'TCP socket', stack })), 'TCP socket, opened by openPool');
    assert.equal(groupName(handleRow({ label: 'Await', kind: 'pending', stack })), 'Await, in openPool');
    assert.equal(groupName(handleRow({ label: 'Timer', stack: [], causeStack: [] })), 'Timer');
    assert.equal(groupName(handleRow({ label: 'Timer', stack: [frame('', 'native')], causeStack: [frame('handle')] })), 'Timer, opened by handle');
  });

  it('writes out what is invisible in a name of the program', () => {
    assert.equal(groupName(handleRow({ label: 'a\u202Eb', stack: [] })), 'a\\u{202e}b');
    assert.equal(subjectText({ count: 1, estimated: false, subjects: [{ text: 'a\nb', count: 1 }] }), 'a\\u{a}b');
  });

  it('says what a state waits for, when it waits for something', () => {
    assert.equal(stateText({ state: 'open', waitReason: 'data' }), 'open, waits for data');
    assert.equal(stateText({ state: 'open', waitReason: '' }), 'open');
  });

  it('names the most frequent subject and counts the members of others', () => {
    const subjects = [
      { text: '127.0.0.1:5432', count: 3 },
      { text: '127.0.0.1:6379', count: 2 },
    ];
    assert.equal(subjectText({ count: 5, estimated: false, subjects }), '127.0.0.1:5432 and 2 more');
    assert.equal(subjectText({ count: 1003, estimated: true, subjects }), '127.0.0.1:5432 and ~1,000 more');
    assert.equal(subjectText({ count: 3, estimated: false, subjects: subjects.slice(0, 1) }), '127.0.0.1:5432');
    assert.equal(subjectText({ count: 3, estimated: false, subjects: [] }), '');
  });

  it('counts subjects and routes that occur more than once', () => {
    assert.equal(subjectsText({ estimated: true, subjects: [{ text: 'a', count: 3000 }, { text: 'b', count: 1 }] }), 'a ×~3,000, b');
    assert.equal(routesText({ estimated: false, routes: [{ route: 'GET /users/:id', count: 3 }, { route: 'POST /orders', count: 1 }] }), 'GET /users/:id ×3, POST /orders');
  });

  it('has one age for one member, and the last activity where it is known', () => {
    const ages = { longestWait: 4_800_000, oldest: 4_800_000, median: 180_000, newest: 4000 };
    assert.equal(waitText(handleRow({ count: 3, ...ages, sinceActivity: null })), 'oldest 1 h 20 min, median 3 min, newest 4 s');
    assert.equal(waitText(handleRow({ count: 1, ...ages, sinceActivity: 2000 })), '1 h 20 min; last activity 2 s ago');
  });

  it('tells the wait from the age of what was used since', () => {
    const used = { longestWait: 60_000, oldest: 4_800_000, median: 180_000, newest: 4000, sinceActivity: null };
    assert.equal(waitText(handleRow({ count: 3, ...used })), 'longest wait 1 min; oldest 1 h 20 min, median 3 min, newest 4 s');
    assert.equal(waitText(handleRow({ count: 1, ...used })), '1 min; open for 1 h 20 min');
  });

  it('says how many keep the process alive, and nothing when Node does not tell', () => {
    const text = (count: number, keepsAlive: number | null) => keepsAliveText(handleRow({ count, keepsAlive, estimated: false }));
    assert.equal(text(5, null), '');
    assert.equal(text(5, 0), 'unref’d: does not keep the process alive');
    assert.equal(text(5, 3), '3 of 5 keep the process alive');
    assert.equal(text(5, 5), 'each of them keeps the process alive');
    assert.equal(text(1, 1), 'keeps the process alive');
  });

  it('says how many outlived their request', () => {
    assert.equal(outlivedText(handleRow({ count: 5, outlived: 0 })), '');
    assert.equal(outlivedText(handleRow({ count: 5, outlived: 2 })), '2 of 5 still open although their request is over');
    assert.equal(outlivedText(handleRow({ count: 1, outlived: 1 })), 'still open although its request is over');
  });

  it('writes a change with its sign', () => assert.deepEqual([1200, -3, 0].map(changeText), ['+1,200', '-3', '±0']));
});
