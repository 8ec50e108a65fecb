import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type OpenHandle } from '../../src/model/handleGroups';
import type { Pause } from '../../src/protocol/collector';
import { ALL, ANSWERED, EARLIER, group, LOAD, NOT_CAPTURED, NOW, only, open, pending, QUERY, RESUMED_QUERY, rows, SECOND, SERVE, SERVED, SUBJECTS, sum, times, UNREAD } from '../helpers/openHandles';

describe('groupHandles', () => {
  it('puts handles of one type, category and stack together, with their ages', () => {
    const { groups } = group([open('TCPWRAP', 30), open('TCPWRAP', 10), open('Timeout', 7), open('TCPWRAP', 5)]);
    assert.deepEqual(rows(groups), ['3 TCP socket, unknown, 30/10/5', '1 Timer, unknown, 7/7/7']);
  });

  it('tells groups apart by type, state, stack, cause and category', () => {
    const { groups } = group([
      open('TCPWRAP', 1),
      open('Timeout', 1),
      open('TCPWRAP', 1, { state: 'connecting' }),
      open('TCPWRAP', 1, { stackKey: 20 }),
      open('TCPWRAP', 1, { stackKey: 12 }),
      open('TCPWRAP', 1, { request: SERVED }),
      open('TCPWRAP', 1, { isBackground: true }),
    ]);
    assert.equal(groups.length, 7);
  });

  it('joins handles that different causes put into one category, in the order of their creation', () => {
    const handles = [1, 2, 3, 4, 5].map((id) => open('TCPSERVERWRAP', 10 - id, { id, isBackground: id % 2 === 0 }));
    const joined = only(handles);
    assert.deepEqual(rows([joined]), ['5 TCP server, background, 9/7/5']);
    assert.deepEqual(joined.examples.map(({ id }) => id), [1, 2, 3]);
  });

  it('joins requests that are answered with those that are not', () => {
    const handles = [open('Timeout', 9, { request: SERVED }), open('Timeout', 8, { request: ANSWERED })];
    assert.deepEqual(rows(group(handles).groups), ['2 Timer, per_request, 9/9/8']);
  });

  it('carries all that is told of a group (R6)', () => {
    SUBJECTS.set(41, 'to 10.0.0.7:5432').set(42, 'to 10.0.0.8:5432');
    const more: Partial<OpenHandle> = { stackKey: 31, keepsAlive: true };
    const handles = [
      open('TCPWRAP', 90, { ...more, id: 41, request: SERVED, activeAt: NOW - 70 * SECOND }),
      open('TCPWRAP', 20, { ...more, id: 42, request: SERVED, activeAt: NOW - 2 * SECOND }),
    ];
    assert.deepEqual(group(handles).groups, [
      {
        kind: 'handle',
        count: 2,
        estimated: false,
        label: 'TCP socket',
        type: 'TCPWRAP',
        state: 'open',
        category: 'per_request',
        oldest: 90_000,
        median: 90_000,
        newest: 20_000,
        longestWait: 70_000,
        ages: [0, 0, 1, 1, 0, 0],
        sinceActivity: 2000,
        keepsAlive: 2,
        longWaiting: true,
        stuck: true,
        longCount: 1,
        stuckCount: 1,
        subjects: [
          { text: 'to 10.0.0.7:5432', count: 1 },
          { text: 'to 10.0.0.8:5432', count: 1 },
        ],
        routes: [{ route: 'GET /orders/:id', count: 2 }],
        outlived: 0,
        examples: [
          { id: 41, subject: 'detail 41', age: 90_000, sinceActivity: 70_000, dueIn: null, keepsAlive: true },
          { id: 42, subject: 'detail 42', age: 20_000, sinceActivity: 2000, dueIn: null, keepsAlive: true },
        ],
        origin: 'known',
        stack: [2],
        causeStack: [0],
      },
    ]);
  });

  it('takes the state of the handle before that of its type', () => {
    assert.equal(only([open('TCPWRAP', 1, { state: 'half-closed' })]).state, 'half-closed');
    assert.equal(only([open('TCPWRAP', 1)]).state, 'open');
  });

  it('says why there is no stack', () => {
    const origins = [UNREAD, NOT_CAPTURED, EARLIER].map((stackKey) => only([open('Timeout', 1, { stackKey })]).origin);
    assert.deepEqual(origins, ['unread', 'notCaptured', 'earlier']);
  });

  it('counts members by age, each in one class', () => {
    const ages = [0, 0.999, 1, 9.999, 10, 59, 60, 599, 600, 3599, 3600, 9000];
    assert.deepEqual(only(ages.reverse().map((age) => open('Timeout', age))).ages, [2, 2, 2, 2, 2, 2]);
  });

  it('counts who keeps the process alive, where Node tells', () => {
    const alive = (...values: (boolean | null)[]) => only(values.map((keepsAlive) => open('Timeout', 1, { keepsAlive }))).keepsAlive;
    assert.deepEqual([alive(true, false, true), alive(false), alive(null, true), alive(null)], [2, 0, 1, null]);
  });

  it('tells the last activity of all members, where Node tells', () => {
    const since = (...values: (number | null)[]) =>
      only(values.map((ago) => open('ZLIB', 100, { activeAt: ago === null ? null : NOW - ago }))).sinceActivity;
    assert.deepEqual([since(500, 20, null, 300), since(null, null), since(0)], [20, null, 0]);
  });

  describe('measures the wait', () => {
    it('of a connection since it was used last', () => {
      for (const type of ['TCPWRAP', 'TLSWRAP', 'PIPEWRAP', 'HTTP2SESSION']) {
        const { longestWait, longWaiting, oldest } = only([open(type, 3600, { activeAt: NOW - 5 * SECOND })]);
        assert.deepEqual([longestWait, longWaiting, oldest], [5000, false, 3_600_000], type);
      }
    });
    it('of a connection since its creation when its use is not known', () =>
      assert.equal(only([open('TCPWRAP', 3600)]).longestWait, 3_600_000));
    it('of all else since its creation, though it was active', () => {
      const { longestWait, longWaiting } = only([open('HTTP2STREAM', 3600, { activeAt: NOW - 5 * SECOND })]);
      assert.deepEqual([longestWait, longWaiting], [3_600_000, true]);
    });
    it('of the member that has waited for longest, not the oldest', () => {
      const handles = [open('TCPWRAP', 900, { activeAt: NOW - SECOND }), open('TCPWRAP', 80, { activeAt: NOW - 70 * SECOND })];
      const { longestWait, oldest } = only(handles);
      assert.deepEqual([longestWait, oldest], [70_000, 900_000]);
    });
  });

  it('orders by stuck, then the longest wait, then the count (R10)', () => {
    const { groups } = group([
      open('TCPWRAP', 900),
      open('TLSWRAP', 500, { activeAt: NOW - 100 * SECOND }),
      open('HTTPCLIENTREQUEST', 61, { request: SERVED }),
      open('ZLIB', 59, { request: SERVED }),
      open('Timeout', 5),
      open('FILEHANDLE', 5, { stackKey: 20 }),
      open('FILEHANDLE', 3, { stackKey: 20 }),
    ]);
    assert.deepEqual(rows(groups), [
      '1 HTTP request out, per_request, 61/61/61, stuck',
      '1 TCP socket, unknown, 900/900/900, long',
      '1 TLS socket, unknown, 500/500/500, long',
      '1 Compression stream, per_request, 59/59/59',
      '2 File handle, unknown, 5/5/3',
      '1 Timer, unknown, 5/5/5',
    ]);
  });

  it('sums members, not groups (R9)', () => {
    const { summary, total, pendingTotal } = group([
      open('Interval', 600),
      open('Timeout', 70),
      pending(SERVE, 61, { request: SERVED }),
      open('TCPWRAP', 60, { request: SERVED }),
      open('TCPWRAP', 59.999, { request: SERVED }),
      open('Interval', 1),
    ]);
    assert.deepEqual(summary, { background: 2, perRequest: 3, longWaiting: 4, potentiallyStuck: 2 });
    assert.deepEqual([total, pendingTotal], [6, 1]);
  });

  describe('has a threshold for what waits long and one for what looks stuck', () => {
    const handles = [open('TLSWRAP', 30), open('Timeout', 10, { request: SERVED })];
    const rowsFor = (longWait: number, stuckAfter: number) => {
      const { groups, summary } = group(handles, { longWait: longWait * SECOND, stuckAfter: stuckAfter * SECOND });
      return [...rows(groups), `${summary.longWaiting} long, ${summary.potentiallyStuck} stuck`];
    };
    it('stuck sooner', () =>
      assert.deepEqual(rowsFor(60, 10), ['1 Timer, per_request, 10/10/10, stuck', '1 TLS socket, unknown, 30/30/30', '0 long, 1 stuck']));
    it('long sooner', () =>
      assert.deepEqual(rowsFor(10, 60), [
        '1 TLS socket, unknown, 30/30/30, long',
        '1 Timer, per_request, 10/10/10, long',
        '2 long, 0 stuck',
      ]));
    it('exactly reached', () =>
      assert.deepEqual(rowsFor(30, 10.001), [
        '1 TLS socket, unknown, 30/30/30, long',
        '1 Timer, per_request, 10/10/10',
        '1 long, 0 stuck',
      ]));
  });

  it('does not count the time that the debugger held the program (R9)', () => {
    const pauses: Pause[] = [{ start: NOW - 600 * SECOND, end: NOW - 20 * SECOND }];
    const handles = [open('TCPWRAP', 630, { request: SERVED, activeAt: NOW - 610 * SECOND }), open('TCPWRAP', 15, { request: SERVED })];
    const { groups, summary } = group(handles, { pauses });
    assert.deepEqual(rows(groups), ['2 TCP socket, per_request, 50/50/15']);
    assert.deepEqual([groups[0]?.longestWait, groups[0]?.sinceActivity, groups[0]?.examples[0]?.sinceActivity], [30_000, 30_000, 30_000]);
    assert.equal(summary.potentiallyStuck, 0);
  });

  it('is empty without handles', () =>
    assert.deepEqual(group([]), {
      groups: [],
      foldedGroups: 0,
      total: 0,
      pendingTotal: 0,
      summary: { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck: 0 },
    }));

  describe('tells of the requests that caused the members', () => {
    it('the most frequent routes', () => {
      const routes = ['a', 'b', 'b', 'c', 'd', 'd', 'd', 'c', 'c'];
      const handles = routes.map((name) => open('Timeout', 1, { request: { route: `GET /${name}`, isFinished: false } }));
      assert.deepEqual(only(handles).routes, [
        { route: 'GET /c', count: 3 },
        { route: 'GET /d', count: 3 },
        { route: 'GET /b', count: 2 },
      ]);
    });
    it('none when there was none', () => assert.deepEqual(only([open('Timeout', 1)]).routes, []));
    it('how many have outlived them', () => {
      const handles = [ANSWERED, SERVED, ANSWERED].map((request) => open('Timeout', 1, { request }));
      assert.equal(only(handles).outlived, 2);
    });
  });

  describe('tells what the members are about', () => {
    const about = (...subjects: string[]) => {
      subjects.forEach((subject, index) => SUBJECTS.set(1000 + index, subject));
      const handles = subjects.map((_, index) => open('Timeout', 1, { id: 1000 + index }));
      return only(handles).subjects.map(({ text, count }) => `${count} ${text}`);
    };
    it('the most frequent first', () => assert.deepEqual(about('a', 'b', 'c', 'b', 'd', 'c', 'b'), ['3 b', '2 c', '1 a']));
    it('without those of which it is not known', () => assert.deepEqual(about('', 'a', '', ''), ['1 a']));
    it('not at all', () => assert.deepEqual(about('', ''), []));
  });

  it('shows the three oldest members, in their order', () => {
    const { examples } = only([9, 8, 7, 6].map((age) => open('Timeout', age, { id: age, keepsAlive: age !== 8 })));
    assert.deepEqual(
      examples.map(({ id, subject, age, sinceActivity, dueIn, keepsAlive }) => [id, subject, age, sinceActivity, dueIn, keepsAlive]),
      [
        [9, 'detail 9', 9000, null, 900, true],
        [8, 'detail 8', 8000, null, 800, false],
        [7, 'detail 7', 7000, null, 700, true],
      ],
    );
  });

  describe('when only a sample has a stack', () => {
    const without = (count: number, age = 1) => times(count, () => open('Timeout', age, { stackKey: NOT_CAPTURED, weight: 0 }));
    it('divides the others among the stacks', () => {
      const sampled = [10, 10, 20, 10].map((stackKey) => open('Timeout', 2, { stackKey, weight: 10 }));
      const handles = [...sampled, ...without(36)];
      assert.deepEqual(rows(group(handles).groups), ['~30 Timer, unknown, 2/2/2', '~10 Timer, unknown, 2/2/2']);
    });
    it('keeps the total, however the shares fall', () => {
      for (let others = 0; others < 40; others++) {
        const sampled = times(7, (index) => open('Timeout', 2, { stackKey: index % 3 ? 10 : 20, weight: 2 + index }));
        const handles = [...sampled, ...without(others)];
        const { groups, total } = group(handles);
        assert.deepEqual([total, sum(groups.map(({ count }) => count))], [handles.length, handles.length]);
      }
    });
    it('lists those that wait for long and have no stack', () => {
      const handles = [...without(2, 300), open('Timeout', 2, { weight: 3 }), ...without(2)];
      const { groups } = group(handles);
      assert.deepEqual(rows(groups), ['2 Timer, unknown, 300/300/300, long', '~3 Timer, unknown, 2/2/2']);
      assert.equal(groups[0]?.origin, 'notCaptured');
    });
    it('says nothing of an estimate when all that was left out has been closed', () =>
      assert.deepEqual(rows(group([open('Timeout', 2, { weight: 64 })]).groups), ['1 Timer, unknown, 2/2/2']));
  });

  describe('of pending operations', () => {
    it('lists what they stand for', () => {
      const { groups, total, pendingTotal } = group([pending(SERVE, 9), pending(SERVE, 5, { weight: 64 }), open('Timeout', 1)]);
      assert.deepEqual(rows(groups), ['~65 Await, unknown, 9/9/5', '1 Timer, unknown, 1/1/1']);
      assert.deepEqual([total, pendingTotal, groups.map(({ kind }) => kind)], [66, 65, ['pending', 'handle']]);
    });
    it('calls them by what made them', () => assert.equal(only([pending(ALL, 1)]).label, 'Promise.all'));
    it('calls them Await while their stack has not been read', () => {
      const { label, origin, count } = only([pending(UNREAD, 1), pending(UNREAD, 1)]);
      assert.deepEqual([label, origin, count], ['Await', 'unread', 2]);
    });
    it('lists the deepest await of a chain only', () => {
      const { groups, total, pendingTotal, summary } = group(
        [SERVE, LOAD, QUERY].map((stackKey) => pending(stackKey, 90, { request: SERVED })),
      );
      assert.deepEqual(groups.map(({ stack, count }) => [stack, count]), [[[5, 3, 0, 2], 1]]);
      assert.deepEqual([total, pendingTotal], [1, 1]);
      assert.deepEqual(summary, { background: 0, perRequest: 1, longWaiting: 1, potentiallyStuck: 1 });
    });
    it('knows a function that has been resumed', () =>
      assert.deepEqual(group([pending(LOAD, 9), pending(RESUMED_QUERY, 8)]).groups.map(({ stack }) => stack), [[5, 4]]));
    it('keeps those that wait for something else, and what is told of them', () => {
      const loads = times(4, () => pending(LOAD, 90, { request: ANSWERED }));
      const { groups } = group([...loads, pending(QUERY, 80, { request: ANSWERED })]);
      assert.deepEqual(groups.map(({ count, outlived, ages }) => [count, outlived, sum(ages)]), [
        [3, 3, 3],
        [1, 1, 1],
      ]);
    });
    it('still calls a group stuck of which a part may be', () => {
      const loads = [pending(LOAD, 90, { request: SERVED }), ...times(5, () => pending(LOAD, 1, { request: SERVED }))];
      const { groups, summary } = group([...loads, ...times(4, () => pending(QUERY, 1, { request: SERVED }))]);
      assert.deepEqual(rows(groups), ['2 Await, per_request, 90/1/1, stuck', '4 Await, per_request, 1/1/1']);
      assert.deepEqual([summary.longWaiting, summary.potentiallyStuck], [1, 1]);
    });
  });

  describe('beyond the limit', () => {
    const handles = [
      open('Timeout', 90, { request: SERVED }),
      open('TCPWRAP', 80),
      open('TLSWRAP', 70),
      open('TLSWRAP', 20),
      open('ZLIB', 10, { request: ANSWERED }),
      open('FILEHANDLE', 5),
    ];
    it('folds the least urgent into one group', () => {
      const { groups, foldedGroups, total, summary } = group(handles, { limit: 3 });
      assert.deepEqual(groups.map(({ label }) => label), ['Timer', 'TCP socket', '3 smaller groups']);
      const last = groups[2];
      assert.deepEqual([last?.count, last?.oldest, last?.newest, last?.longestWait], [4, 70_000, 5000, 70_000]);
      assert.deepEqual([last?.longWaiting, last?.stuck, last?.stack, last?.outlived], [true, false, [], 1]);
      assert.deepEqual([last?.ages, last?.estimated, last?.examples], [[0, 1, 2, 1, 0, 0], false, []]);
      assert.deepEqual([foldedGroups, total], [3, 6]);
      assert.deepEqual(summary, group(handles).summary);
    });
    it('says so when an estimate is among them', () => {
      const { groups, pendingTotal } = group([...handles, pending(SERVE, 1, { weight: 8 })], { limit: 2 });
      assert.deepEqual([groups[1]?.estimated, groups[1]?.count, pendingTotal], [true, 13, 8]);
    });
    it('folds nothing when all fit exactly', () => assert.equal(group(handles, { limit: 5 }).foldedGroups, 0));
    for (const limit of [0, 1]) {
      it(`keeps the total for a limit of ${limit}`, () => {
        const { groups } = group(handles, { limit });
        assert.deepEqual(groups.map(({ count }) => count), [6]);
      });
    }
  });
});
