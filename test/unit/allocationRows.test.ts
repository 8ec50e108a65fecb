import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationListing, type ListingQuery } from '../../src/model/allocationRows';
import { CallTree } from '../../src/model/callTree';
import { frameOrigin } from '../../src/model/frameOrigin';
import { MeasuredTree } from '../../src/model/measuredTree';
import { growth, type NodeAmounts } from '../../src/model/nodeAmounts';
import type { AllocationGrouping, AllocationQuery, AllocationRow } from '../../src/protocol/allocations';
import type { Frame, RawFrame } from '../../src/protocol/frames';
import { SeededRandom } from '../helpers/seededRandom';

const GROUPINGS: readonly AllocationGrouping[] = ['sites', 'functions', 'files', 'packages', 'callTree'];

const SCRIPTS = ['node:fs', '/app/a.js', '/app/b.js', '/app/node_modules/x/index.js'];

const toFrame = ({ functionName, url: file, line, column }: RawFrame): Frame => ({ functionName, file, line, column, origin: frameOrigin(file) });

/**
 * A measured tree from a drawing: a line per node, two spaces below its caller: `function script bytes [bytes at the
 * baseline]`. Every object has a byte. The script `-` is none; with a baseline the measure is growth.
 */
function measured(drawing: string): MeasuredTree {
  const tree = new CallTree();
  const now: number[] = [0];
  const before: number[] = [0];
  const lines = drawing.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  const path = [0];
  for (const line of lines) {
    path.length = (line.search(/\S/) - margin) / 2 + 1;
    const [name = '', script = '-', bytes = '0', baseline = '0'] = line.trim().split(' ');
    const node = tree.child(path.at(-1) ?? 0, tree.frame({ functionName: name, url: script === '-' ? '' : script, line: 1, column: 1 }));
    path.push(node);
    now[node] = Number(bytes);
    before[node] = Number(baseline);
  }
  const list = (values: readonly number[]): NodeAmounts => ({ bytes: Float64Array.from(values), counts: Float64Array.from(values) });
  const baseline = before.some((bytes) => bytes !== 0) ? list(before) : null;
  return new MeasuredTree(tree, baseline ? growth(list(now), baseline) : list(now), baseline);
}

function allocationRows(tree: MeasuredTree, query: ListingQuery, mapped: typeof toFrame) {
  const { listing, total } = allocationListing(tree, query, mapped);
  return { rows: listing.rows(), total };
}

/** Lists with all that can be opened open, as far as `levels` down. */
function listed(tree: MeasuredTree, query: Partial<AllocationQuery> = {}, levels = 4): AllocationRow[] {
  const all = { grouping: 'sites', measure: tree.baseline ? 'growth' : 'inUse', expanded: [] as string[], limit: 50, filter: '', ...query } as const;
  let rows = allocationRows(tree, all, toFrame).rows;
  for (let level = 0; level < levels; level++) {
    const expanded = rows.filter(({ expandable }) => expandable).map(({ id }) => id);
    rows = allocationRows(tree, { ...all, expanded }, toFrame).rows;
  }
  return rows;
}

/** `label self/total`, children further in. */
function text(rows: readonly AllocationRow[]): string[] {
  return rows.map((row) => {
    const name = row.kind === 'site' ? row.stack.map(({ functionName }) => functionName).join(' < ') : row.kind === 'more' ? `${row.label} more` : row.label;
    return `${'  '.repeat(row.depth)}${name} ${row.self.bytes}/${row.total.bytes}${row.isNew ? ' new' : ''}`;
  });
}

const SERVICE = `
  main /app/main.js 10
    handle /app/handle.js 20
      push - 5
      parse /app/node_modules/json/parse.js 40
        parse /app/node_modules/json/parse.js 30
    load /app/main.js 0
      readFile node:fs 7
      parse /app/node_modules/json/parse.js 8
`;

