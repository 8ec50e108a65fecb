import type { ProgramClock } from '../protocol/units';
import type { OpenHandle } from './handleGroups';

/** Handles that nothing tells apart but when they were created and what they are about, oldest first. */
export interface HandleCell {
  readonly stackKey: number;
  readonly type: string;
  readonly state: string;
  readonly isBackground: boolean;
  /** Whether a request caused them. */
  readonly isCaused: boolean;
  /** In the order in which they came, with holes where some have left. */
  members: (OpenHandle | undefined)[];
  /** How many holes there are. */
  gone: number;
  /** Whether the members are in the order of their creation. */
  inOrder: boolean;
  /** The weight of each member; NaN when they differ. */
  weight: number;
  /** Whether it is known of any when it was active last. */
  hasActivity: boolean;
  /** Of how many it is known whether they keep the process alive, and how many do. */
  told: number;
  alive: number;
}

/** A handle that can leave its cell, as it knows its place there. */
export interface CellMember extends OpenHandle {
  cell: HandleCell | null;
  place: number;
}

/** Below this many, cells that have lost their last member are not looked for. */
const MANY_EMPTY = 1_000;

/** So many are soon gone through one by one. */
const FEW_MEMBERS = 200;

/** Holes that are not worth closing. */
const FEW_HOLES = 32;

/**
 * Keeps handles in cells of alike ones as they come, change and go, so that a reading has to go through cells and not
 * through handles: with 100,000 of them the first reading, which runs before V8 has compiled it, took 39 to 88 ms.
 *
 * Coming and going are on the program's hot path. A cell is an array: coming is a push, going leaves a hole, and holes are
 * closed when they are the greater part, or with the next reading.
 */
export class HandleCells {
  readonly #byType = new Map<string, Map<number, HandleCell[]>>();
  /** How often a cell has lost its last member since those were dropped. */
  #emptied = 0;
  #isChanging = false;

  /**
   * Whether a change is under way: the debugger asks between any two steps of the program, also of a change. Until it is
   * through, nothing else may be changed, and what is filled cannot be told.
   */
  get isChanging(): boolean {
    return this.#isChanging;
  }

  add(handle: CellMember): void {
    this.#isChanging = true;
    const cell = this.#cellOf(handle);
    handle.cell = cell;
    handle.place = cell.members.length;
    put(cell, handle);
    this.#isChanging = false;
  }

  remove(handle: CellMember): void {
    const { cell, place } = handle;
    if (cell === null) return;
    this.#isChanging = true;
    const { members } = cell;
    handle.cell = null;
    tell(cell, handle.keepsAlive, -1);
    // What has gone must not be held: neither what caused it, nor its capture.
    members[place] = undefined;
    cell.gone++;
    if (place === members.length - 1) {
      members.length--;
      cell.gone--;
    }
    if (cell.gone === members.length) this.#emptied++;
    if (cell.gone > FEW_HOLES && cell.gone > members.length / 2) closeHoles(cell);
    this.#isChanging = false;
  }

  /** Puts a member where it belongs after its stack, its state, or what caused it has changed. */
  move(handle: CellMember): void {
    const { cell } = handle;
    if (cell === null || isOf(cell, handle)) return;
    this.remove(handle);
    this.add(handle);
  }

  /**
   * Takes note of what a look at a member has brought.
   *
   * @param keptAlive What was known before of whether it keeps the process alive.
   */
  looked(handle: CellMember, keptAlive: boolean | null): void {
    const { cell } = handle;
    if (cell === null) return;
    if (handle.keepsAlive !== keptAlive) {
      tell(cell, keptAlive, -1);
      tell(cell, handle.keepsAlive, 1);
    }
    if (handle.activeAt !== null) cell.hasActivity = true;
    if (handle.state !== cell.state) this.move(handle);
  }

  /** Also after a change that was broken off. */
  clear(): void {
    this.#byType.clear();
    this.#emptied = 0;
    this.#isChanging = false;
  }

