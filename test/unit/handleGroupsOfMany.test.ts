import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { byUrgency, groupHandles, type OpenHandle } from '../../src/model/handleGroups';
import type { HandleCategory, HandleGroup, HandleRequest } from '../../src/protocol/collector';
import { ALL, ANSWERED, group, LOAD, lookup, NOT_CAPTURED, NOW, open, pending, QUERY, REQUEST, RESUMED_QUERY, SERVE, SERVED, stackOf, sum, times, UNREAD } from '../helpers/openHandles';
import { SeededRandom } from '../helpers/seededRandom';

describe('groupHandles', () => {
  describe('bears', () => {
    const groupMany = (handles: readonly OpenHandle[], request: Partial<HandleRequest> = {}) => {
      const { groups, total } = groupHandles(handles, { ...lookup, stackOf: () => stackOf(10) }, { ...REQUEST, ...request }, NOW);
      return [groups.length, total, sum(groups.map(({ count }) => count))];
    };
    it('100,000 handles of 1,000 stacks', () => {
      const handles = times(100_000, (index) => open('Timeout', 1, { stackKey: index % 1000 }));
      assert.deepEqual(groupMany(handles, { limit: 5000 }), [1000, 100_000, 100_000]);
    });
    it('100,000 handles with a stack each', () =>
      assert.deepEqual(groupMany(times(100_000, (key) => open('Timeout', 1, { stackKey: key }))), [100, 100_000, 100_000]));
    it('200,000 handles of one stack with two causes', () => {
      const handles = times(200_000, (index) => open('Interval', 1, { isBackground: index % 2 === 0 }));
      assert.deepEqual(groupMany(handles), [1, 200_000, 200_000]);
    });
    it('20,000 types that the program made up', () =>
      assert.deepEqual(groupMany(times(20_000, (index) => open(`job-${index}`, 1))), [100, 20_000, 20_000]));
    it('100,000 handles of which few have a stack', () => {
      const handles = times(100_000, (index) =>
        open('Timeout', 1, index % 97 === 0 ? { weight: 97, stackKey: index % 31 } : { weight: 0, stackKey: NOT_CAPTURED }),
      );
      assert.deepEqual(groupMany(handles), [31, 100_000, 100_000]);
    });
  });

  for (const seed of [1, 2, 3]) {
    it(`keeps R8 to R10 for any handles (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 200; round++) {
        const handles = times(random.integer(0, 60), () =>
          open(random.pick(['Timeout', 'Interval', 'TCPWRAP', 'odd|10', 'odd']), random.integer(0, 200), {
            request: random.pick([null, null, SERVED, ANSWERED]),
            isBackground: random.chance(0.3),
            stackKey: random.pick([0, 10, 20, 12, 21, 31, UNREAD]),
            state: random.pick(['', '', 'closing']),
            activeAt: random.chance(0.5) ? null : NOW - random.integer(0, 100_000),
          }),
        );
        const some = (patterns: readonly string[]) => patterns.filter(() => random.chance(0.3));
        const request: HandleRequest = {
          ...REQUEST,
          limit: random.integer(1, 25),
          stuckAfter: random.pick([30_000, 60_000, 90_000]),
          pauses: random.chance(0.5) ? [] : [{ start: NOW - 90_000, end: NOW - 30_000 }],
          backgroundPatterns: some(['poll', '/node_modules/', 'serve']),
          perRequestPatterns: some(['serve', 'client.js:70', '']),
        };
        const reading = group(handles, request);
        const whole = group(handles, { ...request, limit: Infinity });
        const count = (of: readonly HandleGroup[]) => sum(of.map((one) => one.count));

        assert.equal(reading.total, handles.length);
        assert.equal(count(reading.groups), handles.length);
        assert.ok(reading.groups.length <= request.limit);
        assert.deepEqual(reading.summary, whole.summary);
        for (const one of [...reading.groups, ...whole.groups]) assert.equal(sum(one.ages), one.count);
        // A group never mixes categories: what is in it is what each of its handles would be by itself.
        const alone = handles.flatMap((handle) => group([handle], request).groups);
        for (const one of whole.groups) {
          const key = ({ type, state, category, stack, causeStack, origin }: HandleGroup) =>
            [type, state, category, stack, causeStack, origin].join(' / ');
          const members = alone.filter((other) => key(other) === key(one));
          assert.equal(members.length, one.count);
          assert.equal(one.oldest, Math.max(...members.map(({ oldest }) => oldest)));
          assert.equal(one.newest, Math.min(...members.map(({ newest }) => newest)));
          assert.equal(one.longestWait, Math.max(...members.map(({ longestWait }) => longestWait)));
          assert.equal(one.outlived, sum(members.map(({ outlived }) => outlived)));
          assert.ok(one.newest <= one.median && one.median <= one.oldest);
          assert.equal(one.longWaiting, one.longestWait >= request.longWait);
          assert.equal(one.stuck, one.longestWait >= request.stuckAfter && one.category === 'per_request');
        }
        const byCategory = (category: HandleCategory) => count(whole.groups.filter((one) => one.category === category));
        assert.deepEqual(whole.summary, {
          background: byCategory('background'),
          perRequest: byCategory('per_request'),
          longWaiting: alone.filter(({ longWaiting }) => longWaiting).length,
          potentiallyStuck: alone.filter(({ stuck }) => stuck).length,
        });
        assert.deepEqual(whole.groups, [...whole.groups].sort(byUrgency));
        const listed = reading.foldedGroups === 0 ? reading.groups : reading.groups.slice(0, -1);
        assert.deepEqual(listed, whole.groups.slice(0, listed.length));
      }
    });

    it(`keeps the figures of any sample together (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 200; round++) {
        const any = (): OpenHandle => {
          const age = random.integer(0, 200);
          const request = random.pick([null, SERVED, ANSWERED]);
          if (random.chance(0.4)) {
            const stackKey = random.pick([SERVE, LOAD, QUERY, RESUMED_QUERY, ALL, UNREAD]);
            return pending(stackKey, age, { request, weight: random.pick([1, 1, 8, 64]) });
          }
          const weight = random.pick([0, 0, 0, 1, 4, 16]);
          const stackKey = weight === 0 ? NOT_CAPTURED : random.pick([10, 20, 12]);
          const keepsAlive = random.pick([null, true, false]);
          return open(random.pick(['Timeout', 'TCPWRAP']), age, { request, weight, stackKey, keepsAlive });
        };
        const handles = times(random.integer(0, 80), any);
        const { groups, total, pendingTotal, summary, foldedGroups } = group(handles, { limit: random.integer(1, 30) });
        const pendings = handles.filter(({ kind }) => kind === 'pending');

        assert.equal(total, sum(groups.map(({ count }) => count)));
        assert.equal(total - pendingTotal, handles.length - pendings.length);
        assert.ok(pendingTotal <= sum(pendings.map(({ weight }) => weight)));
        assert.equal(pendingTotal === 0, pendings.length === 0);
        if (foldedGroups === 0) assert.equal(pendingTotal, sum(groups.filter(({ kind }) => kind === 'pending').map(({ count }) => count)));
        assert.ok(summary.background + summary.perRequest <= total);
        assert.equal(summary.potentiallyStuck > 0, groups.some(({ stuck }) => stuck));
        assert.equal(summary.longWaiting > 0, groups.some(({ longWaiting }) => longWaiting));
        for (const { count, ages, outlived, keepsAlive, longestWait, oldest, estimated } of groups) {
          assert.ok(count > 0 && Number.isInteger(count));
          assert.ok(ages.every((members) => Number.isInteger(members) && members >= 0));
          const slack = estimated ? Math.max(1, foldedGroups) : 0;
          assert.ok(Math.abs(sum(ages) - count) <= slack, `${sum(ages)} by age, ${count} in all`);
          assert.ok(outlived <= count && (keepsAlive ?? 0) <= count && longestWait <= oldest);
        }
      }
    });
  }
});
