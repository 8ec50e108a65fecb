import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deepCheckText } from '../../src/host/export/deepCheckText';
import { deepCheckReport, handlesReport, profileReport, stackLines } from '../../src/host/export/reports';
import type { DeepCheckResult } from '../../src/host/session/deepCheck';
import { ProfileStore } from '../../src/host/session/profileStore';
import type { HandleGroup, HandleReading } from '../../src/protocol/collector';
import type { Frame } from '../../src/protocol/frames';
import type { AllocationEntry, DeepCheckReport, HandleGroupEntry, HandlesReport, HistoryEntry, ProfileReport, SessionInfo, SessionState } from '../../src/protocol/reports';
import { ALLOCATIONS, GROUP, HANDLES, PROFILE, RUN, SAMPLE } from '../helpers/collectorReplies';
import { frame, handleRow } from '../helpers/handleRows';

const session: SessionInfo = { id: 's', name: 'Shop', state: 'live', pid: 7, nodeVersion: '22.11.0' };
const inState = (state: SessionState): SessionInfo => ({ ...session, state });
const TIME = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

function newStore(): ProfileStore {
  return new ProfileStore({ capacity: 5, interval: 1_000 }, ({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: 'user' }));
}

/** A store with one point, half a CPU busy, and both lists. */
function filledStore(handles: HandleReading = HANDLES): ProfileStore {
  const store = newStore();
  store.setBaseline(SAMPLE);
  store.setAllocations(ALLOCATIONS, SAMPLE, TIME);
  store.addSample({ ...SAMPLE, clock: SAMPLE.clock + 1000, cpuUser: SAMPLE.cpuUser + 400_000, cpuSystem: SAMPLE.cpuSystem + 100_000 }, TIME);
  store.setHandles(handles);
  return store;
}

const groups = (...all: readonly Partial<HandleGroup>[]) => filledStore({ ...HANDLES, groups: all.map((group) => ({ ...GROUP, ...group })) });

/** The names of a type: one too few or too many does not compile. */
type Names<T> = Readonly<Record<keyof T, true>>;

function assertNames<T extends object>(value: T | undefined, names: Names<T>): void {
  assert.ok(value);
  assert.deepEqual(Object.keys(value).sort(), Object.keys(names).sort());
}

