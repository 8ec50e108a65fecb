import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { handleRows, handlesView, type Comparison, type ToFrame } from '../../src/host/session/readings';
import type { HandleGroup, HandleReading } from '../../src/protocol/collector';
import { GROUP, HANDLES } from '../helpers/collectorReplies';

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

/** All that changes while a group stays the same. */
const CHANGED_FIGURES: Partial<HandleGroup> = {
  count: 99,
  estimated: true,
  oldest: 5,
  median: 3,
  newest: 1,
  longestWait: 4,
  ages: [99, 0, 0, 0, 0, 0],
  sinceActivity: null,
  keepsAlive: null,
  longWaiting: false,
  stuck: false,
  subjects: [{ text: 'other', count: 1 }],
  routes: [],
  outlived: 0,
  examples: [],
};

/** A reading that there is nothing to compare with. */
const FIRST: Comparison = { previous: null, mark: null };

function handles(groups: readonly Partial<HandleGroup>[], more: Partial<HandleReading> = {}): HandleReading {
  return { ...HANDLES, ...more, groups: groups.map((group) => ({ ...GROUP, ...group })) };
}
const ids = (reading: HandleReading) => handlesView(reading, FIRST, toFrame).rows.map(({ id }) => id);

describe('the ids of rows', () => {
  it('stay while figures change, and frames move in their table', () => {
    const [first, second] = HANDLES.frames;
    assert.ok(first && second);
    assert.deepEqual(ids(handles([{ stack: [1], causeStack: [0] }], { frames: [second, first] })), ids(handles([{ stack: [0], causeStack: [1] }])));
    assert.deepEqual(ids(handles([{ ...CHANGED_FIGURES }])), ids(handles([{}])));
  });

  it('differ between rows that differ in kind, type, state, category, origin, stack or cause', () => {
    const groups: Partial<HandleGroup>[] = [{}, { kind: 'pending' }, { type: 'TCPWRAP' }, { state: 'due' }, { origin: 'unread' }, { category: 'background' }, { stack: [1] }, { causeStack: [] }, { stack: [0, 1], causeStack: [] }, { stack: [], causeStack: [0, 1] }];
    const all = ids(handles(groups));
    assert.equal(new Set(all).size, groups.length);
    assert.ok(all.every((id) => !id.includes('#')), 'none is told apart by its place only');
  });

  it('differ between incoming requests by their route, whatever else they are about', () => {
    const request = (route: string, text: string): Partial<HandleGroup> => ({ label: 'HTTP request in', routes: [{ route, count: 1 }], subjects: [{ text, count: 1 }] });
    const [one, same, other] = ids(handles([request('GET /a', '/a/1')])).concat(ids(handles([request('GET /a', '/a/2')])), ids(handles([request('GET /b', '/b')])));
    assert.deepEqual([one === same, one === other], [true, false]);
    const [by, not] = [{ ...request('', ''), routes: [], subjects: [{ text: 'GET /a', count: 1 }] }, { ...request('', ''), routes: [], subjects: [] }];
    assert.equal(new Set(ids(handles([by, not]))).size, 2);
  });

  it('differ between what was open before by its subject, as long as there is one only', () => {
    const earlier = (...texts: readonly string[]): Partial<HandleGroup> => ({ origin: 'earlier', stack: [], causeStack: [], subjects: texts.map((text, index) => ({ text, count: 3 - index })) });
    const id = (...texts: readonly string[]) => ids(handles([earlier(...texts)]))[0];
    assert.notEqual(id(':3000'), id(':4000'));
    assert.equal(id('a', 'b'), id('b', 'a'), 'which of several is the most frequent changes');
    assert.equal(ids(handles([{ subjects: [{ text: 'a', count: 1 }] }]))[0], ids(handles([{ subjects: [{ text: 'b', count: 1 }] }]))[0], 'a stack says enough');
  });

  it('are unique also for rows that read alike', () => {
    const alike = ids(handles([{}, {}, { type: 'TCPWRAP' }, {}]));
    assert.equal(new Set(alike).size, 4);
    assert.deepEqual(alike, ids(handles([{}, {}, { type: 'TCPWRAP' }, {}])));
  });

  it('do not depend on the source map, which may come later', () => {
    const unmapped: ToFrame = ({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: 'user' });
    assert.deepEqual(handlesView(HANDLES, FIRST, unmapped).rows.map(({ id }) => id), ids(HANDLES));
  });

  it('are short, whatever the program calls its functions', () => {
    const frames = [{ functionName: 'x'.repeat(2000), url: 'y'.repeat(2000), line: 1, column: 1 }];
    assert.ok((ids(handles([{ stack: new Array<number>(200).fill(0) }], { frames }))[0]?.length ?? 0) <= 20);
  });
});

