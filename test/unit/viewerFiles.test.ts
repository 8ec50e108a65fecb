/** `.heapprofile` and `.cpuprofile` files, as the viewer of VS Code and Chrome's DevTools read them. */
import assert from 'node:assert/strict';
import { cpuProfileFile } from '../../src/host/export/formats/cpuProfileFile';
import { heapProfileFile } from '../../src/host/export/formats/heapProfileFile';
import { allocatedBy, chain, CPU, HEAP, sum } from '../helpers/profiles';

const ROOT_PATH = '/app';
const TIME = Date.UTC(2026, 0, 2, 3, 4, 5);

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}
interface HeapNode {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly id: number;
  readonly locationId: number;
  readonly children: readonly HeapNode[];
}
interface Annotations {
  readonly rootPath?: string;
  readonly locations: readonly { readonly callFrame: CallFrame; readonly locations: readonly { readonly lineNumber: number; readonly columnNumber: number; readonly source: { readonly path: string; readonly name: string } }[] }[];
}
interface HeapFile {
  readonly head: HeapNode;
  readonly samples: readonly { readonly size: number; readonly nodeId: number; readonly ordinal: number }[];
  readonly $vscode: Annotations;
}
interface CpuFile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame; readonly hitCount: number; readonly children: readonly number[]; readonly locationId: number; readonly positionTicks: readonly { readonly line: number; readonly ticks: number }[] }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
  readonly endTime: number;
  readonly $vscode: Annotations;
}

const heapFile = (...args: Parameters<typeof heapProfileFile>) => JSON.parse(heapProfileFile(...args)) as HeapFile;
const cpuFile = (...args: Parameters<typeof cpuProfileFile>) => JSON.parse(cpuProfileFile(...args)) as CpuFile;

describe('heapProfileFile', () => {
  const file = heapFile(HEAP, { rootPath: ROOT_PATH });

  it('nests the callees in their callers', () => {
    assert.deepEqual(outline(file.head), [
      '(root) 0',
      '  (no function) 16',
      '  main 0',
      '    handle 100',
      '      loadOrder 4096',
      '         250000',
      '      parse 80000',
      '  processTicksAndRejections 0',
      '    loadOrder 512',
      '  (garbage collector) 32',
    ]);
  });

  it('has a sample for each node with bytes', () => {
    const byId = new Map(everyNode(file.head).map((node) => [node.id, node.selfSize]));
    assert.equal(file.samples.length, 7);
    for (const { size, nodeId } of file.samples) assert.equal(size, byId.get(nodeId));
    assert.equal(new Set(file.samples.map(({ ordinal }) => ordinal)).size, 7);
  });

  it('has the place in the running code, from 0, and links to the source, from 1', () => {
    const node = everyNode(file.head).find(({ callFrame }) => callFrame.functionName === 'loadOrder');
    const { functionName, url, lineNumber, columnNumber } = node?.callFrame ?? {};
    assert.deepEqual({ functionName, url, lineNumber, columnNumber }, { functionName: 'loadOrder', url: 'file:///app/dist/orders.js', lineNumber: 130, columnNumber: 3 });
    const { locations } = locationOf(file.$vscode, node?.locationId);
    assert.deepEqual(locations, [
      { lineNumber: 31, columnNumber: 3, source: { name: 'orders.ts', path: '/app/src/orders.ts', sourceReference: 0 } },
      { lineNumber: 131, columnNumber: 4, source: { name: 'orders.js', path: '/app/dist/orders.js', sourceReference: 0 } },
    ]);
    assert.equal(file.$vscode.rootPath, ROOT_PATH);
  });

  it('gives each node the location of its own call frame, and 0, which the viewer takes for none, to the root', () => {
    assert.equal(file.head.locationId, 0);
    for (const { callFrame, locationId } of everyNode(file.head)) assert.deepEqual(locationOf(file.$vscode, locationId).callFrame, callFrame);
  });

  it('has no link where there is no file', () => {
    for (const { callFrame, locationId } of everyNode(file.head)) {
      if (callFrame.url === '' || callFrame.url.startsWith('node:')) assert.deepEqual(locationOf(file.$vscode, locationId).locations, []);
    }
  });

  it('has what was allocated when what is in use is not known', () => {
    const { head } = heapFile({ ...HEAP, inUse: null }, { rootPath: ROOT_PATH });
    assert.equal(sum(everyNode(head).map(({ selfSize }) => selfSize)), sum(HEAP.allocated?.bytes ?? []));
  });

  it('bears a stack of 1,000,000 functions', () => {
    const { head } = heapFile(chain(1_000_000), { rootPath: '' });
    const nodes = everyNode(head);
    const bytesOf = (name: string) => sum(nodes.filter(({ callFrame }) => callFrame.functionName === name).map(({ selfSize }) => selfSize));
    assert.deepEqual(['main', 'handle', 'loadOrder'].map(bytesOf), [333_334, 333_333, 333_333]);
    assert.ok(nodes.some(({ callFrame }) => callFrame.functionName === '(frames left out of a stack deeper than 128)'));
    assert.ok(depthOf(head) <= 129);
  });

  for (const path of ['command:workbench.action.closeWindow', 'https://example.com/x.js', 'vscode://x/y', '//server/share\\..', '\\\\server\\share\\x.js', 'relative.js', '/app/</script>.js', '/app/\0.js']) {
    // The viewer opens such a path by its scheme, runs it, or puts it into the script of its page.
    it(`has no link to ${JSON.stringify(path)}`, () => {
      const text = heapProfileFile(allocatedBy('f', path), { rootPath: ROOT_PATH });
      const { $vscode } = JSON.parse(text) as HeapFile;
      if (!path.startsWith('//')) assert.deepEqual($vscode.locations.flatMap(({ locations }) => locations), []);
      for (const { callFrame } of $vscode.locations) assert.ok(!URL.canParse(callFrame.url) || callFrame.url.startsWith('file:'), callFrame.url);
    });
  }

  for (const name of ['</script><script>alert(1)</script>', '<!--<script>']) {
    it(`has nothing in it that ends the script of the viewer’s page: ${name}`, () => {
      assert.doesNotMatch(heapProfileFile(allocatedBy(name, `/app/${name}`), { rootPath: `/app${name}` }), /<[/!]/);
    });
  }
});