describe('profileReport', () => {
  const report = profileReport(session, filledStore(), 50);

  it('has the reference’s names on every level', () => {
    assertNames<ProfileReport>(report, { timestamp: true, session: true, memory: true, cpu: true, runtime: true, dom: true, top_allocations: true, inuse_allocations: true, history: true, history_bands: true, history_events: true, estimates: true, notes: true });
    assertNames<ProfileReport['memory']>(report.memory, { alloc: true, total_alloc: true, heap_inuse: true, heap_objects: true, sys: true, external: true, array_buffers: true, heap_limit: true });
    assertNames<ProfileReport['cpu']>(report.cpu, { usage_percent: true, user_time: true, system_time: true });
    assertNames<ProfileReport['runtime']>(report.runtime, { num_goroutine: true, num_gc: true, gc_pause_ns: true, gc_pause_total_ns: true, num_cpu: true, gomaxprocs: true, loop_delay_p99_ms: true, loop_utilization: true });
    assertNames<AllocationEntry>(report.inuse_allocations[0], { function: true, file: true, line: true, bytes: true, count: true, stack: true });
    assertNames<HistoryEntry>(report.history[0], { timestamp: true, alloc: true, heap_inuse: true, goroutines: true, gc_pause_ns: true, cpu_percent: true });
    assertNames<SessionInfo>(report.session, { id: true, name: true, state: true, pid: true, nodeVersion: true });
  });

  it('has the figures under them', () => {
    assert.equal(report.timestamp, '2026-01-02T03:04:05.006Z');
    assert.deepEqual(report.memory, {
      alloc: 10_000_000,
      total_alloc: 90_000_000,
      heap_inuse: 20_000_000,
      heap_objects: 3,
      sys: 80_000_000,
      external: 1_000_000,
      array_buffers: 500_000,
      heap_limit: 4_000_000_000,
    });
    assert.deepEqual(report.cpu, { usage_percent: 50, user_time: 0.4, system_time: 0.1 });
    assert.deepEqual(report.runtime, {
      num_goroutine: 3,
      num_gc: 7,
      gc_pause_ns: 1_500_000,
      gc_pause_total_ns: 12_250_000,
      num_cpu: 8,
      gomaxprocs: 4,
      loop_delay_p99_ms: 11,
      loop_utilization: 0.25,
    });
    assert.deepEqual(report.history, [
      { timestamp: '2026-01-02T03:04:05.006Z', alloc: 10_000_000, heap_inuse: 20_000_000, goroutines: 3, gc_pause_ns: 1_500_000, cpu_percent: 50 },
    ]);
  });

  it('has a site under its top frame, in whole bytes and objects', () =>
    assert.deepEqual(report.inuse_allocations, [
      { function: 'remember', file: '/app/cache.js', line: 3, bytes: 4096, count: 2, stack: ['remember', '\t/app/cache.js:3', '', '\t/app/main.js:1'] },
      { function: '', file: '/app/main.js', line: 1, bytes: 512, count: 1, stack: ['', '\t/app/main.js:1'] },
    ]));

  it('has all that was allocated where that is sampled', () =>
    assert.deepEqual(report.top_allocations.map((entry) => [entry.function, entry.bytes, entry.count]), [['remember', 8192, 4], ['', 1024, 2]]));

  it('lists as many sites as it may', () => {
    for (const [limit, listed] of [[0, 0], [1, 1], [2, 2], [50, 2]] as const) assert.equal(profileReport(session, filledStore(), limit).inuse_allocations.length, listed);
  });

  it('says what is empty, what is an estimate, and why', () => {
    const store = filledStore();
    store.setAllocations({ ...ALLOCATIONS, run: { ...RUN, mode: 'inUse', epoch: 2 }, profile: { ...PROFILE, allocated: null } }, SAMPLE, TIME);
    const live = profileReport(session, store, 50);
    assert.deepEqual(live.inuse_allocations.length, 2);
    assert.ok(report.notes.some((note) => note.startsWith('top_allocations: All that was allocated')));
    assert.deepEqual(report.estimates, ['memory.total_alloc', 'memory.heap_objects', 'inuse_allocations.bytes', 'inuse_allocations.count', 'top_allocations.bytes', 'top_allocations.count']);
    const counted = newStore();
    counted.setBaseline(SAMPLE);
    counted.addSample({ ...SAMPLE, totalAllocatedIsEstimate: false }, TIME);
    assert.equal(profileReport(session, counted, 50).estimates.includes('memory.total_alloc'), false);
  });

  it('has figures that are not known as null', () => {
    const store = newStore();
    store.setBaseline(SAMPLE);
    store.addSample({ ...SAMPLE, totalAllocatedBytes: null, openHandles: null, loopDelayP99: null }, TIME);
    const { memory, runtime, inuse_allocations } = profileReport(session, store, 50);
    assert.deepEqual([memory.total_alloc, memory.heap_objects, runtime.num_goroutine, runtime.loop_delay_p99_ms, inuse_allocations], [null, null, null, null, []]);
  });

  it('says why there are no allocations', () => {
    const store = filledStore();
    store.setAllocations({ ...ALLOCATIONS, state: { on: false, reason: 'It runs without addons.' }, run: null, profile: null }, SAMPLE, TIME);
    assert.ok(profileReport(session, store, 50).notes.includes('It runs without addons.'));
  });

  it('says that the figures are the last ones', () => {
    for (const state of ['ended', 'stopped', 'failed'] as const) {
      assert.ok(profileReport(inState(state), filledStore(), 50).notes.some((note) => note.includes(`is ${state}`)), state);
    }
    assert.equal(report.notes.some((note) => note.includes('the last')), false);
  });

  it('survives JSON unchanged', () => assert.deepEqual(JSON.parse(JSON.stringify(report)), report));

  it('throws before anything was read', () => {
    assert.throws(() => profileReport(session, newStore(), 50), /“Shop” has not been profiled yet/);
    const begun = newStore();
    begun.setBaseline(SAMPLE);
    assert.throws(() => profileReport(session, begun, 50), /“Shop” has not been profiled yet/);
  });
});

