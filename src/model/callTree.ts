import type { CallTreeData } from '../protocol/allocations';
import type { RawFrame } from '../protocol/frames';
import { treeOrder, type TreeOrder } from './treeTotals';

/** The node that stands for no function. */
export const ROOT = 0;

/** What a function without a name is called where people see it. */
export const ANONYMOUS = '(anonymous)';

const FIRST_SLOTS = 1024;

/**
 * The call stacks of many readings in one tree, in which a frame and a node keep their number: what is kept per node is an
 * array, and two readings are compared by index. Numbers are given in the order of coming, so a parent's is below its
 * children's. Nothing is ever taken out: the tree is as large as all stacks that its readings had.
 */
export class CallTree<F extends RawFrame = RawFrame> {
  readonly #ignoreLines: boolean;
  readonly #fileOf: (url: string) => string;
  readonly #frames: F[] = [];
  readonly #frameIds = new Map<string, number>();
  readonly #parents: number[] = [-1];
  readonly #frameOf: number[] = [-1];
  /**
   * An open-addressed hash table of the nodes but the root, whose number says that a slot is free. In a Map the key of a
   * parent and a frame is a number beyond 31 bits, which is an object on the heap per node.
   */
  #slots = new Int32Array(FIRST_SLOTS);
  /** Of the tree as it was when somebody asked for it last. */
  #order: TreeOrder | null = null;
  #callers: Int32Array | null = null;
  /** The program decides what is hashed, so it must not know how. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);

  /**
   * @param options `ignoreLines`: frames of the same function name and URL are one, wherever they stand: for profiles of
   * runs between which the source was edited. The place of such a frame is that of the reading that came last. `fileOf`: URLs
   * with the same file are one, as saved profiles have paths.
   */
  constructor({ ignoreLines = false, fileOf = (url) => url }: { readonly ignoreLines?: boolean; readonly fileOf?: (url: string) => string } = {}) {
    this.#ignoreLines = ignoreLines;
    this.#fileOf = fileOf;
  }

  get frames(): readonly F[] {
    return this.#frames;
  }

  /** Of each node its parent's number; -1 for the root. */
  get parents(): readonly number[] {
    return this.#parents;
  }

  /** Of each node the number of its frame; -1 for the root. */
  get frameOf(): readonly number[] {
    return this.#frameOf;
  }

  /** How many nodes there are, the root with them. */
  get size(): number {
    return this.#parents.length;
  }

  /** The tree as it is now, from top to bottom. */
  get order(): TreeOrder {
    if (this.#order?.nodes.length !== this.size) this.#order = treeOrder(this);
    return this.#order;
  }

  /**
   * For each node the one that it allocates for: built-ins (`split`, `push`) have no script and work for whoever called them.
   * Those that nobody called stand for themselves.
   */
  get callers(): Int32Array {
    if (this.#callers?.length !== this.size) this.#callers = callersIn(this);
    return this.#callers;
  }

  /** The number of a frame, which is added when it is new. */
  frame(raw: F): number {
    const name = this.#name(raw);
    const known = this.#frameIds.get(name);
    if (known !== undefined) {
      if (this.#ignoreLines) this.#frames[known] = raw;
      return known;
    }
    const frame = this.#frames.length;
    this.#frameIds.set(name, frame);
    this.#frames.push(raw);
    return frame;
  }

  /** The number of the node for a frame that is called by another node's, which is added when it is new. */
  child(parent: number, frame: number): number {
    let slot = this.#slot(parent, frame);
    for (;;) {
      const node = this.#slots[slot] ?? ROOT;
      if (node === ROOT) break;
      if (this.#parents[node] === parent && this.#frameOf[node] === frame) return node;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    const node = this.#parents.length;
    this.#parents.push(parent);
    this.#frameOf.push(frame);
    this.#slots[slot] = node;
    if (node * 2 > this.#slots.length) this.#growSlots();
    return node;
  }

  /**
   * Takes in the stacks of a reading.
   *
   * @param reading Each of its parents stands before its children.
   * @returns Of each node of the reading its number here. Two of them may have the same.
   */
  merge({ frames, parents, frameOf }: CallTreeData<F>): Int32Array {
    const frameIds = Int32Array.from(frames, (raw) => this.frame(raw));
    const nodes = new Int32Array(parents.length);
    let node = ROOT;
    for (let index = 1; index < nodes.length; index++) {
      const parent = nodes[parents[index] ?? 0] ?? ROOT;
      const frame = frameIds[frameOf[index] ?? 0] ?? 0;
      // Readings are much alike: most nodes follow the one that they followed before, and need not be looked up.
      const likely = node + 1;
      node = this.#parents[likely] === parent && this.#frameOf[likely] === frame ? likely : this.child(parent, frame);
      nodes[index] = node;
    }
    return nodes;
  }

  #name({ functionName, url, line, column }: F): string {
    const place = this.#ignoreLines ? '' : `${line}:${column}:`;
    const file = this.#fileOf(url);
    // Saved profiles have the name that is shown.
    return `${place}${file.length}:${file}${functionName === '' ? ANONYMOUS : functionName}`;
  }

  #slot(parent: number, frame: number): number {
    let hash = Math.imul(parent ^ this.#seed, 0x9e3779b1) + frame;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) & (this.#slots.length - 1);
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 4);
    const mask = this.#slots.length - 1;
    for (let node = ROOT + 1; node < this.size; node++) {
      let slot = this.#slot(this.#parents[node] ?? 0, this.#frameOf[node] ?? 0);
      while (this.#slots[slot] !== ROOT) slot = (slot + 1) & mask;
      this.#slots[slot] = node;
    }
  }
}

function callersIn({ frames, frameOf, parents, size }: CallTree): Int32Array {
  const isScript = Uint8Array.from(frames, ({ url }) => (url === '' ? 0 : 1));
  const callers = new Int32Array(size);
  for (let node = 1; node < size; node++) callers[node] = isScript[frameOf[node] ?? -1] === 1 ? node : (callers[parents[node] ?? 0] ?? 0);
  for (let node = 1; node < size; node++) if (callers[node] === ROOT) callers[node] = node;
  return callers;
}