  /** To be called once in a while: stacks come and go. */
  dropEmpty(): void {
    if (this.#emptied < MANY_EMPTY) return;
    this.#emptied = 0;
    for (const [type, ofType] of this.#byType) {
      for (const [stackKey, cells] of ofType) {
        const left = cells.filter(({ members, gone }) => members.length > gone);
        if (left.length === 0) ofType.delete(stackKey);
        else if (left.length < cells.length) ofType.set(stackKey, left);
      }
      if (ofType.size === 0) this.#byType.delete(type);
    }
  }

  /** All that have members, each without what has gone and in the order of creation. */
  filled(): HandleCell[] {
    const filled: HandleCell[] = [];
    const add = (cell: HandleCell) => {
      settle(cell);
      if (cell.members.length > 0) filled.push(cell);
    };
    // Not by iterators, which would make an object for each of a thousand cells.
    for (const ofType of this.#byType.values()) ofType.forEach((cells) => cells.forEach(add));
    return filled;
  }

  /** The same of a few small cells of each type, for which the others are not gone through. */
  some(most: number): HandleCell[] {
    const some: HandleCell[] = [];
    for (const ofType of this.#byType.values()) {
      const enough = some.length + most;
      for (const cells of ofType.values()) {
        for (const cell of cells) {
          if (cell.members.length > FEW_MEMBERS) continue;
          settle(cell);
          if (cell.members.length > 0) some.push(cell);
        }
        if (some.length >= enough) break;
      }
    }
    return some;
  }

  /** The cells of handles that stay as they are. */
  static of(handles: readonly OpenHandle[]): HandleCell[] {
    const cells = new HandleCells();
    const filled = new Set<HandleCell>();
    for (const handle of handles) {
      const cell = cells.#cellOf(handle);
      put(cell, handle);
      filled.add(cell);
    }
    for (const { inOrder, members } of filled) if (!inOrder) (members as OpenHandle[]).sort(byCreation);
    return [...filled];
  }

  #cellOf(handle: OpenHandle): HandleCell {
    let ofType = this.#byType.get(handle.type);
    if (ofType === undefined) this.#byType.set(handle.type, (ofType = new Map<number, HandleCell[]>()));
    let cells = ofType.get(handle.stackKey);
    if (cells === undefined) ofType.set(handle.stackKey, (cells = []));
    // By index: this runs whenever the program opens a handle, and an iterator would be garbage.
    // eslint-disable-next-line @typescript-eslint/prefer-for-of
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index];
      if (cell !== undefined && isOf(cell, handle)) return cell;
    }
    const cell = newCell(handle);
    cells.push(cell);
    return cell;
  }
}

function isOf(cell: HandleCell, { type, stackKey, state, isBackground, request }: OpenHandle): boolean {
  return (
    cell.type === type &&
    cell.stackKey === stackKey &&
    cell.state === state &&
    cell.isBackground === isBackground &&
    cell.isCaused === (request !== null)
  );
}

function newCell({ stackKey, type, state, isBackground, request }: OpenHandle): HandleCell {
  return {
    stackKey,
    type,
    state,
    isBackground,
    isCaused: request !== null,
    members: [],
    gone: 0,
    inOrder: true,
    weight: 1,
    hasActivity: false,
    told: 0,
    alive: 0,
  };
}

function put(cell: HandleCell, handle: OpenHandle): void {
  join(cell, handle);
  tell(cell, handle.keepsAlive, 1);
  if (handle.activeAt !== null) cell.hasActivity = true;
}

function join(cell: HandleCell, handle: OpenHandle): void {
  const { members } = cell;
  const { weight, createdAt } = handle;
  const last = members[members.length - 1];
  if (members.length === 0) {
    cell.weight = weight;
    cell.inOrder = true;
  } else {
    // Of NaN this is always true, and it stays NaN.
    if (cell.weight !== weight) cell.weight = NaN;
    if (last === undefined || last.createdAt > createdAt) cell.inOrder = false;
  }
  members.push(handle);
}

function tell(cell: HandleCell, keepsAlive: boolean | null, count: 1 | -1): void {
  if (keepsAlive === null) return;
  cell.told += count;
  if (keepsAlive) cell.alive += count;
}

function closeHoles(cell: HandleCell): void {
  const holed = cell.members;
  cell.members = [];
  cell.gone = 0;
  for (const member of holed as (CellMember | undefined)[]) {
    if (member === undefined) continue;
    member.place = cell.members.length;
    join(cell, member);
  }
}

function settle(cell: HandleCell): void {
  if (cell.gone > 0) closeHoles(cell);
  if (!cell.inOrder) sort(cell);
}

function sort(cell: HandleCell): void {
  const members = cell.members as CellMember[];
  members.sort(byCreation);
  let place = 0;
  for (const member of members) member.place = place++;
  cell.inOrder = true;
}

function byCreation(a: { readonly createdAt: ProgramClock }, b: { readonly createdAt: ProgramClock }): number {
  return a.createdAt - b.createdAt;
}
