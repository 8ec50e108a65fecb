import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { processList } from '../../src/model/processList';
import type { ProcessFigures, ProcessRow, ProcessSort } from '../../src/protocol/processes';

const FIGURES: ProcessFigures = { cpuPercent: 1, rssBytes: 1, usedHeapBytes: 1, openHandles: 1, stuck: 0 };

function program(name: string, parentId: string | null, depth: number, figures: Partial<ProcessFigures> | null, kind: ProcessRow['kind'] = 'process'): ProcessRow {
  return {
    session: { id: name, name, state: 'live', pid: name.length * 100, nodeVersion: null },
    parentId,
    depth,
    kind,
    figures: figures && { ...FIGURES, ...figures },
    isCurrent: true,
    readAt: null,
    note: null,
  };
}

const ROWS = [
  program('main', null, 0, { cpuPercent: 5, rssBytes: 30, openHandles: 3 }),
  program('child', 'main', 1, { cpuPercent: 70, rssBytes: 20, usedHeapBytes: 9, stuck: 2 }),
  program('[worker 1]', 'child', 2, { cpuPercent: null, rssBytes: null, usedHeapBytes: 5 }, 'worker'),
  program('other', null, 0, null),
];

const names = (search: string, sort: ProcessSort) => processList(ROWS, { search, sort }).map(({ id }) => id);

describe('the list of programs', () => {
  it('is the tree, unless it is sorted', () => {
    const rows = processList(ROWS, { search: '', sort: 'tree' });
    assert.deepEqual(rows.map(({ id, depth }) => [id, depth]), [['main', 0], ['child', 1], ['[worker 1]', 2], ['other', 0]]);
  });

  it('is sorted by each figure, the largest first and what is not known last, without levels', () => {
    assert.deepEqual(names('', 'cpu'), ['child', 'main', '[worker 1]', 'other']);
    assert.deepEqual(names('', 'rss'), ['main', 'child', '[worker 1]', 'other']);
    assert.deepEqual(names('', 'heap'), ['child', '[worker 1]', 'main', 'other']);
    assert.deepEqual(names('', 'handles'), ['main', 'child', '[worker 1]', 'other']);
    assert.deepEqual(names('', 'stuck'), ['child', 'main', '[worker 1]', 'other']);
    assert.deepEqual(names('', 'name'), ['[worker 1]', 'child', 'main', 'other']);
    assert(processList(ROWS, { search: '', sort: 'cpu' }).every(({ depth }) => depth === 0));
  });

  it('is searched by name, process id and kind; in the tree with those that started what is found', () => {
    assert.deepEqual(names('WORKER', 'tree'), ['main', 'child', '[worker 1]']);
    assert.deepEqual(names('worker', 'cpu'), ['[worker 1]']);
    assert.deepEqual(names('500', 'name'), ['child', 'other']);
    assert.deepEqual(names('nothing', 'tree'), []);
  });

  it('ends where programs name each other as their parents', () => {
    const rows = [program('a', 'b', 0, null), program('b', 'a', 0, null)];
    assert.deepEqual(processList(rows, { search: 'a', sort: 'tree' }).map(({ id }) => id), ['a', 'b']);
  });
});
