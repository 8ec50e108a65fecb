import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CallTree } from '../../src/model/callTree';
import type { CallTreeData } from '../../src/protocol/allocations';
import type { RawFrame } from '../../src/protocol/frames';
import { SeededRandom } from '../helpers/seededRandom';

const frame = (functionName: string, url = '/a.js', line = 1, column = 1): RawFrame => ({ functionName, url, line, column });

/** The functions from a node up to the root. */
function stack({ parents, frameOf, frames }: CallTreeData, node: number): string {
  const names: string[] = [];
  for (let at = node; at > 0; at = parents[at] ?? 0) names.push(frames[frameOf[at] ?? -1]?.functionName ?? '?');
  return names.join(' < ');
}

/** A tree of stacks that overlap, its nodes in any order that has parents first. */
function randomReading(random: SeededRandom, nodes: number): CallTreeData {
  const frames = Array.from({ length: random.integer(1, 8) }, (_, index) => frame(`f${random.integer(0, 3)}`, `/${random.integer(0, 1)}.js`, index % 3));
  const parents = [-1];
  const frameOf = [-1];
  for (let index = 1; index < nodes; index++) {
    parents.push(random.integer(0, index - 1));
    frameOf.push(random.integer(0, frames.length - 1));
  }
  return { frames, parents, frameOf };
}

describe('CallTree', () => {
  it('is a root without a reading', () => {
    const tree = new CallTree();
    assert.deepEqual([tree.size, [...tree.parents], [...tree.frameOf], tree.frames], [1, [-1], [-1], []]);
    assert.deepEqual([...tree.merge({ frames: [], parents: [-1], frameOf: [-1] })], [0]);
    assert.equal(tree.size, 1);
  });

  it('tells frames apart by name, script, line and column', () => {
    const tree = new CallTree();
    const frames = [frame('f'), frame('g'), frame('f', '/b.js'), frame('f', '/a.js', 2), frame('f', '/a.js', 1, 2), frame('__proto__', ''), frame('c', 'a\nb'), frame('b\nc', 'a')];
    for (let times = 0; times < 2; times++) assert.deepEqual(frames.map((raw) => tree.frame(raw)), [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('takes frames for one that moved, when lines are ignored, and keeps the last place', () => {
    const tree = new CallTree({ ignoreLines: true });
    assert.deepEqual([frame('f'), frame('f', '/a.js', 9, 9), frame('f', '/b.js'), frame('g')].map((raw) => tree.frame(raw)), [0, 0, 1, 2]);
    assert.deepEqual(tree.frames[0], frame('f', '/a.js', 9, 9));
  });

  it('gives a stack the same number in every reading, whatever the order', () => {
    const tree = new CallTree();
    const first = tree.merge({ frames: [frame('main'), frame('load')], parents: [-1, 0, 1, 2], frameOf: [-1, 0, 1, 0] });
    const again = tree.merge({ frames: [frame('other'), frame('load'), frame('main')], parents: [-1, 0, 0, 2, 3], frameOf: [-1, 0, 2, 1, 2] });
    assert.deepEqual([[...first], [...again]], [[0, 1, 2, 3], [0, 4, 1, 2, 3]]);
    assert.equal(stack(tree, 3), 'main < load < main');
    assert.equal(tree.size, 5);
  });

  it('makes one node of siblings that are one function', () => {
    const tree = new CallTree();
    const reading = { frames: [frame('f'), frame('f')], parents: [-1, 0, 0, 1, 2], frameOf: [-1, 0, 1, 0, 1] };
    assert.deepEqual([...tree.merge(reading)], [0, 1, 1, 2, 2]);
  });

  it('keeps every stack of every reading, and parents before children (seed 1)', () => {
    const random = new SeededRandom(1);
    for (let round = 0; round < 50; round++) {
      const tree = new CallTree();
      for (let readings = 0; readings < 4; readings++) {
        const reading = randomReading(random, random.integer(1, 2_000));
        const nodes = tree.merge(reading);
        for (const [index, node] of nodes.entries()) assert.equal(stack(tree, node), stack(reading, index));
        assert.deepEqual(tree.merge(reading), nodes);
      }
      assert.ok(tree.parents.every((parent, node) => parent < node));
      const names = tree.parents.map((parent, node) => `${parent} ${tree.frameOf[node] ?? ''}`);
      assert.equal(new Set(names).size, tree.size);
    }
  });

  it('bears a stack of a million levels, and a million callees', () => {
    const size = 1_000_001;
    const frameOf = Array.from({ length: size }, (_, node) => (node === 0 ? -1 : node % 2));
    const deep = { frames: [frame('even'), frame('odd')], parents: Array.from({ length: size }, (_, node) => node - 1), frameOf };
    const tree = new CallTree();
    assert.equal(tree.merge(deep).at(-1), size - 1);
    assert.equal(tree.merge(deep).at(-1), size - 1);
    for (let callee = 0; callee < 1_000_000; callee++) tree.child(0, callee + 2);
    assert.equal(tree.size, size + 1_000_000);
  });
});
