import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationsView, handlesView, type ToFrame } from '../../src/host/session/readings';
import type { AllocationReading, HandleGroup, HandleReading } from '../../src/protocol/collector';
import { ALLOCATIONS, GROUP, HANDLES } from '../helpers/collectorReplies';

/** Shows every frame in a TypeScript file, and counts how often it was asked. */
function mapping() {
  const asked: string[] = [];
  const toFrame: ToFrame = ({ functionName, url, line, column }) => {
    asked.push(functionName);
    return { functionName, file: url.replace('.js', '.ts'), line, column, origin: 'user' };
  };
  return { asked, toFrame };
}

const { toFrame } = mapping();

function handles(groups: readonly Partial<HandleGroup>[], more: Partial<HandleReading> = {}): HandleReading {
  return { ...HANDLES, ...more, groups: groups.map((group) => ({ ...GROUP, ...group })) };
}
const ids = (reading: HandleReading) => handlesView(reading, null, toFrame).rows.map(({ id }) => id);
const siteIds = (reading: AllocationReading) => allocationsView(reading, toFrame).rows.map(({ id }) => id);

describe('allocationsView', () => {
  it('has the reading’s figures, and frames in the source', () => {
    const view = allocationsView(ALLOCATIONS, toFrame);
    const [first] = view.rows;
    assert.deepEqual([view.totalBytes, view.totalCount, view.omittedSites, view.missing], [4608.5, 3.25, 0, null]);
    assert.deepEqual([first?.bytes, first?.count, first?.stack.map(({ file }) => file)], [4096.5, 2.25, ['/app/cache.ts', '/app/main.ts']]);
  });

  it('says why there is no list', () => assert.equal(allocationsView({ ...ALLOCATIONS, state: { on: false, reason: 'No addons.' } }, toFrame).missing, 'No addons.'));

  it('maps each frame once, however many stacks name it, and none that no stack names', () => {
    const { asked, toFrame: counting } = mapping();
    allocationsView({ ...ALLOCATIONS, frames: [...ALLOCATIONS.frames, { functionName: 'unused', url: '', line: 0, column: 0 }] }, counting);
    assert.deepEqual(asked, ['remember', '']);
  });

  it('leaves out frames that the table does not have', () => {
    const { rows } = allocationsView({ ...ALLOCATIONS, inUse: [{ bytes: 1, count: 1, stack: [7, 0, 2 ** 32, 1] }] }, toFrame);
    assert.deepEqual(rows[0]?.stack.map(({ functionName }) => functionName), ['remember', '']);
  });
});

describe('the ids of rows', () => {
  it('stay while figures change, and frames move in their table', () => {
    const [cache, main] = ALLOCATIONS.frames;
    assert.ok(cache && main);
    const moved: AllocationReading = {
      ...ALLOCATIONS,
      frames: [main, { functionName: 'new', url: '/app/new.js', line: 1, column: 1 }, cache],
      inUse: [
        { bytes: 9000, count: 9, stack: [0] },
        { bytes: 8000, count: 1, stack: [2, 0] },
      ],
    };
    const before = siteIds(ALLOCATIONS);
    assert.deepEqual(siteIds(moved), before.reverse());
    assert.equal(handles([{}]).groups.length, 1);
    assert.deepEqual(ids(handles([{ count: 99, oldest: 5, median: 3, newest: 1, longWaiting: false, stuck: false }])), ids(handles([{}])));
  });

  it('differ between rows that differ in type, category, stack or cause', () => {
    const groups: Partial<HandleGroup>[] = [{}, { type: 'TCPWRAP' }, { category: 'background' }, { stack: [1] }, { causeStack: [] }, { stack: [0, 1], causeStack: [] }, { stack: [], causeStack: [0, 1] }];
    const all = ids(handles(groups));
    assert.equal(new Set(all).size, groups.length);
    assert.ok(all.every((id) => !id.includes('#')), 'none is told apart by its place only');
  });

  it('are unique also for rows that read alike', () => {
    const alike = ids(handles([{}, {}, { type: 'TCPWRAP' }, {}]));
    assert.equal(new Set(alike).size, 4);
    assert.deepEqual(alike, ids(handles([{}, {}, { type: 'TCPWRAP' }, {}])));
    const site = { bytes: 1, count: 1, stack: [0] };
    assert.equal(new Set(siteIds({ ...ALLOCATIONS, inUse: [site, site, site] })).size, 3);
  });

  it('do not depend on the source map, which may come later', () => {
    const unmapped: ToFrame = ({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: 'user' });
    assert.deepEqual(handlesView(HANDLES, null, unmapped).rows.map(({ id }) => id), ids(HANDLES));
  });

  it('are short, whatever the program calls its functions', () => {
    const frames = [{ functionName: 'x'.repeat(2000), url: 'y'.repeat(2000), line: 1, column: 1 }];
    assert.ok((ids(handles([{ stack: new Array<number>(200).fill(0) }], { frames }))[0]?.length ?? 0) <= 20);
  });
});

describe('handlesView', () => {
  it('has the reading’s figures', () => {
    const view = handlesView(handles([{}], { foldedGroups: 4 }), null, toFrame);
    const [row] = view.rows;
    assert.ok(row);
    assert.deepEqual({ ...row, id: '', stack: row.stack.length, causeStack: row.causeStack.length }, {
      id: '',
      count: 2,
      trend: null,
      type: 'Timeout',
      label: 'Timer',
      state: 'scheduled',
      waitReason: 'its due time',
      category: 'per_request',
      oldest: 61_000,
      median: 30_000,
      longWaiting: true,
      stuck: true,
      stack: 1,
      causeStack: 1,
    });
    assert.deepEqual([view.total, view.summary, view.omittedGroups, view.missing], [2, HANDLES.summary, 4, null]);
  });

  it('says why there is no list', () => assert.equal(handlesView(handles([], { state: { on: false, reason: 'In a worker.' } }), null, toFrame).missing, 'In a worker.'));

  it('has a trend from the second reading on', () => {
    const reading = handles([{ count: 5 }, { count: 2, type: 'TCPWRAP' }, { count: 1, type: 'ZLIB' }]);
    const [same, fewer] = ids(reading);
    const trends = (previous: ReadonlyMap<string, number> | null) => handlesView(reading, previous, toFrame).rows.map(({ trend }) => trend);
    assert.deepEqual(trends(null), [null, null, null]);
    assert.deepEqual(trends(new Map([[same ?? '', 5], [fewer ?? '', 9]])), [0, -7, 1]);
    assert.deepEqual(trends(new Map()), [5, 2, 1]);
  });

  it('keeps the id of the folded group while the number of groups in it changes', () => {
    const id = (folded: number) =>
      handlesView({ ...HANDLES, groups: [{ ...GROUP, type: '', label: `${folded} smaller groups`, stack: [], causeStack: [] }] }, null, () => assert.fail()).rows[0]?.id;
    assert.equal(id(3), id(4));
  });
});