describe('allocationRows', () => {
  const goldens: readonly (readonly [AllocationGrouping, readonly string[]])[] = [
    [
      'sites',
      [
        'parse < handle < main 40/40',
        'parse < parse < handle < main 30/30',
        'handle < main 20/20',
        'main 10/10',
        'parse < load < main 8/8',
        'readFile < load < main 7/7',
        'push < handle < main 5/5',
      ],
    ],
    [
      'callTree',
      [
        'main 10/120',
        '  handle 20/95',
        '    parse 40/70',
        '      parse 30/30',
        '    push 5/5',
        '  load 0/15',
        '    parse 8/8',
        '    readFile 7/7',
      ],
    ],
  ];
  for (const [grouping, expected] of goldens) it(`lists ${grouping}`, () => assert.deepEqual(text(listed(measured(SERVICE), { grouping })), expected));

  it('lists functions, by what they and the built-ins they call allocated', () =>
    assert.deepEqual(text(listed(measured(SERVICE), { grouping: 'functions' }, 0)), ['parse 78/78', 'handle 25/95', 'main 10/120', 'readFile 7/7']));

  it('opens a function to its callers, and these to theirs', () =>
    assert.deepEqual(
      text(listed(measured(SERVICE), { grouping: 'functions' })).slice(0, 8).map((line) => line.replace(/\/\d+$/, '')),
      ['parse 78', '  handle 40', '    main 40', '  parse 30', '    handle 30', '      main 30', '  load 8', '    main 8'],
    ));

  it('lists packages, their files and functions', () =>
    assert.deepEqual(
      text(listed(measured(SERVICE), { grouping: 'packages' }, 2)).map((line) => line.replace(/\/\d+$/, '')).filter((line) => !line.startsWith('      ')),
      [
        'json 78',
        '  /app/node_modules/json/parse.js 78',
        '    parse 78',
        'your code 35',
        '  /app/handle.js 25',
        '    handle 25',
        '  /app/main.js 10',
        '    main 10',
        'Node.js 7',
        '  node:fs 7',
        '    readFile 7',
      ],
    ));

  it('counts functions that call each other once', () =>
    assert.deepEqual(text(listed(measured('a /a.js 1\n  b /a.js 10\n    a /a.js 100\n      b /a.js 1000'), { grouping: 'functions' }, 0)), ['b 1010/1110', 'a 101/1111']));

  it('keeps files and packages to the total of all, when their functions call each other', () => {
    const tree = measured('a /a.js 1\n  b /b.js 10\n    c /a.js 100');
    assert.deepEqual(text(listed(tree, { grouping: 'files' }, 0)), ['/a.js 101/111', '/b.js 10/110']);
    assert.deepEqual(text(listed(tree, { grouping: 'packages' }, 0)), ['your code 111/111']);
  });

  it('sums up what is past the limit, on each level', () => {
    assert.deepEqual(text(listed(measured(SERVICE), { limit: 4 })).slice(4), ['3 more 20/20']);
    assert.deepEqual(text(listed(measured('main /a.js 1\n  a /a.js 5\n  b /a.js 4\n  c /a.js 3'), { grouping: 'callTree', limit: 1 })), ['main 1/13', '  a 5/5', '  2 more 7/7']);
  });

  it('lists nothing for nothing', () => {
    for (const grouping of GROUPINGS) {
      const result = allocationRows(measured(''), { grouping, measure: 'inUse', expanded: [], limit: 50, filter: '' }, toFrame);
      assert.deepEqual(result, { rows: [], total: { bytes: 0, count: 0 } });
    }
  });

  describe('with growth', () => {
    const drawing = `
      leak /a.js 1000 10
      shrunk /a.js 5 500
      same /a.js 7 7
      notable /a.js 60
      sample /a.js 20
    `;
    it('has new stacks of note first, and no shrunk ones', () => assert.deepEqual(text(listed(measured(drawing))), ['notable 60/60 new', 'leak 990/990', 'sample 20/20 new']));
    it('has shares of what grew', () => {
      const shares = listed(measured(drawing)).map(({ share }) => share);
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9, String(shares));
    });
  });

  describe('with a filter', () => {
    it('keeps sites with a frame of that name or file', () => assert.deepEqual(text(listed(measured(SERVICE), { filter: 'LOAD' })), ['parse < load < main 8/8', 'readFile < load < main 7/7']));
    it('keeps functions by name and file', () => assert.deepEqual(text(listed(measured(SERVICE), { filter: 'main.JS', grouping: 'functions' }, 0)), ['main 10/120']));
    it('keeps what is above a node of the call tree', () =>
      assert.deepEqual(text(listed(measured(SERVICE), { filter: 'readfile', grouping: 'callTree' })), ['main 10/120', '  load 0/15', '    readFile 7/7']));
  });

  it('gives a row the same id in another program, whatever came before', () => {
    for (const grouping of GROUPINGS) {
      const one = idsByPath(listed(measured(SERVICE), { grouping }, 6));
      const other = idsByPath(listed(measured(`  first /z.js 1${SERVICE}`), { grouping }, 6));
      for (const [path, id] of one) assert.equal(other.get(path), id, `${grouping}: ${path}`);
    }
  });

  it('has the same sums in every grouping, and unique ids (seed 1)', () => {
    const random = new SeededRandom(1);
    for (let round = 0; round < 60; round++) {
      const tree = randomTree(random);
      for (const grouping of GROUPINGS) checkSums(tree, grouping, 1 + (round % 5));
    }
  });

  it('counts with a function all that has it on its stack, once (seed 2)', () => {
    const random = new SeededRandom(2);
    for (let round = 0; round < 60; round++) {
      const measuredTree = randomTree(random, SCRIPTS);
      const { tree, amounts } = measuredTree;
      const expected = new Map<string, number>();
      for (let node = 1; node < tree.size; node++) {
        const names = new Set<string>();
        for (let at = node; at > 0; at = tree.parents[at] ?? 0) names.add(tree.frames[tree.frameOf[at] ?? -1]?.functionName ?? '');
        for (const name of names) expected.set(name, (expected.get(name) ?? 0) + (amounts.bytes[node] ?? 0));
      }
      for (const row of listed(measuredTree, { grouping: 'functions', limit: 100 }, 0)) {
        if (row.frame !== null) assert.equal(row.total.bytes, expected.get(row.label), row.label);
      }
    }
  });

  for (const seed of [1, 2, 3]) {
    it(`begins with a limit as it does without (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 50; round++) {
        const { tree, amounts } = randomTree(random);
        const baseline = random.chance(0.5) ? { bytes: amounts.bytes.map((bytes) => (random.chance(0.5) ? 0 : Math.round(bytes * random.integer(0, 20) / 10))), counts: amounts.counts } : null;
        const now = new MeasuredTree(tree, baseline ? growth(amounts, baseline) : amounts, baseline);
        for (const grouping of GROUPINGS) {
          const limit = random.integer(1, 10);
          const rows = (most: number) => listed(now, { grouping, limit: most }, 0).filter(({ kind }) => kind !== 'more');
          assert.deepEqual(rows(limit), rows(1_000).slice(0, limit), grouping);
        }
      }
    });
  }

  it('bears a stack of a million levels', () => {
    const tree = new CallTree();
    const frames = ['even', 'odd'].map((functionName) => tree.frame({ functionName, url: '/a.js', line: 1, column: 1 }));
    let node = 0;
    for (let level = 0; level < 1_000_000; level++) node = tree.child(node, frames[level % 2] ?? 0);
    const bytes = new Float64Array(tree.size);
    bytes[node] = 8;
    const deep = new MeasuredTree(tree, { bytes, counts: bytes });
    const totals = GROUPINGS.map((grouping) => listed(deep, { grouping }, 3).filter(({ depth }) => depth === 0).map(({ total }) => total.bytes));
    assert.deepEqual(totals, [[8], [8], [8], [8], [8]]);
    assert.equal(listed(deep)[0]?.stack.length, 128);
  });

  it('shows what grew in a call tree beside what shrank more', () => {
    const tree = measured(`
      main /app/main.js 10 1000
        leak /app/leak.js 300 100
      other /app/main.js 50 40
    `);
    const rows = listed(tree, { grouping: 'callTree' });
    assert.deepEqual(text(rows), ['main -990/-790', '  leak 200/200', 'other 10/10']);
    assert.deepEqual(rows.map(({ share }) => share.toFixed(2)), ['0.95', '0.95', '0.05']);
  });

  it('counts what a function calls in its total below a file too', () => {
    const tree = measured(`
      main /app/main.js 10
        load /app/load.js 20
    `);
    assert.deepEqual(text(listed(tree, { grouping: 'files' }, 1)), ['/app/load.js 20/20', '  load 20/20', '/app/main.js 10/30', '  main 10/30']);
  });

  it('sums up the rest without counting anything twice', () => {
    const tree = measured(`
      a /app/a.js 10
        b /app/b.js 9
          c /app/c.js 8
    `);
    assert.deepEqual(text(listed(tree, { grouping: 'functions', limit: 1 }, 0)), ['a 10/27', '2 more 17/17']);
  });

  it('is linear in the depth of built-ins that call each other', () => {
    const tree = new CallTree();
    const frame = tree.frame({ functionName: 'forEach', url: '', line: 0, column: 0 });
    let node = tree.child(0, tree.frame({ functionName: 'main', url: '/app/a.js', line: 1, column: 1 }));
    for (let level = 0; level < 300_000; level++) node = tree.child(node, frame);
    const ones = new Float64Array(tree.size).fill(1);
    ones[0] = 0;
    const { rows } = allocationRows(new MeasuredTree(tree, { bytes: ones, counts: ones }), { grouping: 'functions', measure: 'inUse', expanded: [], limit: 5, filter: '' }, toFrame);
    assert.deepEqual(text(rows), ['main 300001/300001']);
  });
});

/** By the names of a row and those above it; a site by its stack. */
function idsByPath(rows: readonly AllocationRow[]): Map<string, string> {
  const path: string[] = [];
  return new Map(
    rows.map((row) => {
      path.length = row.depth;
      path.push(row.kind === 'site' ? row.stack.map(({ functionName }) => functionName).join(' < ') : row.label);
      return [path.join(' > '), row.id];
    }),
  );
}

/** Recursion is frequent: few functions, each of one name and several in a file. */
function randomTree(random: SeededRandom, urls = ['', ...SCRIPTS]): MeasuredTree {
  const tree = new CallTree();
  const frames = Array.from({ length: random.integer(1, 12) }, (_, index) => tree.frame({ functionName: `f${index}`, url: random.pick(urls), line: 1, column: 1 }));
  for (let step = random.integer(0, 200); step > 0; step--) tree.child(random.integer(0, tree.size - 1), random.pick(frames));
  const bytes = Float64Array.from({ length: tree.size }, () => (random.chance(0.4) ? random.integer(1, 1_000) : 0));
  return new MeasuredTree(tree, { bytes, counts: bytes });
}

function checkSums(tree: MeasuredTree, grouping: AllocationGrouping, limit: number): void {
  const whole = tree.amounts.bytes.reduce((sum, bytes) => sum + bytes, 0);
  const { total } = allocationRows(tree, { grouping, measure: 'inUse', expanded: [], limit, filter: '' }, toFrame);
  const rows = listed(tree, { grouping, limit }, 3);
  const first = rows.filter(({ depth }) => depth === 0);
  const sum = first.reduce((bytes, row) => bytes + (grouping === 'callTree' ? row.total.bytes : row.self.bytes), 0);
  assert.deepEqual([total.bytes, sum], [whole, whole], grouping);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, `ids of ${grouping}`);
  for (const { self, total: all, share } of rows) assert.ok(self.bytes <= all.bytes && share >= 0 && share <= 1 + 1e-9, grouping);
}