describe('cpuProfileFile', () => {
  it('has the samples in order of time', () => {
    const file = cpuFile(CPU, { rootPath: ROOT_PATH, time: TIME });
    const names = new Map(file.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
    assert.deepEqual(file.samples.map((id) => names.get(id)), ['handle', 'handle', 'loadOrder', 'loadOrder', 'loadOrder', '', 'parse', 'loadOrder', '(garbage collector)', '(no function)']);
    assert.deepEqual(file.timeDeltas, CPU.timeDeltas);
    assert.deepEqual([file.startTime, file.endTime], [TIME * 1000 - 10_000, TIME * 1000]);
  });

  it('has each node once, below its caller', () => {
    const { nodes } = cpuFile(CPU, { rootPath: ROOT_PATH, time: TIME });
    const children = nodes.flatMap((node) => node.children);
    assert.deepEqual(children.sort((a, b) => a - b), nodes.slice(1).map(({ id }) => id));
    assert.equal(sum(nodes.map(({ hitCount }) => hitCount)), 10);
  });

  it('has the ticks of each function on the line where it starts', () => {
    const { nodes } = cpuFile(CPU, { rootPath: ROOT_PATH, time: TIME });
    const [first] = nodes.filter(({ callFrame }) => callFrame.functionName === 'loadOrder');
    assert.deepEqual(first?.positionTicks.map(({ line, ticks }) => ({ line, ticks })), [{ line: 131, ticks: 3 }]);
  });

  it('gives each node its time where only sums are known, in the order of the tree', () => {
    const file = cpuFile({ ...CPU, samples: [], timeDeltas: [] }, { rootPath: ROOT_PATH, time: TIME });
    assert.equal(file.endTime - file.startTime, 10_000);
    const names = new Map(file.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
    // A reader gives a sample the time until the next one.
    const times = file.samples.map((id, index) => [names.get(id), file.timeDeltas[index + 1] ?? 0]);
    assert.deepEqual(times, [['(no function)', 1000], ['handle', 2000], ['loadOrder', 3000], ['', 1000], ['parse', 1000], ['loadOrder', 1000], ['(garbage collector)', 1000], ['(root)', 0]]);
  });

  it('is the same for an empty profile', () => {
    const file = cpuFile({ ...CPU, frames: [], parents: [-1], frameOf: [-1], hits: [0], cpuTime: null, samples: [], timeDeltas: [] }, { rootPath: '', time: TIME });
    assert.deepEqual([file.samples, file.timeDeltas], [[1], [0]]);
    assert.equal(file.startTime, file.endTime);
  });
});

function locationOf({ locations }: Annotations, id: number | undefined): Annotations['locations'][number] {
  const location = locations[id ?? -1];
  assert.ok(location, `there is no location ${String(id)}`);
  return location;
}

function everyNode(head: HeapNode): HeapNode[] {
  return [head, ...head.children.flatMap(everyNode)];
}

function outline(node: HeapNode, depth = 0): string[] {
  return [`${'  '.repeat(depth)}${node.callFrame.functionName} ${node.selfSize}`, ...node.children.flatMap((child) => outline(child, depth + 1))];
}

function depthOf(node: HeapNode): number {
  return 1 + Math.max(0, ...node.children.map(depthOf));
}
