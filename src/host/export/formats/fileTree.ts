/** Call trees as the file formats can take them: shallow enough, and walked without recursion. */
import type { CallTreeData } from '../../../protocol/allocations';
import type { Frame } from '../../../protocol/frames';

/** A call tree for a file. As in `CallTreeData`, node 0 is the root and parents stand before their children. */
export interface FileTree {
  readonly frames: readonly Frame[];
  readonly parents: Int32Array;
  readonly frameOf: Int32Array;
  /** Of each node of the profile the node here that has its values. */
  readonly nodeOf: Int32Array;
  /** The depth from which frames were left out; null when the tree is whole. */
  readonly cutAt: number | null;
}

/** Stacks of one file come to no more frames than this, as long as they have a depth of `SHALLOWEST`: they are text of hundreds of megabytes. */
const MAX_STACK_FRAMES = 16_000_000;
const DEEPEST = 512;
const SHALLOWEST = 8;

/**
 * A tree no deeper than `maxDepth` frames. Of a deeper stack the outermost frames are kept and the running function, with a
 * frame between them that says so: what each function has itself stays as it is, and there are no more nodes than before
 * but for the frames between.
 *
 * What the root itself has goes to a child of its own, since viewers leave out the root's values.
 *
 * @param maxDepth At least 3.
 */
export function shallowTree(tree: CallTreeData<Frame>, maxDepth: number): FileTree {
  const size = tree.parents.length;
  const frames = [...tree.frames, standIn('(no function)')];
  const noFunction = frames.length - 1;
  const cutFrame = frames.length;
  const parents = [-1, 0];
  const frameOf = [-1, noFunction];
  const nodeOf = new Int32Array(size);
  nodeOf[0] = 1;

  const depths = depthsOf(tree.parents);
  /** Of each deeper node its outermost frames: the node at depth `maxDepth` - 2 that it is below of. */
  const anchors = new Int32Array(size);
  const cuts = new Map<number, number>();
  const leaves = new Map<number, number>();
  const add = (parent: number, frame: number): number => {
    parents.push(parent);
    frameOf.push(frame);
    return parents.length - 1;
  };
  for (let node = 1; node < size; node++) {
    const parent = tree.parents[node] ?? 0;
    const frame = tree.frameOf[node] ?? 0;
    const depth = depths[node] ?? 0;
    anchors[node] = depth <= maxDepth - 2 ? node : (anchors[parent] ?? 0);
    if (depth <= maxDepth) {
      nodeOf[node] = add(parent === 0 ? 0 : (nodeOf[parent] ?? 0), frame);
      continue;
    }
    const anchor = anchors[node] ?? 0;
    const cut = cuts.get(anchor) ?? add(nodeOf[anchor] ?? 0, cutFrame);
    cuts.set(anchor, cut);
    const key = cut * frames.length + frame;
    const leaf = leaves.get(key) ?? add(cut, frame);
    leaves.set(key, leaf);
    nodeOf[node] = leaf;
  }
  const isCut = cuts.size > 0;
  if (isCut) frames.push(standIn(`(frames left out of a stack deeper than ${maxDepth})`));
  return { frames, parents: Int32Array.from(parents), frameOf: Int32Array.from(frameOf), nodeOf, cutAt: isCut ? maxDepth : null };
}

/** The tree for a format that writes out whole stacks: as deep as the sum of the stacks that have a value allows. */
export function stackTree(tree: CallTreeData<Frame>, lists: readonly (ArrayLike<number> | null)[]): FileTree {
  for (let limit = DEEPEST; ; limit /= 2) {
    const cut = shallowTree(tree, limit);
    if (limit <= SHALLOWEST || stackFrames(cut, lists) <= MAX_STACK_FRAMES) return cut;
  }
}

function stackFrames(tree: FileTree, lists: readonly (ArrayLike<number> | null)[]): number {
  const hasValue = new Uint8Array(tree.parents.length);
  for (const [node, target] of tree.nodeOf.entries()) {
    if (lists.some((list) => (list?.[node] ?? 0) > 0)) hasValue[target] = 1;
  }
  return depthsOf(tree.parents).reduce((sum, depth, node) => sum + (hasValue[node] === 1 ? depth : 0), 0);
}

/** Values of the profile's nodes, added up for those of the file. */
export function sumInto({ nodeOf, parents }: FileTree, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(parents.length);
  for (const [node, target] of nodeOf.entries()) sums[target] = (sums[target] ?? 0) + (values[node] ?? 0);
  return sums;
}

/** All nodes, each before its children and these before its siblings; siblings in the order that they have in the tree. */
export function topDown(parents: Int32Array): Int32Array {
  const firstChild = new Int32Array(parents.length);
  const nextSibling = new Int32Array(parents.length);
  // From the last to the first, so that the first child comes out first. 0 is none: the root is nobody's child.
  for (let node = parents.length - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    nextSibling[node] = firstChild[parent] ?? 0;
    firstChild[parent] = node;
  }
  const order = new Int32Array(parents.length);
  for (let index = 1, node = firstChild[0] ?? 0; node !== 0; index++) {
    order[index] = node;
    let next = firstChild[node] ?? 0;
    for (let at = node; next === 0 && at > 0; at = parents[at] ?? 0) next = nextSibling[at] ?? 0;
    node = next;
  }
  return order;
}

/** Indices of the frames of a node's stack, the running function first. */
export function stackOf({ parents, frameOf }: FileTree, node: number): number[] {
  const stack: number[] = [];
  for (let at = node; at > 0; at = parents[at] ?? 0) stack.push(frameOf[at] ?? 0);
  return stack;
}

function depthsOf(parents: ArrayLike<number>): Int32Array {
  const depths = new Int32Array(parents.length);
  for (let node = 1; node < depths.length; node++) depths[node] = (depths[parents[node] ?? 0] ?? 0) + 1;
  return depths;
}

function standIn(functionName: string): Frame {
  return { functionName, file: '', line: 0, column: 0, origin: 'native' };
}
