import type { CallTree } from './callTree';

interface Hashes {
  readonly frames: number[];
  /** Two of 32 bits for each node: one alone takes different stacks for the same once there are some ten thousand. */
  first: Int32Array;
  second: Int32Array;
  size: number;
}

const hashesOf = new WeakMap<CallTree, Hashes>();

/**
 * A text that tells the whole stack of a node from others, the same in every reading and run. Each stack is hashed from its
 * caller's hash, once, so that it costs nothing to ask for those of 50,000 stacks.
 */
export function stackHash(tree: CallTree, node: number): string {
  let hashes = hashesOf.get(tree);
  if (hashes === undefined) hashesOf.set(tree, (hashes = { frames: [], first: new Int32Array(0), second: new Int32Array(0), size: 0 }));
  if (node >= hashes.size) extend(hashes, tree);
  return `${((hashes.first[node] ?? 0) >>> 0).toString(36)}-${((hashes.second[node] ?? 0) >>> 0).toString(36)}`;
}

function extend(hashes: Hashes, tree: CallTree): void {
  for (let index = hashes.frames.length; index < tree.frames.length; index++) {
    const raw = tree.frames[index];
    hashes.frames.push(raw ? hash(`${raw.functionName}\n${raw.url}:${raw.line}:${raw.column}`) : 0);
  }
  hashes.first = grown(hashes.first, tree.size);
  hashes.second = grown(hashes.second, tree.size);
  // A parent's number is below its children's.
  for (let node = hashes.size; node < tree.size; node++) {
    const frame = hashes.frames[tree.frameOf[node] ?? -1] ?? 0;
    const parent = tree.parents[node] ?? 0;
    hashes.first[node] = mixed((hashes.first[parent] ?? 0) ^ frame, 0x9e3779b1);
    hashes.second[node] = mixed((hashes.second[parent] ?? 0) + frame, 0xc2b2ae35);
  }
  hashes.size = tree.size;
}

function grown(values: Int32Array, size: number): Int32Array {
  const larger = new Int32Array(size);
  larger.set(values);
  return larger;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value;
}

function mixed(value: number, factor: number): number {
  const product = Math.imul(value ^ (value >>> 15), factor);
  return Math.imul(product ^ (product >>> 13), 0x85ebca6b) ^ (product >>> 16);
}
