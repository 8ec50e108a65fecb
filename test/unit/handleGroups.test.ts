import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { byUrgency, groupHandles, handleCategory, type CreationStack, type OpenHandle } from '../../src/model/handleGroups';
import type { HandleCategory, HandleGroup, HandleRequest, Pause } from '../../src/protocol/collector';
import type { RawFrame } from '../../src/protocol/frames';
import { SeededRandom } from '../helpers/seededRandom';

const frames: readonly RawFrame[] = [
  { functionName: 'serve', url: '/app/server.js', line: 9, column: 3 },
  { functionName: 'poll', url: '/app/jobs/poll.js', line: 2, column: 1 },
  { functionName: 'connect', url: '/app/node_modules/pg/client.js', line: 70, column: 5 },
];
/** Stack key 10·a + b: the stack is frame a - 1, the cause frame b - 1, 0 for none. */
function stackOf(key: number): CreationStack {
  const only = (number: number) => (number === 0 ? [] : [number - 1]);
  return { stack: only(Math.floor(key / 10)), causeStack: only(key % 10) };
}

const REQUEST: HandleRequest = { limit: 100, longWait: 60_000, pauses: [], backgroundPatterns: [], perRequestPatterns: [] };
const NOW = 1_000_000;
const SECOND = 1000;

function open(type: string, ageSeconds: number, more: Partial<OpenHandle> = {}): OpenHandle {
  return { type, createdAt: NOW - ageSeconds * SECOND, inRequest: false, atStartUp: false, stackKey: 10, ...more };
}

function group(handles: readonly OpenHandle[], request: Partial<HandleRequest> = {}) {
  return groupHandles(handles, stackOf, frames, { ...REQUEST, ...request }, NOW);
}

/** `count label, category, oldest/median/newest in s`, with a mark for what is stuck or waits for long. */
function rows(groups: readonly HandleGroup[]): string[] {
  return groups.map(({ count, label, category, oldest, median, newest, stuck, longWaiting }) => {
    const mark = stuck ? ', stuck' : longWaiting ? ', long' : '';
    return `${count} ${label}, ${category}, ${[oldest, median, newest].map((age) => age / SECOND).join('/')}${mark}`;
  });
}

