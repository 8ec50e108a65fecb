import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { processesReport } from '../../src/host/export/processesReport';
import { processesView, type ProgramFacts } from '../../src/model/processTree';
import type { SessionState } from '../../src/protocol/reports';

interface Options extends Partial<Omit<ProgramFacts, 'session' | 'current'>> {
  readonly pid?: number | null;
  readonly state?: SessionState;
  readonly current?: ProgramFacts['current'];
}

const FIGURES = { cpuPercent: 10, cpuUserSeconds: 0.1, rssBytes: 100, usedHeapBytes: 40, openHandles: 3 };

function program(id: string, { pid = null, state = 'live', parentId = null, isWorker = false, stuck = null, readAt = 5_000, current = FIGURES }: Options = {}): ProgramFacts {
  return { session: { id, name: id, state, pid, nodeVersion: null }, parentId, isWorker, current, stuck, readAt };
}

/** One line per row: indented, and its figures. */
function drawn(...programs: ProgramFacts[]): string[] {
  return processesView(programs).rows.map(({ session, depth, kind, figures, isCurrent }) => {
    const text = figures ? `${figures.cpuPercent ?? '-'}% ${figures.rssBytes ?? '-'} ${figures.usedHeapBytes ?? '-'} ${figures.openHandles ?? '-'}` : 'nothing';
    return `${'  '.repeat(depth)}${session.id} ${kind} ${text}${isCurrent ? '' : ' old'}`;
  });
}

describe('processesView', () => {
  it('has children below their parents, in the order they came', () => {
    assert.deepEqual(
      drawn(program('app'), program('other'), program('b', { parentId: 'app' }), program('c', { parentId: 'app' }), program('b1', { parentId: 'b' }), program('w', { parentId: 'c', isWorker: true })),
      ['app process 10% 100 40 3', '  b process 10% 100 40 3', '    b1 process 10% 100 40 3', '  c process 10% 100 40 3', '    w worker -% - 40 3', 'other process 10% 100 40 3'],
    );
  });

  it('has at the top what has lost its parent', () => {
    assert.deepEqual(drawn(program('orphan', { parentId: 'gone' }), program('own', { parentId: 'own' })), ['orphan process 10% 100 40 3', 'own process 10% 100 40 3']);
    assert.equal(processesView([program('orphan', { parentId: 'gone' })]).rows[0]?.parentId, null);
  });

  it('counts the process of workers once', () => {
    const { total } = processesView([program('app', { pid: 1 }), program('w1', { pid: 1, isWorker: true, parentId: 'app' }), program('w2', { pid: 1, isWorker: true, parentId: 'app' }), program('fork', { pid: 2, parentId: 'app' })]);
    assert.deepEqual(total, { processes: 2, workers: 2, cpuPercent: 20, rssBytes: 200, usedHeapBytes: 160, openHandles: 12, stuck: null });
  });

  it('counts the process of a worker also where only the worker is profiled', () => {
    const { total } = processesView([program('app', { pid: 1, state: 'available', current: null }), program('w1', { pid: 1, isWorker: true, parentId: 'app' })]);
    assert.deepEqual([total.processes, total.rssBytes, total.cpuPercent], [1, 100, 10]);
  });

  it('shows the last figures of what has ended, and sums up what is of now', () => {
    const programs = [program('app', { pid: 1, stuck: 2 }), program('gone', { pid: 2, state: 'ended' }), program('deaf', { pid: 3, state: 'busy' }), program('new', { state: 'available', current: null })];
    assert.deepEqual(drawn(...programs), ['app process 10% 100 40 3', 'gone process 10% 100 40 3 old', 'deaf process 10% 100 40 3 old', 'new process nothing old']);
    const { rows, total } = processesView(programs);
    assert.deepEqual(total, { processes: 1, workers: 0, cpuPercent: 10, rssBytes: 100, usedHeapBytes: 40, openHandles: 3, stuck: 2 });
    assert.deepEqual(rows.map(({ note }) => note), [null, 'These are its last figures; they are in no sum.', 'These are its last figures; they are in no sum.', 'It is not being profiled.']);
  });

  it('has no sum of what is not known', () => assert.equal(processesView([program('app', { current: { ...FIGURES, openHandles: null } })]).total.openHandles, null));

  it('is JSON under the names of the other reports', () => {
    const view = processesView([program('app', { pid: 1 }), program('w', { pid: 1, isWorker: true, parentId: 'app', current: null, readAt: null })]);
    const { timestamp, total, processes } = processesReport(view, 0);
    assert.deepEqual([timestamp, total], ['1970-01-01T00:00:00.000Z', { cpu_percent: 10, sys: 100, alloc: 40, num_goroutine: 3, potentially_stuck: null, processes: 1, workers: 0 }]);
    assert.deepEqual(processes.map(({ session, parent_id, kind, is_current, read_at, alloc }) => [session.id, parent_id, kind, is_current, read_at, alloc]), [
      ['app', null, 'process', true, '1970-01-01T00:00:05.000Z', 40],
      ['w', 'app', 'worker', false, null, null],
    ]);
  });

  it('is quick with very many, also in a long chain', () => {
    const programs = Array.from({ length: 50_000 }, (_, index) => program(`p${index}`, { parentId: index === 0 ? null : `p${index - 1}` }));
    assert.equal(processesView(programs).rows.at(-1)?.depth, 49_999);
  });
});
