import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HandleCells, type CellMember, type HandleCell } from '../../src/model/handleCells';
import { groupCells, groupHandles, type HandleLookup } from '../../src/model/handleGroups';
import type { HandleRequest } from '../../src/protocol/collector';
import { SeededRandom } from '../helpers/seededRandom';

const NOW = 1_000_000;
const REQUEST: HandleRequest = {
  limit: 10_000,
  longWait: 60_000,
  stuckAfter: 60_000,
  readStacksAfter: 0,
  pauses: [{ start: NOW - 100_000, end: NOW - 50_000 }],
  backgroundPatterns: [],
  perRequestPatterns: [],
};

const lookup: HandleLookup = {
  frames: [],
  stackOf: (key) => ({ origin: 'known', stack: [key], causeStack: [] }),
  subjectOf: ({ id }) => `about ${id % 3}`,
  detailOf: ({ id }, subject = '') => `${subject}, ${id}`,
  dueInOf: ({ id }) => id,
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function handle(id: number, type: string, more: Partial<CellMember> = {}): Mutable<CellMember> {
  const plain = { request: null, isBackground: false, stackKey: 1, weight: 1, state: '', keepsAlive: null, activeAt: null };
  return { id, kind: 'handle', type, createdAt: id * 100, ...plain, cell: null, place: 0, ...more };
}

/** `type: ids` of each cell. */
function texts(cells: readonly HandleCell[]): string[] {
  return cells.map(({ type, members }) => `${type}: ${members.map((member) => member?.id).join(' ')}`);
}

/** Cells and groups are in no particular order. */
function sorted(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}

describe('HandleCells', () => {
  it('keeps what is alike together, in the order of creation, however it came', () => {
    const cells = new HandleCells();
    for (const id of [3, 1, 4, 2]) cells.add(handle(id, id === 4 ? 'TCPWRAP' : 'Timeout'));
    assert.deepEqual(texts(cells.filled()), ['Timeout: 1 2 3', 'TCPWRAP: 4']);
  });

  it('holds nothing of what has gone', () => {
    const cells = new HandleCells();
    const handles = Array.from({ length: 10 }, (_, id) => handle(id, 'Timeout'));
    for (const one of handles) cells.add(one);
    const held = cells.filled()[0]?.members ?? [];
    for (const one of handles.slice(2)) cells.remove(one);
    assert.deepEqual(held.filter((member) => member !== undefined).map(({ id }) => id), [0, 1]);
    assert.deepEqual(texts(cells.filled()), ['Timeout: 0 1']);
  });

  it('tells of a few small cells of each type, without what has gone and in the order of creation', () => {
    const cells = new HandleCells();
    const pairs = Array.from({ length: 20 }, (_, key) => [handle(2 * key + 1, 'Timeout', { stackKey: key }), handle(2 * key, 'Timeout', { stackKey: key })]);
    for (let id = 0; id < 1_000; id++) cells.add(handle(1_000 + id, 'Timeout', { stackKey: 100 }));
    for (const one of pairs.flat()) cells.add(one);
    for (const one of pairs[0] ?? []) cells.remove(one);
    cells.add(handle(50, 'TCPWRAP'));
    assert.deepEqual(texts(cells.some(3)), ['Timeout: 2 3', 'Timeout: 4 5', 'Timeout: 6 7', 'TCPWRAP: 50']);
  });

  it('does nothing about a handle that is in no cell', () => {
    const cells = new HandleCells();
    const one = handle(1, 'Timeout');
    cells.remove(one);
    cells.move(one);
    cells.looked(one, null);
    assert.deepEqual(cells.filled(), []);
  });

  it('drops cells that have been left, once they are many', () => {
    const cells = new HandleCells();
    const handles = Array.from({ length: 3_000 }, (_, id) => handle(id, 'Timeout', { stackKey: id }));
    for (const one of handles) cells.add(one);
    for (const one of handles.slice(1)) cells.remove(one);
    cells.dropEmpty();
    const [first] = cells.filled();
    cells.add(handle(5_000, 'Timeout', { stackKey: 0 }));
    cells.add(handle(5_001, 'Timeout', { stackKey: 7 }));
    assert.deepEqual(texts(cells.filled()), ['Timeout: 0 5000', 'Timeout: 5001']);
    assert.equal(cells.filled()[0], first);
  });

  for (const seed of [1, 2, 3, 4]) {
    it(`groups what is open as if it were put together anew (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      const cells = new HandleCells();
      const open: Mutable<CellMember>[] = [];
      for (let id = 1; id < 3_000; id++) {
        const one = handle(id, random.pick(['Timeout', 'TCPWRAP', 'Interval']), {
          createdAt: NOW - random.integer(0, 300_000),
          request: random.pick([null, null, { route: 'GET /', isFinished: false }, { route: 'GET /', isFinished: true }]),
          isBackground: random.chance(0.2),
          stackKey: random.integer(1, 4),
        });
        cells.add(one);
        open.push(one);
        const other = random.pick(open);
        if (random.chance(0.4)) {
          other.stackKey = random.integer(1, 4);
          other.isBackground = random.chance(0.2);
          cells.move(other);
        }
        if (random.chance(0.4)) {
          const { keepsAlive } = other;
          other.keepsAlive = random.pick([null, true, false]);
          other.state = random.pick(['', 'connecting']);
          if (other.type !== 'Timeout') other.activeAt = random.pick([null, NOW - random.integer(0, 90_000)]);
          cells.looked(other, keepsAlive);
        }
        if (random.chance(0.5)) {
          cells.remove(other);
          open.splice(open.indexOf(other), 1);
        }
        if (id % 250 > 0) continue;
        const expected = groupHandles([...open].sort((a, b) => a.createdAt - b.createdAt), lookup, REQUEST, NOW);
        const actual = groupCells(cells.filled(), lookup, REQUEST, NOW);
        assert.deepEqual(sorted(actual.groups), sorted(expected.groups));
        assert.deepEqual({ ...actual, groups: [] }, { ...expected, groups: [] });
        assert.equal(actual.total, open.length);
      }
    });
  }

  it('counts each handle once when only a sample has a stack', () => {
    const random = new SeededRandom(9);
    const cells = new HandleCells();
    const count = 5_000;
    for (let id = 0; id < count; id++) {
      const weight = random.pick([0, 0, 0, 0, 1, 4, 8]);
      cells.add(handle(id, 'Timeout', { weight, stackKey: weight === 0 ? 1 : random.integer(2, 9), createdAt: NOW - count + id }));
    }
    const { groups, total } = groupCells(cells.filled(), lookup, REQUEST, NOW);
    assert.equal(total, count);
    assert.equal(groups.some(({ stack }) => stack[0] === 1), false);
  });
});
