import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationProfile, type SampledNode } from '../../src/model/allocationProfile';
import { fromInspector } from '../../src/model/inspectorProfile';
import { countSamples, exactObjectsPerSample, objectsPerSample, sizesOfSample } from '../../src/model/sampledObjects';
import type { AllocationProfile, AllocationReading } from '../../src/protocol/allocations';
import { SeededRandom } from '../helpers/seededRandom';

interface Node extends SampledNode {
  readonly children: Node[];
}

const OWN = 'bifrost-collector.cdp';

/**
 * Makes the sampler's tree from a drawing: a line per node, below its caller and two spaces further in. A line is
 * `function script:line count×size …`; the script `-` is none, `own` the collector's, anything else lies in /app.
 */
function tree(drawing: string): SampledNode {
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

/** So small that a sample stands for itself. */
const INTERVAL = 1e-3;

type Read = Pick<AllocationReading, 'omitted'> & { readonly profile: AllocationProfile };

function read(root: SampledNode, limit = 50, lists: 'live' | 'liveAndAll' | 'all' = 'live'): Read {
  const { profile, omitted } = allocationProfile(root, lists, INTERVAL, limit);
  assert(profile);
  return { profile, omitted };
}

interface SiteOfTest {
  readonly bytes: number;
  readonly count: number;
  readonly stack: readonly string[];
}

/** The stacks with something in use, in the order of the tree. */
function sitesOf({ frames, parents, frameOf, inUse }: AllocationProfile): SiteOfTest[] {
  return parents.flatMap((_, node) => {
    const bytes = inUse?.bytes[node] ?? 0;
    if (bytes === 0) return [];
    const stack: string[] = [];
    for (let at = node; at > 0; at = parents[at] ?? 0) stack.push(frames[frameOf[at] ?? -1]?.functionName ?? '?');
    return [{ bytes, count: inUse?.counts[node] ?? 0, stack }];
  });
}

/** `bytes in count: top < caller < …` per site, in the order of the tree. */
function sites(drawing: string, limit = 50): string[] {
  return sitesOf(read(tree(drawing), limit).profile).map(({ bytes, count, stack }) => `${bytes} B in ${count}: ${stack.join(' < ')}`);
}

describe('allocationProfile', () => {
  it('adds up the sizes of a node, and leaves callers without their callees’ memory', () =>
    assert.deepEqual(
      sites(`
        main main.js:1 1×8
          load load.js:10 3×100 2×16
      `),
      ['8 B in 1: main', '332 B in 5: load < main'],
    ));

  it('has a site per stack, not per function', () =>
    assert.deepEqual(
      sites(`
        first a.js:1
          load load.js:10 1×100
        second b.js:1
          load load.js:10 1×300
      `),
      ['100 B in 1: load < first', '300 B in 1: load < second'],
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
    const { frames, parents, frameOf, inUse } = read(
      tree(`
        main main.js:7
          load load.js:10 1×2
          push - 1×1
          idle a.js:1
      `),
    ).profile;
    assert.deepEqual(frames, [
      { functionName: 'main', url: '/app/main.js', line: 7, column: 1 },
      { functionName: 'load', url: '/app/load.js', line: 10, column: 1 },
      { functionName: 'push', url: '', line: 0, column: 1 },
    ]);
    assert.deepEqual([parents, frameOf, inUse?.bytes], [[-1, 0, 1, 1], [-1, 0, 1, 2], [0, 0, 2, 1]]);
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
      const named = (url: string) =>
        sitesOf(read({ ...tree(''), children: [{ ...tree('f a.js:1'), scriptName: url, allocations: [{ sizeBytes: 1, count: 1 }] }] }).profile).length;
      const scripts = ['bifrost-collector.cdp', '/ext/dist/bifrost-preload.cdp', 'c:\\ext\\bifrost-preload.cdp', 'bifrost-collector.cdp.js', 'my-bifrost-collector.cdp', 'other.cdp'];
      assert.deepEqual(scripts.map(named), [0, 0, 0, 1, 1, 1]);
    });
  });

  it('counts what built-ins allocate for the program', () =>
    assert.deepEqual(sites('push - 1×5\nmain main.js:1\n  parse node/url:1 1×9'), ['5 B in 1: push', '9 B in 1: parse < main']));

  it('keeps the largest up to the limit and sums up the rest', () => {
    const drawing = 'b a.js:2 2×10\na a.js:1 1×40\nc a.js:3 1×10\nown own:1 9×9';
    const { profile, omitted } = read(tree(drawing), 2);
    assert.deepEqual(sitesOf(profile).map(({ stack }) => stack), [['b'], ['a']]);
    assert.deepEqual(omitted, { sites: 1, inUse: { bytes: 10, count: 1 }, allocated: null });
    const none = read(tree(drawing), 0);
    assert.deepEqual([none.profile.parents, none.profile.frames, none.omitted.inUse], [[-1], [], { bytes: 70, count: 4 }]);
  });

  it('keeps the largest of either list when both are sampled', () => {
    const entry = (inuseSpaceBytes: number, allocSpaceBytes: number) => ({ inuseObjects: 1, inuseSpaceBytes, allocObjects: 2, allocSpaceBytes });
    const of = (name: string, live: number, all: number): SampledNode => ({ ...tree(''), name, scriptName: '/app/a.js', allocations: [entry(live, all)] });
    const root: SampledNode = { ...tree(''), children: [of('lives', 90, 100), of('dies', 1, 5_000), of('small', 2, 3)] };
    const { profile, omitted } = read(root, 1, 'liveAndAll');
    assert.deepEqual(profile.frames.map(({ functionName }) => functionName), ['lives', 'dies']);
    assert.deepEqual([profile.inUse?.bytes, profile.allocated?.bytes], [[0, 90, 1], [0, 100, 5_000]]);
    assert.deepEqual(omitted, { sites: 1, inUse: { bytes: 2, count: 1 }, allocated: { bytes: 3, count: 2 } });
  });

  it('takes what a recording sampled as all that was allocated', () => {
    const { profile } = read(tree('a a.js:1 3×10'), 50, 'all');
    assert.deepEqual([profile.inUse, profile.allocated], [null, { bytes: [0, 30], counts: [0, 3] }]);
  });

  it('is empty for an empty profile', () =>
    assert.deepEqual(read(tree('')), {
      profile: { frames: [], parents: [-1], frameOf: [-1], inUse: { bytes: [0], counts: [0] }, allocated: null },
      omitted: { sites: 0, inUse: { bytes: 0, count: 0 }, allocated: null },
    }));

  it('bears a stack of 200,000 levels', () => {
    let node: SampledNode = { ...tree(''), name: 'deepest', scriptName: '/app/a.js', allocations: [{ sizeBytes: 8, count: 1 }] };
    for (let level = 0; level < 200_000; level++) node = { ...tree(''), name: 'recurse', scriptName: '/app/a.js', children: [node] };
    const { frames, parents, inUse } = read({ ...tree(''), children: [node] }).profile;
    assert.deepEqual(frames.map(({ functionName }) => functionName), ['recurse', 'deepest']);
    assert.deepEqual([parents.length, inUse?.bytes.at(-1)], [200_002, 8]);
  });

  it('bears 200,000 callees of one function', () => {
    const children = Array.from({ length: 200_000 }, (_, index) => ({ ...tree(''), name: `f${index}`, allocations: [{ sizeBytes: 1, count: 1 }] }));
    assert.deepEqual(read({ ...tree(''), children }, 10).omitted, { sites: 199_990, inUse: { bytes: 199_990, count: 199_990 }, allocated: null });
  });

  it('keeps its sums in any tree (seed 1)', () => {
    const random = new SeededRandom(1);
    for (let round = 0; round < 100; round++) {
      let expected = 0;
      const grow = (depth: number, ownAbove: boolean): SampledNode => {
        const script = random.pick(['-', 'a.js', 'b.js', 'node/fs', 'own']);
        const own = script === 'own' || (ownAbove && (script === '-' || script === 'node/fs'));
        const allocations = Array.from({ length: random.integer(0, 2) }, () => ({ sizeBytes: random.integer(0, 50), count: random.integer(0, 3) }));
        if (!own) for (const { sizeBytes, count } of allocations) expected += sizeBytes * count;
        const children = depth === 0 ? [] : Array.from({ length: random.integer(0, 4) }, () => grow(depth - 1, own));
        return { name: `f${random.integer(1, 3)}`, scriptName: scriptName(script), lineNumber: 1, columnNumber: 1, allocations, children };
      };
      const limit = random.integer(1, 60);
      const { profile, omitted } = read({ ...tree(''), children: [grow(4, false)] }, limit);
      const kept = sitesOf(profile);
      assert.equal(kept.reduce((sum, { bytes }) => sum + bytes, omitted.inUse?.bytes ?? 0), expected);
      if (omitted.sites > 0) assert.equal(kept.length, limit);
      assert(profile.parents.every((parent, node) => parent < node));
    }
  });
});

