import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ProfileStore } from '../../src/host/session/profileStore';
import type { RuntimeSample } from '../../src/protocol/collector';
import { ALLOCATIONS, GROUP, HANDLES, RUN, SAMPLE } from '../helpers/collectorReplies';

/** A sample at a time, with `busy` milliseconds of CPU used up to then. */
function sample(clock: number, busy: number, more: Partial<RuntimeSample> = {}): RuntimeSample {
  return { ...SAMPLE, clock, cpuUser: busy * 1000, cpuSystem: 0, ...more };
}

function newStore(capacity = 3): ProfileStore {
  return new ProfileStore({ capacity, interval: 1_000 }, ({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: 'user' }));
}

/** A store that was begun at 0 and got a point per second, with the given CPU milliseconds in each. */
function filled(capacity: number, ...busy: readonly number[]): ProfileStore {
  const store = newStore(capacity);
  store.setBaseline(sample(0, 0));
  let total = 0;
  for (const [index, milliseconds] of busy.entries()) {
    total += milliseconds;
    store.addSample(sample((index + 1) * 1000, total), 10_000 + index);
  }
  return store;
}

const percents = (store: ProfileStore) => store.history.map(({ cpuPercent }) => cpuPercent);

describe('ProfileStore', () => {
  it('is empty at first', () => {
    const store = newStore();
    assert.deepEqual([store.history, store.current, store.allocations.readAt, store.handles, store.readAt], [[], null, null, null, null]);
  });

  describe('history (R4)', () => {
    it('has no point without a baseline: the first sample becomes one', () => {
      const store = newStore();
      store.addSample(sample(1000, 0), 1);
      assert.deepEqual([store.history, store.current, store.readAt], [[], null, null]);
      store.addSample(sample(2000, 250), 2);
      assert.deepEqual(percents(store), [25]);
    });

    it('has rates over the time since the sample before', () => {
      assert.deepEqual(percents(filled(5, 100, 900, 0)), [10, 90, 0]);
    });

    it('keeps the newest points that fit', () => {
      const store = filled(3, 10, 20, 30, 40, 50);
      assert.deepEqual(percents(store), [3, 4, 5]);
      assert.deepEqual(store.history.map(({ time }) => time), [10_002, 10_003, 10_004]);
    });

    it('has the delay of the event loop that a reading between two ticks was told', () => {
      const store = newStore();
      store.setBaseline(sample(0, 0));
      store.updateCurrent(sample(400, 0, { loopDelayP99: 350 }), 10_000);
      store.addSample(sample(1000, 0, { loopDelayP99: 2 }), 10_001);
      store.addSample(sample(2000, 0, { loopDelayP99: 3 }), 10_002);
      assert.deepEqual(store.history.map(({ loopDelayP99 }) => loopDelayP99), [350, 3]);
    });

    it('has the garbage collections of each interval', () => {
      const store = newStore();
      store.setBaseline(sample(0, 0, { gcCount: 7, gcTotalPause: 10 }));
      store.addSample(sample(1000, 0, { gcCount: 9, gcTotalPause: 14.5 }), 10_000);
      store.addSample(sample(2000, 0, { gcCount: 9, gcTotalPause: 14.5 }), 10_001);
      assert.deepEqual(store.history.map(({ gcCount, gcPause }) => [gcCount, gcPause]), [[2, 4.5], [0, 0]]);
    });

    it('is given as a copy', () => {
      const store = filled(3, 10);
      store.history.length = 0;
      assert.equal(store.history.length, 1);
    });

    it('starts again from a new baseline: what lay between is no rate', () => {
      const store = filled(5, 100);
      store.setBaseline(sample(50_000, 40_000));
      assert.equal(store.history.length, 1, 'a baseline is no point');
      store.addSample(sample(51_000, 40_200), 20_000);
      assert.deepEqual(percents(store), [10, 20]);
    });

    it('is not longer for a reading between two ticks, and the next point covers the whole interval', () => {
      const store = filled(5, 100);
      store.updateCurrent({ ...sample(1500, 600), rssBytes: 123_456 }, 10_500);
      // New gauges, but the rates of the last tick: one over half a tick says little, one over a millisecond nothing.
      const { cpuPercent, rssBytes } = store.current ?? {};
      assert.deepEqual([percents(store), cpuPercent, rssBytes, store.readAt], [[10], 10, 123_456, 10_500]);
      store.addSample(sample(2000, 600), 11_000);
      assert.deepEqual(percents(store), [10, 50]);
    });

    it('is cleared when asked, and goes on', () => {
      const store = filled(5, 100, 200);
      let cleared = 0;
      store.events.on('cleared', () => cleared++);
      store.clearHistory();
      assert.deepEqual([store.history, cleared], [[], 1]);
      assert.notEqual(store.current, null);
      store.addSample(sample(3000, 1300), 12_000);
      assert.deepEqual(percents(store), [100]);
    });

    for (const [capacity, kept, next] of [[2, [2, 3], [3, 4]], [10, [1, 2, 3], [1, 2, 3, 4]]] as const) {
      it(`keeps what fits when its capacity becomes ${capacity}`, () => {
        const store = filled(3, 10, 20, 30);
        store.setPace({ capacity, interval: 1_000 });
        assert.deepEqual(percents(store), kept);
        store.addSample(sample(4000, 100), 11_000);
        assert.deepEqual(percents(store), next);
      });
    }
  });

  it('tells of each point, with the figures of that moment', () => {
    const store = newStore();
    const heard: unknown[] = [];
    store.events.on('point', (point, current) => heard.push([point.time, point.cpuPercent, current.cpuPercent, current === store.current]));
    store.addSample(sample(0, 0), 1);
    store.addSample(sample(1000, 500), 2);
    store.updateCurrent(sample(1100, 500), 3);
    assert.deepEqual(heard, [[2, 50, 50, true]]);
  });

  it('counts live objects by the last allocations, when there were any', () => {
    const store = filled(3, 0);
    const objects = () => {
      store.updateCurrent(sample(9000, 0), 1);
      return store.current?.heapObjects;
    };
    assert.equal(objects(), null);
    store.setAllocations(ALLOCATIONS, SAMPLE, 1);
    assert.equal(objects(), 3);
    store.setAllocations({ ...ALLOCATIONS, state: { on: false, reason: 'No addons.' }, run: { ...RUN, epoch: 2 }, profile: null }, SAMPLE, 2);
    assert.equal(objects(), null);
  });

  it('tells of new lists, and keeps them', () => {
    const store = newStore();
    const heard: string[] = [];
    store.events.on('allocations', (allocations) => heard.push(`allocations ${allocations.readAt} ${String(allocations === store.allocations)}`));
    store.events.on('handles', (view) => heard.push(`handles ${view.total} ${String(view === store.handles)}`));
    store.setAllocations(ALLOCATIONS, SAMPLE, 7);
    store.setHandles(HANDLES);
    assert.deepEqual(heard, ['allocations 7 true', 'handles 2 true']);
  });

  it('has the trend of handles since the reading before, but not across a new start', () => {
    const store = newStore();
    const trend = (count: number) => {
      store.setHandles({ ...HANDLES, groups: [{ ...GROUP, count }] });
      return store.handles?.rows[0]?.trend;
    };
    assert.deepEqual([trend(2), trend(5), trend(4), trend(4)], [null, 3, -1, 0]);
    store.setHandles({ ...HANDLES, groups: [] });
    assert.equal(trend(3), 3);
    store.setBaseline(SAMPLE);
    assert.equal(trend(9), null);
  });

  describe('the mark', () => {
    const count = (store: ProfileStore, ...counts: readonly number[]) => {
      const types = ['Timeout', 'TCPWRAP'];
      store.setHandles({ ...HANDLES, groups: counts.flatMap((members, index) => (members > 0 ? [{ ...GROUP, type: types[index] ?? '', count: members }] : [])) });
      return store.handles?.rows.map(({ sinceMark }) => sinceMark);
    };

    it('is none at first', () => {
      const store = newStore();
      assert.deepEqual([count(store, 2), store.handles?.markedAt], [[null], null]);
    });

    it('takes the counts of the newest reading, and says so at once', () => {
      const store = newStore();
      count(store, 2, 7);
      const heard: unknown[] = [];
      store.events.on('handles', (view) => heard.push([view.markedAt, view.rows.map(({ sinceMark }) => sinceMark)]));
      store.setMark(500);
      assert.deepEqual([heard, store.handles?.markedAt], [[[500, [0, 0]]], 500]);
      assert.deepEqual([count(store, 5, 6), count(store, 9, 7), store.handles?.markedAt], [[3, -1], [7, 0], 500]);
    });

    it('counts a group that came after it from 0', () => {
      const store = newStore();
      count(store, 2);
      store.setMark(500);
      assert.deepEqual([count(store, 2, 4), count(store, 2, 0), count(store, 2, 3)], [[0, 4], [0], [0, 3]]);
    });

    it('can be set anew', () => {
      const store = newStore();
      count(store, 2);
      store.setMark(500);
      count(store, 5);
      store.setMark(600);
      assert.deepEqual([count(store, 6), store.handles?.markedAt], [[1], 600]);
    });

    it('is forgotten at a new baseline', () => {
      const store = newStore();
      count(store, 2);
      store.setMark(500);
      store.setBaseline(SAMPLE);
      assert.deepEqual([count(store, 5), store.handles?.markedAt], [[null], null]);
    });

    it('needs a reading', () => {
      const store = newStore();
      store.setMark(500);
      assert.deepEqual([count(store, 2), store.handles?.markedAt], [[null], null]);
      store.setBaseline(SAMPLE);
      store.setMark(600);
      assert.equal(store.handles?.markedAt, null, 'one of before the baseline does not count');
    });
  });
});
