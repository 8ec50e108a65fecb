import type { RawFrame } from '../protocol/frames';
import type { ProgramClock } from '../protocol/units';
import type { CreationStacks } from './creationStacks';
import { programClock } from './programClock';
import type { Capture } from './stackCapture';

/** Something with a creation stack that is read later, or never when it ends before. */
export interface Captured {
  readonly createdAt: ProgramClock;
  /** Null once read: an unread capture keeps the objects of its frames alive. */
  capture: Capture | null;
  stackKey: number;
}

/** Stacks formatted between two looks at the clock: 0.3 ms, and some times as much before V8 has compiled it. */
const READ_BATCH = 16;

/** Captures that wait to be read, oldest first. What ends meanwhile costs nothing more. */
export class CaptureQueue<T extends Captured> {
  readonly #waiting = new Set<T>();
  readonly #stacks: CreationStacks;
  readonly #onRead: (item: T, frames: readonly RawFrame[] | null) => void;

  /** @param onRead Called with each item once its `stackKey` is known, and with the frames of its own stack, if it has one. */
  constructor(stacks: CreationStacks, onRead: (item: T, frames: readonly RawFrame[] | null) => void) {
    this.#stacks = stacks;
    this.#onRead = onRead;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(item: T): void {
    this.#waiting.add(item);
  }

  forget(item: T): void {
    this.#waiting.delete(item);
  }

  clear(): void {
    this.#waiting.clear();
  }

  /** Reads what was created before a moment, until the deadline. */
  read(createdBefore: ProgramClock, deadline: ProgramClock): void {
    const waiting = this.#waiting.values();
    for (let isDue = true; isDue && this.#waiting.size > 0 && programClock() < deadline; ) {
      const batch: T[] = [];
      while (isDue && batch.length < READ_BATCH) {
        const next = waiting.next();
        if (next.done === true || next.value.createdAt > createdBefore) isDue = false;
        else batch.push(next.value);
      }
      const unread = batch.filter(({ capture }) => capture !== null);
      const stacks = this.#stacks.read(unread.map(({ capture }) => capture ?? {}));
      for (const item of batch) this.#waiting.delete(item);
      for (const [index, { key, frames }] of stacks.entries()) {
        const item = unread[index];
        if (item === undefined) continue;
        item.capture = null;
        item.stackKey = key;
        this.#onRead(item, frames);
      }
    }
  }
}