describe('groupHandles', () => {
  it('puts handles of one type, category and stack together, with their ages', () => {
    const { groups } = group([open('TCPWRAP', 5), open('TCPWRAP', 30), open('TCPWRAP', 10), open('Timeout', 7)]);
    assert.deepEqual(rows(groups), ['3 TCP socket, unknown, 30/10/5', '1 Timer, unknown, 7/7/7']);
  });

  it('tells groups apart by type, stack, cause and category', () => {
    const { groups } = group([
      open('TCPWRAP', 1),
      open('Timeout', 1),
      open('TCPWRAP', 1, { stackKey: 20 }),
      open('TCPWRAP', 1, { stackKey: 12 }),
      open('TCPWRAP', 1, { inRequest: true }),
      open('TCPWRAP', 1, { atStartUp: true }),
    ]);
    assert.equal(groups.length, 6);
  });

  it('joins handles that different causes put into one category', () => {
    const handles = [open('TCPSERVERWRAP', 1), open('TCPSERVERWRAP', 2, { atStartUp: true })];
    assert.deepEqual(rows(group(handles).groups), ['2 TCP server, background, 2/2/1']);
  });

  it('carries what the reference’s groups carry (R6)', () =>
    assert.deepEqual(group([open('TCPCONNECTWRAP', 90, { inRequest: true, stackKey: 31 })]).groups, [
      {
        count: 1,
        label: 'TCP connect',
        type: 'TCPCONNECTWRAP',
        state: 'connecting',
        waitReason: 'the peer to accept',
        category: 'per_request',
        oldest: 90_000,
        median: 90_000,
        newest: 90_000,
        longWaiting: true,
        stuck: true,
        stack: [2],
        causeStack: [0],
      },
    ]));

  it('orders by stuck, then the longest wait, then the count (R10)', () => {
    const { groups } = group([
      open('Timeout', 5),
      open('TCPWRAP', 900),
      open('FILEHANDLE', 5, { stackKey: 20 }),
      open('FILEHANDLE', 3, { stackKey: 20 }),
      open('TLSWRAP', 61, { inRequest: true }),
      open('ZLIB', 59, { inRequest: true }),
    ]);
    assert.deepEqual(rows(groups), [
      '1 TLS socket, per_request, 61/61/61, stuck',
      '1 TCP socket, unknown, 900/900/900, long',
      '1 Compression stream, per_request, 59/59/59',
      '2 File handle, unknown, 5/5/3',
      '1 Timer, unknown, 5/5/5',
    ]);
  });

  it('sums handles, not groups (R9)', () => {
    const { summary, total } = group([
      open('Interval', 600),
      open('Interval', 1),
      open('TCPWRAP', 60, { inRequest: true }),
      open('TCPWRAP', 59.999, { inRequest: true }),
      open('Timeout', 70),
    ]);
    assert.deepEqual(summary, { background: 2, perRequest: 2, longWaiting: 3, potentiallyStuck: 1 });
    assert.equal(total, 5);
  });

  it('takes the threshold from the request', () => {
    const { summary } = group([open('Timeout', 5, { inRequest: true })], { longWait: 5 * SECOND });
    assert.deepEqual([summary.longWaiting, summary.potentiallyStuck], [1, 1]);
  });

  it('does not count the time that the debugger held the program (R9)', () => {
    const pauses: Pause[] = [{ start: NOW - 600 * SECOND, end: NOW - 20 * SECOND }];
    const { groups, summary } = group([open('TCPWRAP', 630, { inRequest: true }), open('TCPWRAP', 15, { inRequest: true })], { pauses });
    assert.deepEqual(rows(groups), ['2 TCP socket, per_request, 50/50/15']);
    assert.equal(summary.potentiallyStuck, 0);
  });

  it('is empty without handles', () =>
    assert.deepEqual(group([]), { groups: [], foldedGroups: 0, total: 0, summary: { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck: 0 } }));

  describe('beyond the limit', () => {
    const handles = [
      open('Timeout', 90, { inRequest: true }),
      open('TCPWRAP', 80),
      open('TLSWRAP', 70),
      open('TLSWRAP', 20),
      open('ZLIB', 10),
      open('FILEHANDLE', 5),
    ];
    it('folds the least urgent into one group', () => {
      const { groups, foldedGroups, total, summary } = group(handles, { limit: 3 });
      assert.deepEqual(groups.map(({ label }) => label), ['Timer', 'TCP socket', '3 smaller groups']);
      const last = groups[2];
      assert.deepEqual([last?.count, last?.oldest, last?.newest, last?.longWaiting, last?.stuck, last?.stack], [4, 70_000, 5000, true, false, []]);
      assert.deepEqual([foldedGroups, total], [3, 6]);
      assert.deepEqual(summary, group(handles).summary);
    });
    it('folds nothing when all fit exactly', () => assert.equal(group(handles, { limit: 5 }).foldedGroups, 0));
    for (const limit of [0, 1]) {
      it(`keeps the total for a limit of ${limit}`, () => assert.deepEqual(group(handles, { limit }).groups.map(({ count }) => count), [6]));
    }
  });

  it('bears 100,000 handles with a stack each', () => {
    const many = Array.from({ length: 100_000 }, (_, key) => open('Timeout', key / 1000, { stackKey: key }));
    const { groups, total } = groupHandles(many, () => ({ stack: [0], causeStack: [] }), frames, REQUEST, NOW);
    assert.deepEqual([groups.length, total, groups.reduce((sum, { count }) => sum + count, 0)], [100, 100_000, 100_000]);
  });

  for (const seed of [1, 2, 3]) {
    it(`keeps R8 to R10 for any handles (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 200; round++) {
        const handles = Array.from({ length: random.integer(0, 60) }, () =>
          open(random.pick(['Timeout', 'Interval', 'TCPWRAP', 'odd|10', 'odd']), random.integer(0, 200), {
            inRequest: random.chance(0.3),
            atStartUp: random.chance(0.3),
            stackKey: random.pick([0, 10, 20, 12, 21, 31]),
          }),
        );
        const some = (patterns: readonly string[]) => patterns.filter(() => random.chance(0.3));
        const request: HandleRequest = {
          limit: random.integer(1, 25),
          longWait: 60_000,
          pauses: random.chance(0.5) ? [] : [{ start: NOW - 90_000, end: NOW - 30_000 }],
          backgroundPatterns: some(['poll', '/node_modules/', 'serve']),
          perRequestPatterns: some(['serve', 'client.js:70', '']),
        };
        const reading = groupHandles(handles, stackOf, frames, request, NOW);
        const whole = groupHandles(handles, stackOf, frames, { ...request, limit: Infinity }, NOW);
        const sum = (of: (group: HandleGroup) => number) => whole.groups.reduce((total, one) => total + of(one), 0);

        assert.equal(reading.total, handles.length);
        assert.equal(reading.groups.reduce((total, { count }) => total + count, 0), handles.length);
        assert.ok(reading.groups.length <= request.limit);
        assert.deepEqual(reading.summary, whole.summary);
        assert.equal(whole.summary.background, sum((one) => (one.category === 'background' ? one.count : 0)));
        assert.equal(whole.summary.perRequest, sum((one) => (one.category === 'per_request' ? one.count : 0)));
        // A group never mixes categories: what is in it is what each of its handles would be by itself.
        const alone = handles.map((handle) => groupHandles([handle], stackOf, frames, request, NOW).groups[0]);
        for (const one of whole.groups) {
          const members = alone.filter((other) => other?.type === one.type && other.category === one.category && other.stack[0] === one.stack[0] && other.causeStack[0] === one.causeStack[0]);
          assert.equal(members.length, one.count);
          assert.equal(one.oldest, Math.max(...members.map((member) => member?.oldest ?? 0)));
          assert.equal(one.newest, Math.min(...members.map((member) => member?.newest ?? 0)));
          assert.ok(one.newest <= one.median && one.median <= one.oldest);
          assert.equal(one.longWaiting, one.oldest >= request.longWait);
          assert.equal(one.stuck, one.longWaiting && one.category === 'per_request');
        }
        assert.deepEqual(whole.groups, [...whole.groups].sort(byUrgency));
        const listed = reading.foldedGroups === 0 ? reading.groups : reading.groups.slice(0, -1);
        assert.deepEqual(listed, whole.groups.slice(0, listed.length));
      }
    });
  }
});

describe('handleCategory', () => {
  const text = 'serve\n\t/app/server.js:9';
  const rows: readonly (readonly [title: string, handle: Partial<OpenHandle>, background: string[], perRequest: string[], HandleCategory])[] = [
    ['is per-request for what a request opened', { inRequest: true }, [], [], 'per_request'],
    ['is per-request also for an interval that a request opened: it is its leak', { type: 'Interval', inRequest: true }, [], [], 'per_request'],
    ['is background for what the main script opened', { atStartUp: true }, [], [], 'background'],
    ['is background for what serves the program', { type: 'TCPSERVERWRAP' }, [], [], 'background'],
    ['is unknown for the rest', {}, [], [], 'unknown'],
    ['follows a background pattern before all else', { inRequest: true }, ['server.js'], [], 'background'],
    ['follows background patterns before per-request ones', {}, ['serve'], ['serve'], 'background'],
    ['follows a per-request pattern before what caused it', { atStartUp: true }, ['elsewhere'], ['/app/server.js:9'], 'per_request'],
    ['takes a pattern as it stands, not as an expression', {}, ['server.js.*', 'SERVE'], [], 'unknown'],
    ['ignores empty patterns, which every text contains', { atStartUp: true }, [''], [''], 'background'],
  ];
  for (const [title, handle, backgroundPatterns, perRequestPatterns, expected] of rows) {
    it(title, () => assert.equal(handleCategory(open('Timeout', 0, handle), () => text, { backgroundPatterns, perRequestPatterns }), expected));
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