describe('handlesReport', () => {
  const report = handlesReport(session, filledStore(), undefined);

  it('has the reference’s names on every level', () => {
    assertNames<Omit<HandlesReport, 'raw_profile'>>(report, { timestamp: true, session: true, total_goroutines: true, total_pending: true, pending_mode: true, groups: true, summary: true, notes: true });
    assertNames<HandlesReport['summary']>(report.summary, { background: true, per_request: true, long_waiting: true, potentially_stuck: true });
    assertNames<HandleGroupEntry>(report.groups[0], {
      kind: true,
      count: true,
      estimated: true,
      type: true,
      label: true,
      state: true,
      wait_reason: true,
      wait_minutes: true,
      top_func: true,
      stack_origin: true,
      stack: true,
      category: true,
      oldest_ms: true,
      median_ms: true,
      newest_ms: true,
      ages: true,
      since_activity_ms: true,
      keeps_alive: true,
      trend: true,
      since_mark: true,
      long_waiting: true,
      stuck: true,
      advice: true,
      subjects: true,
      routes: true,
      outlived_request: true,
      examples: true,
    });
    assertNames<HandleGroupEntry['examples'][number]>(report.groups[0]?.examples[0], { id: true, subject: true, age_ms: true, since_activity_ms: true, due_in_ms: true, keeps_alive: true });
  });

  it('has the figures under them', () => {
    assert.deepEqual(report.groups, [
      {
        kind: 'handle',
        count: 2,
        estimated: false,
        type: 'Timeout',
        label: 'Timer',
        state: 'scheduled',
        wait_reason: 'its due time',
        wait_minutes: 1,
        top_func: 'setTimeout',
        stack_origin: 'known',
        stack: ['setTimeout', '\tnode:timers:142', 'serve', '\tfile:///app/server.mjs:9'],
        category: 'per_request',
        oldest_ms: 61_000,
        median_ms: 30_000,
        newest_ms: 10,
        ages: [1, 0, 0, 1, 0, 0],
        since_activity_ms: 13,
        keeps_alive: 1,
        trend: null,
        since_mark: null,
        long_waiting: true,
        stuck: true,
        advice: 'Clear it with clearTimeout(); call unref() when it should not keep the process alive.',
        subjects: [{ text: '60 s', count: 2 }],
        routes: [{ route: 'GET /orders/:id', count: 2 }],
        outlived_request: 1,
        examples: [{ id: 42, subject: '60 s', age_ms: 61_000, since_activity_ms: null, due_in_ms: 12_500, keeps_alive: true }],
      },
    ]);
    assert.deepEqual(report.summary, { background: 0, per_request: 2, long_waiting: 1, potentially_stuck: 1 });
    assert.deepEqual([report.timestamp, report.total_goroutines, report.total_pending, report.pending_mode, report.notes], ['2026-01-02T03:04:05.006Z', 2, 0, 'sampled', []]);
  });

  it('has the raw dump only when there is one', () => {
    assert.equal('raw_profile' in report, false);
    assert.equal(handlesReport(session, filledStore(), '').raw_profile, '');
    assert.equal(handlesReport(session, filledStore(), 'a dump').raw_profile, 'a dump');
  });

  // R7: "5 minutes" is 5, "2 hours" is 120, "30 seconds" is 0.
  for (const [longestWait, minutes] of [[0, 0], [30_000, 0], [59_999.9, 0], [60_000, 1], [119_999, 1], [300_000, 5], [7_200_000, 120]] as const) {
    it(`has ${minutes} whole minutes in ${longestWait} ms`, () => assert.equal(handlesReport(session, groups({ longestWait }), undefined).groups[0]?.wait_minutes, minutes));
  }

  it('has whole milliseconds', () => {
    const [entry] = handlesReport(session, groups({ oldest: 1.6, median: 0.4, newest: 0.2, sinceActivity: 1.5 }), undefined).groups;
    assert.deepEqual([entry?.oldest_ms, entry?.median_ms, entry?.newest_ms, entry?.since_activity_ms], [2, 0, 0, 2]);
  });

  it('has what is not known as null', () => {
    const [entry] = handlesReport(session, groups({ sinceActivity: null, keepsAlive: null }), undefined).groups;
    assert.deepEqual([entry?.since_activity_ms, entry?.keeps_alive], [null, null]);
  });

  it('has the changes since the reading before and since the mark', () => {
    const store = filledStore();
    store.setMark(TIME);
    store.setHandles({ ...HANDLES, groups: [{ ...GROUP, count: 6 }] });
    store.setHandles({ ...HANDLES, groups: [{ ...GROUP, count: 5 }] });
    const [entry] = handlesReport(session, store, undefined).groups;
    assert.deepEqual([entry?.trend, entry?.since_mark], [-1, 3]);
  });

  it('has no top function without a stack', () => assert.equal(handlesReport(session, groups({ stack: [] }), undefined).groups[0]?.top_func, ''));

  it('says why there are no handles', () =>
    assert.deepEqual(handlesReport(session, filledStore({ ...HANDLES, state: { on: false, reason: 'It runs in a worker.' }, groups: [] }), undefined).notes, ['It runs in a worker.']));

  it('says why there are no pending operations', () =>
    assert.deepEqual(handlesReport(session, filledStore({ ...HANDLES, pending: { on: false, reason: 'Switched off.', mode: 'off' } }), undefined).notes, ['Switched off.']));

  it('says that the figures are the last ones', () => assert.match(handlesReport(inState('ended'), filledStore(), undefined).notes[0] ?? '', /is ended/));

  it('throws before the handles were read', () => {
    const store = newStore();
    store.setBaseline(SAMPLE);
    store.addSample({ ...SAMPLE, clock: 9000 }, TIME);
    assert.throws(() => handlesReport(session, store, undefined), /open handles of “Shop” have not been read yet/);
  });
});