describe('handlesView', () => {
  it('has the reading’s figures', () => {
    const view = handlesView(handles([{}], { foldedGroups: 4, pendingTotal: 1 }), FIRST, toFrame);
    const [row] = view.rows;
    assert.ok(row);
    assert.deepEqual({ ...row, id: '', stack: row.stack.length, causeStack: row.causeStack.length }, {
      ...GROUP,
      waitReason: 'its due time',
      advice: 'Clear it with clearTimeout(); call unref() when it should not keep the process alive.',
      id: '',
      trend: null,
      sinceMark: null,
      appeared: null,
      stack: 1,
      causeStack: 1,
    });
    assert.deepEqual([view.total, view.pendingTotal, view.summary, view.omittedGroups, view.missing], [2, 1, HANDLES.summary, 4, null]);
    assert.deepEqual([view.pendingMissing, view.pendingMode, view.markedAt], [null, 'sampled', null]);
  });

  it('says why there is no list', () => assert.equal(handlesView(handles([], { state: { on: false, reason: 'In a worker.' } }), FIRST, toFrame).missing, 'In a worker.'));

  it('says why there are no pending operations', () => {
    const view = handlesView(handles([], { pending: { on: false, reason: 'Switched off.', mode: 'off' } }), FIRST, toFrame);
    assert.deepEqual([view.pendingMissing, view.pendingMode, view.missing], ['Switched off.', 'off', null]);
  });

  it('has a trend from the second reading on', () => {
    const reading = handles([{ count: 5 }, { count: 2, type: 'TCPWRAP' }, { count: 1, type: 'ZLIB' }]);
    const [same, fewer] = ids(reading);
    const trends = (previous: ReadonlyMap<string, number> | null) => handlesView(reading, { previous, mark: null }, toFrame).rows.map(({ trend }) => trend);
    assert.deepEqual(trends(null), [null, null, null]);
    assert.deepEqual(trends(new Map([[same ?? '', 5], [fewer ?? '', 9]])), [0, -7, 1]);
    assert.deepEqual(trends(new Map()), [5, 2, 1]);
  });

  it('has the change since the mark, while one is set', () => {
    const reading = handles([{ count: 5 }, { count: 2, type: 'TCPWRAP' }]);
    const [first] = ids(reading);
    const { rows, markedAt } = handlesView(reading, { previous: new Map(), mark: { counts: new Map([[first ?? '', 1]]), time: 77 } }, toFrame);
    assert.deepEqual([rows.map(({ sinceMark }) => sinceMark), rows.map(({ trend }) => trend), markedAt], [[4, 2], [5, 2], 77]);
  });

  it('keeps the id of the folded group while the number of groups in it changes', () => {
    const id = (folded: number) =>
      handlesView({ ...HANDLES, groups: [{ ...GROUP, type: '', label: `${folded} smaller groups`, subjects: [], stack: [], causeStack: [] }] }, FIRST, () => assert.fail()).rows[0]?.id;
    assert.equal(id(3), id(4));
  });
});

describe('handleRows', () => {
  it('gives rows that are compared with nothing', () => {
    const rows = handleRows([GROUP, { ...GROUP, stack: [1] }], HANDLES.frames, toFrame);
    assert.deepEqual(rows.map(({ trend, sinceMark, stack }) => [trend, sinceMark, stack[0]?.functionName]), [[null, null, 'setTimeout'], [null, null, 'serve']]);
    assert.equal(new Set(rows.map(({ id }) => id)).size, 2);
  });
});