describe('sampled objects', () => {
  const INTERVALS = [64 * 1024, 512 * 1024];

  it('has the true size among those that the inspector’s product may be of', () => {
    for (const interval of INTERVALS) {
      for (let size = 16; size <= 4_000_000; size += size < 4096 ? 8 : 8 * Math.ceil(size / 97)) {
        const sizes = sizesOfSample(size * objectsPerSample(size, interval), interval);
        assert(sizes.includes(size), `${size} B at ${interval}: ${sizes.join()}`);
        assert(sizes.every((other, index) => other > (sizes[index - 1] ?? 0)), 'the smallest first');
      }
    }
  });

  it('gives a node of the inspector its bytes, and its objects where they are of one size', () => {
    const interval = 65_536;
    const callFrame = { functionName: 'f', url: '/app/a.js', lineNumber: 4, columnNumber: 9 };
    for (const [size, times] of [[16, 300], [864, 50], [19_448, 30], [77_792, 20], [1_000_000, 3]] as const) {
      const objects = Math.round(times * exactObjectsPerSample(size, interval));
      const product = size * objectsPerSample(size, interval);
      const node = { callFrame, id: 2, selfSize: size * objects, children: [] };
      const head = { callFrame: { ...callFrame, functionName: '(root)', url: '' }, id: 1, selfSize: 0, children: [node] };
      const root = fromInspector({ head, samples: Array.from({ length: times }, () => ({ size: product, nodeId: 2 })) }, interval);
      const { inUse, frames } = read(root).profile;
      assert.deepEqual(frames, [{ functionName: 'f', url: '/app/a.js', line: 5, column: 10 }]);
      assert.deepEqual([inUse?.bytes[1], inUse?.counts[1]], [size * objects, objects], `${size} B`);
    }
  });

  it('undoes the rounding of each sample where both lists are sampled', () => {
    // 78% of strings of 100,000 bytes are sampled at 64 KiB, and V8 has each sample stand for one.
    const entry = { inuseObjects: 78, inuseSpaceBytes: 7_800_000, allocObjects: 78, allocSpaceBytes: 7_800_000 };
    const { profile } = allocationProfile({ ...tree(''), allocations: [entry] }, 'liveAndAll', 65_536, 10);
    assert.deepEqual([profile?.inUse?.counts, profile?.allocated?.bytes], [[100], [9_967_158]]);
  });

  it('counts the samples behind a profile', () => {
    // 1,000 samples of 864 bytes, as V8 scales them.
    const allObjects = (samples: number, size: number) => {
      const count = samples * objectsPerSample(size, 65_536);
      return { inuseObjects: 0, inuseSpaceBytes: 0, allocObjects: count, allocSpaceBytes: count * size };
    };
    const root: SampledNode = { ...tree(''), allocations: [allObjects(1_000, 864)], children: [{ ...tree(''), allocations: [allObjects(5, 4_000_000)] }] };
    assert.equal(Math.round(countSamples(root, 65_536)), 1_005);
  });
});
