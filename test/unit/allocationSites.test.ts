import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationSites, type AllocationNode } from '../../src/model/allocationSites';
import { SeededRandom } from '../helpers/seededRandom';

interface Node extends AllocationNode {
  readonly children: Node[];
}

const OWN = 'bifrost-collector.cdp';

/**
 * Makes the sampler's tree from a drawing: a line per node, below its caller and two spaces further in. A line is
 * `function script:line count×size …`; the script `-` is none, `own` the collector's, anything else lies in /app.
 */
function tree(drawing: string): AllocationNode {
  const root: Node = { name: '(root)', scriptName: '', lineNumber: 0, columnNumber: 0, allocations: [], children: [] };
  const path = [root];
  const lines = drawing.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  for (const line of lines) {
    const depth = (line.search(/\S/) - margin) / 2 + 1;
    const [name = '', place = '-', ...allocations] = line.trim().split(' ');
    const [, script = '', lineNumber = '0'] = /^(.*?)(?::(\d+))?$/.exec(place) ?? [];
    const node: Node = {
      name,
      scriptName: scriptName(script),
      lineNumber: Number(lineNumber),
      columnNumber: 1,
      allocations: allocations.map((allocation) => {
        const [count, sizeBytes] = allocation.split('×').map(Number);
        return { count: count ?? 0, sizeBytes: sizeBytes ?? 0 };
      }),
      children: [],
    };
    path.length = depth;
    path.at(-1)?.children.push(node);
    path.push(node);
  }
  return root;
}

function scriptName(script: string): string {
  if (script === '-') return '';
  if (script === 'own') return OWN;
  return script.startsWith('node') ? script.replace('node/', 'node:') : `/app/${script}`;
}

/** `bytes in count: top < caller < …` per site, in the order of the list. */
function sites(drawing: string, limit = 50): string[] {
  const { frames, inUse } = allocationSites(tree(drawing), limit);
  return inUse.map(({ bytes, count, stack }) => `${bytes} B in ${count}: ${stack.map((index) => frames[index]?.functionName ?? '?').join(' < ')}`);
}

