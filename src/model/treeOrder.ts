/**
 * A tree as a walk from its root meets the nodes, each before what is below it. What is below a node stands directly behind
 * it, so that a subtree is a range, and whether one node is below another is two comparisons.
 */
export interface TreeOrder {
  /** The nodes in this order. */
  readonly nodes: Int32Array;
  /** Of each node its position in `nodes`. */
  readonly position: Int32Array;
  /** Of each node the first position behind its subtree. */
  readonly end: Int32Array;
}

/**
 * Siblings keep the order of their numbers. Two passes and no stack: a call stack can be deeper than ours.
 *
 * @param parents Of each node its parent, which has a lower number; the first node is the root.
 */
export function treeOrder(parents: readonly number[]): TreeOrder {
  const size = parents.length;
  const end = new Int32Array(size).fill(1);
  for (let node = size - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    end[parent] = (end[parent] ?? 0) + (end[node] ?? 0);
  }
  const nodes = new Int32Array(size);
  const position = new Int32Array(size);
  /** Of each node where its next child goes. */
  const next = new Int32Array(size);
  next[0] = 1;
  for (let node = 1; node < size; node++) {
    const parent = parents[node] ?? 0;
    const at = next[parent] ?? 0;
    const nodesBelow = end[node] ?? 0;
    next[parent] = at + nodesBelow;
    next[node] = at + 1;
    position[node] = at;
    nodes[at] = node;
    end[node] = at + nodesBelow;
  }
  return { nodes, position, end };
}
