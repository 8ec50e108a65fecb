import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TreeNode } from '../../src/host/views/treeNodes';
import { reuseNodes } from '../../src/host/views/treeReuse';

/** A row as a reading makes it: every object anew. */
function group(id: string, age: string, frames: readonly string[] = ['a', 'b']): TreeNode {
  return {
    kind: 'group',
    id,
    list: 'handles',
    sessionId: 's',
    label: id,
    description: age,
    tooltip: '',
    icon: { name: 'plug' },
    contextValue: 'handleGroup',
    stack: [],
    children: frames.map((name) => ({ kind: 'note', id: `${id}/${name}`, label: name })),
  };
}

const note = (id: string): TreeNode => ({ kind: 'note', id, label: id });

const idsOf = (nodes: readonly TreeNode[]) => nodes.map(({ id }) => id);

describe('reuseNodes', () => {
  it('keeps the objects of rows that are still there, and gives them what is new', () => {
    const before = [group('one', '1 s'), group('two', '1 s')];
    const { nodes, changed, isRearranged } = reuseNodes(before, [group('one', '2 s'), group('two', '1 s')]);
    assert.ok(nodes.every((node, index) => node === before[index]));
    assert.deepEqual(changed, [before[0]]);
    assert.equal(nodes[0]?.kind === 'group' ? nodes[0].description : '', '2 s');
    assert.equal(isRearranged, false);
  });

  it('changes nothing for the same reading once more', () => {
    const { changed, isRearranged } = reuseNodes([group('one', '1 s'), note('hidden')], [group('one', '1 s'), note('hidden')]);
    assert.deepEqual(changed, []);
    assert.equal(isRearranged, false);
  });

  it('keeps the rows below, and tells of the group when they are others', () => {
    const before = [group('one', '1 s')];
    const kept = before.flatMap((node) => ('children' in node ? node.children : []));
    const { nodes, changed } = reuseNodes(before, [group('one', '1 s', ['a', 'b', 'c'])]);
    const now = nodes.flatMap((node) => ('children' in node ? node.children : []));
    assert.deepEqual([now[0], now[1]], kept);
    assert.ok(now[0] === kept[0] && now[1] === kept[1]);
    assert.equal(now.length, 3);
    assert.deepEqual(changed, before);
  });

  for (const [title, now] of [
    ['came', ['one', 'two', 'three']],
    ['went', ['two']],
    ['changed places', ['two', 'one']],
  ] as const) {
    it(`tells that rows ${title}`, () => {
      const before = [group('one', '1 s'), group('two', '1 s')];
      const { nodes, isRearranged } = reuseNodes(before, now.map((id) => group(id, '1 s')));
      assert.equal(isRearranged, true);
      assert.deepEqual(idsOf(nodes), now);
      for (const node of nodes) {
        const old = before.find(({ id }) => id === node.id);
        assert.ok(old === undefined || old === node, node.id);
      }
    });
  }

  it('takes a row of another kind for another row', () => {
    const before = [note('one')];
    const { nodes, isRearranged } = reuseNodes(before, [group('one', '1 s')]);
    assert.equal(nodes[0]?.kind, 'group');
    assert.equal(isRearranged, true);
  });
});