describe('allocationSites', () => {
  it('adds up the sizes of a node, and leaves callers without their callees’ memory', () =>
    assert.deepEqual(
      sites(`
        main main.js:1 1×8
          load load.js:10 3×100 2×16
      `),
      ['332 B in 5: load < main', '8 B in 1: main'],
    ));

  it('has a site per stack, not per function', () =>
    assert.deepEqual(
      sites(`
        first a.js:1
          load load.js:10 1×100
        second b.js:1
          load load.js:10 1×300
      `),
      ['300 B in 1: load < second', '100 B in 1: load < first'],
    ));

  it('puts the largest first, then more objects, then the order of the tree', () =>
    assert.deepEqual(
      sites(`
        small a.js:1 1×10
        tieOne a.js:2 1×64
        tieTwo a.js:3 1×64
        many a.js:4 64×1
        large a.js:5 1×999
      `),
      ['999 B in 1: large', '64 B in 64: many', '64 B in 1: tieOne', '64 B in 1: tieTwo', '10 B in 1: small'],
    ));

  it('skips what has nothing live', () =>
    assert.deepEqual(
      sites(`
        main main.js:1
          freed a.js:1 0×100
          empty a.js:2 5×0
          live a.js:3 1×1
      `),
      ['1 B in 1: live < main'],
    ));

  it('gives frames as the sampler does, each once', () => {
    const { frames, inUse } = allocationSites(tree(`
      main main.js:7
        load load.js:10 1×2
        push - 1×1
    `), 10);
    assert.deepEqual(frames, [
      { functionName: 'load', url: '/app/load.js', line: 10, column: 1 },
      { functionName: 'main', url: '/app/main.js', line: 7, column: 1 },
      { functionName: 'push', url: '', line: 0, column: 1 },
    ]);
    assert.deepEqual(inUse.map(({ stack }) => stack), [[0, 1], [2, 1]]);
  });

  describe('leaves the profiler’s own out', () => {
    const rows: readonly (readonly [title: string, drawing: string, expected: readonly string[]])[] = [
      ['by its top frame', 'main main.js:1 1×1\n  collect own:1 1×999', ['1 B in 1: main']],
      ['with the built-ins it calls', 'collect own:1 1×9\n  stringify - 1×99\n    toJSON - 1×9', []],
      ['with what it calls of Node', 'collect own:1 1×9\n  readSync node/fs:1 1×99\n    push - 1×9', []],
      ['whatever called it', 'main main.js:1\n  emit node/events:1\n    onRequest own:1 1×99', []],
    ];
    for (const [title, drawing, expected] of rows) it(title, () => assert.deepEqual(sites(drawing), expected));

    it('but nothing of the program’s that runs below it', () =>
      assert.deepEqual(
        sites(`
          onRequest own:1 1×500
            emit node/events:1 1×500
              handler app.js:5 1×30
                push - 1×20
        `),
        ['30 B in 1: handler < emit < onRequest', '20 B in 1: push < handler < emit < onRequest'],
      ));

    it('and no script that only has a name like it', () => {
      const named = (url: string) => allocationSites({ ...tree(''), children: [{ ...tree('f a.js:1'), scriptName: url, allocations: [{ sizeBytes: 1, count: 1 }] }] }, 1).inUse.length;
      const scripts = ['bifrost-collector.cdp', '/ext/dist/bifrost-preload.cdp', 'c:\\ext\\bifrost-preload.cdp', 'bifrost-collector.cdp.js', 'my-bifrost-collector.cdp', 'other.cdp'];
      assert.deepEqual(scripts.map(named), [0, 0, 0, 1, 1, 1]);
    });
  });

  it('counts what built-ins allocate for the program', () =>
    assert.deepEqual(sites('push - 1×5\nmain main.js:1\n  parse node/url:1 1×9'), ['9 B in 1: parse < main', '5 B in 1: push']));

  it('lists up to the limit and counts all', () => {
    const drawing = 'a a.js:1 1×40\nb a.js:2 2×10\nc a.js:3 1×10\nown own:1 9×9';
    const { inUse, totalBytes, totalCount, omittedSites } = allocationSites(tree(drawing), 2);
    assert.deepEqual([inUse.length, totalBytes, totalCount, omittedSites], [2, 70, 4, 1]);
    const none = allocationSites(tree(drawing), 0);
    assert.deepEqual([none.inUse, none.frames, none.totalBytes, none.omittedSites], [[], [], 70, 3]);
  });

  it('is empty for an empty profile', () =>
    assert.deepEqual(allocationSites(tree(''), 50), { frames: [], inUse: [], totalBytes: 0, totalCount: 0, omittedSites: 0 }));

  it('bears a stack of 200,000 levels, and lists the frames nearest to the allocation', () => {
    const deepest = { name: 'deepest', scriptName: '/app/a.js', lineNumber: 1, columnNumber: 1, allocations: [{ sizeBytes: 8, count: 1 }], children: [] };
    let node: AllocationNode = deepest;
    for (let level = 0; level < 200_000; level++) {
      node = { name: 'recurse', scriptName: '/app/a.js', lineNumber: 2, columnNumber: 1, allocations: [], children: [node] };
    }
    const { frames, inUse, totalBytes } = allocationSites({ ...tree(''), children: [node] }, 50);
    assert.deepEqual(frames.map(({ functionName }) => functionName), ['deepest', 'recurse']);
    const stack = inUse[0]?.stack ?? [];
    assert.deepEqual([totalBytes, inUse.length, stack[0], stack.at(-1)], [8, 1, 0, 1]);
    assert.ok(stack.length >= 50 && stack.length <= 256, `${stack.length} frames are listed`);
  });

  it('bears 200,000 callees of one function', () => {
    const children = Array.from({ length: 200_000 }, (_, index) => ({ ...tree(''), name: `f${index}`, allocations: [{ sizeBytes: 1, count: 1 }] }));
    assert.equal(allocationSites({ ...tree(''), children }, 10).totalBytes, 200_000);
  });

  it('keeps its sums in any tree (seed 1)', () => {
    const random = new SeededRandom(1);
    for (let round = 0; round < 100; round++) {
      let expected = 0;
      const grow = (depth: number, ownAbove: boolean): AllocationNode => {
        const script = random.pick(['-', 'a.js', 'b.js', 'node/fs', 'own']);
        const own = script === 'own' || (ownAbove && (script === '-' || script === 'node/fs'));
        const allocations = Array.from({ length: random.integer(0, 2) }, () => ({ sizeBytes: random.integer(0, 50), count: random.integer(0, 3) }));
        if (!own) for (const { sizeBytes, count } of allocations) expected += sizeBytes * count;
        const children = depth === 0 ? [] : Array.from({ length: random.integer(0, 4) }, () => grow(depth - 1, own));
        return { name: `f${random.integer(1, 3)}`, scriptName: scriptName(script), lineNumber: 1, columnNumber: 1, allocations, children };
      };
      const limit = random.integer(1, 60);
      const { inUse, totalBytes, omittedSites } = allocationSites({ ...tree(''), children: [grow(4, false)] }, limit);
      assert.equal(totalBytes, expected);
      const bytes = inUse.map((site) => site.bytes);
      assert.deepEqual(bytes, [...bytes].sort((a, b) => b - a));
      if (omittedSites === 0) assert.equal(bytes.reduce((sum, value) => sum + value, 0), expected);
      else assert.equal(inUse.length, limit);
    }
  });
});