describe('deepCheckReport', () => {
  const row = handleRow({ kind: 'pending', count: 3, label: 'await', category: 'per_request', stack: [frame('loadOrder', '/app/orders.ts')], causeStack: [frame('serve', '/app/server.ts')] });
  const result: DeepCheckResult = { time: 2500, rows: [row, handleRow({ count: 2 })], followed: 1200, unreadStacks: 0 };
  const report = deepCheckReport(session, result, TIME);

  it('has the figures under their names', () => {
    assertNames<DeepCheckReport>(report, { timestamp: true, session: true, seconds: true, promises_followed: true, abandoned_total: true, abandoned: true, notes: true });
    assert.deepEqual(report, {
      timestamp: '2026-01-02T03:04:05.006Z',
      session,
      seconds: 2.5,
      promises_followed: 1200,
      abandoned_total: 5,
      abandoned: [
        { count: 3, label: 'await', top_func: 'loadOrder', stack: ['loadOrder', '\t/app/orders.ts:3', 'serve', '\t/app/server.ts:3'], category: 'per_request' },
        { count: 2, label: 'Timer', top_func: '', stack: [], category: 'unknown' },
      ],
      notes: [],
    });
  });

  it('says when not all could be read', () => assert.match(deepCheckReport(session, { ...result, unreadStacks: 7 }, TIME).notes[0] ?? '', /^7 promises/));

  describe('as text', () => {
    it('has each group with its stack, to be searched', () =>
      assert.equal(
        deepCheckText(report),
        [
          '5 abandoned awaits in Shop, 2026-01-02T03:04:05.006Z',
          '1,200 promises followed for 2.5 s.',
          'These were collected as garbage while their promises were pending: the code behind them can never go on.',
          '',
          '3 × await [per_request]:',
          'loadOrder',
          '\t/app/orders.ts:3',
          'serve',
          '\t/app/server.ts:3',
          '',
          '',
          '2 × Timer [unknown]:',
          '(creation stack not known)',
          '',
        ].join('\n'),
      ));

    it('says so when there is none', () => {
      const text = deepCheckText({ ...report, abandoned: [], abandoned_total: 0 });
      assert.match(text, /^0 abandoned awaits in Shop/);
      assert.match(text, /\nNo await was collected/);
    });

    it('keeps names of the program’s from looking like lines of ours', () => {
      const [group] = report.abandoned;
      assert.ok(group);
      const text = deepCheckText({ ...report, abandoned: [{ ...group, label: 'a\nb', stack: ['f\n9 × await [unknown]:', '\t/a\n.ts:3'] }] });
      assert.match(text, /a\\u\{a\}b \[per_request\]:\nf\\u\{a\}9 × await \[unknown\]:\n\t\/a\\u\{a\}\.ts:3\n/);
    });
  });
});

describe('stackLines', () => {
  it('alternates the function and its place', () => {
    const frame = (functionName: string, file: string, line: number): Frame => ({ functionName, file, line, column: 4, origin: 'user' });
    assert.deepEqual(stackLines([frame('f', '/app/a.ts', 3), frame('(anonymous)', 'node:fs', 0), frame('map', '', 0)]), ['f', '\t/app/a.ts:3', '(anonymous)', '\tnode:fs:0', 'map', '\t(native):0']);
    assert.deepEqual(stackLines([]), []);
  });
});
