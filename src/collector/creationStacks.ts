import { frameOrigin } from '../model/frameOrigin';
import { FrameTable } from '../model/frameTable';
import type { CreationStack } from '../model/handleGroups';
import type { StackOrigin } from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import { StackCapture, type Capture } from './stackCapture';

/** Keys of the stacks that are none: captured but not read yet, left out of the sample, open before Bifrost came, captured in vain. */
export const UNREAD = 0;
export const NOT_CAPTURED = 1;
export const EARLIER = 2;
const EMPTY = 3;

const NONE: readonly StackOrigin[] = ['unread', 'notCaptured', 'earlier', 'empty'];

/** A program that evaluates ever new code makes ever new stacks: they would fill its memory. */
const MAX_STACKS = 200_000;

/** What a capture holds. The stack kept under the key may differ from it in frames of Node's own. */
export interface ReadStack {
  readonly key: number;
  /** Null where V8 has captured none. */
  readonly frames: readonly RawFrame[] | null;
}

/** Every distinct creation stack once: a handle holds a number. */
export class CreationStacks {
  readonly #table = new FrameTable();
  readonly #capture = new StackCapture(this.#table);
  readonly #stacks: CreationStack[] = NONE.map((origin) => ({ origin, stack: [], causeStack: [] }));
  readonly #keys = new Map<string, number>();

  get frames(): readonly RawFrame[] {
    return this.#table.frames;
  }

  readonly stackOf = (key: number): CreationStack => this.#stacks[key] ?? { origin: 'known', stack: [], causeStack: [] };

  /** @see StackCapture.capture */
  capture(frames?: number): Capture {
    return this.#capture.capture(frames);
  }

  /** @see StackCapture.isInsideHook */
  isInsideHook(): boolean {
    return this.#capture.isInsideHook();
  }

  /** The captures' stacks. */
  read(captures: readonly Capture[]): ReadStack[] {
    return this.#capture.format(captures).map((stack) => {
      return stack === null ? { key: EMPTY, frames: null } : { key: this.#add(stack, []), frames: this.#framesOf(stack) };
    });
  }

  /** The key of a stack together with the stack of what caused it. */
  withCause(key: number, causeKey: number): number {
    const explaining = this.#explaining(causeKey);
    // A cause that names nobody does not make a stack known that is none.
    return explaining.length === 0 ? key : this.#add(this.stackOf(key).stack, explaining);
  }

  /** The key of what has no stack of its own but a cause, told apart from others of that cause by a name. */
  causedBy(causeKey: number, name: string): number {
    const { origin } = this.stackOf(causeKey);
    return this.#add([], this.#explaining(causeKey), `${origin}|${name}`, origin);
  }

  /** Whether no frame is the program's own or a library's. */
  isOnlyNodes(key: number): boolean {
    return this.stackFrames(key).every(({ url }) => frameOrigin(url) === 'node' || frameOrigin(url) === 'native');
  }

  stackFrames(key: number): RawFrame[] {
    return this.#framesOf(this.stackOf(key).stack);
  }

  #framesOf(stack: readonly number[]): RawFrame[] {
    return stack.flatMap((index) => this.frames[index] ?? []);
  }

  /** The part of a stack that names the program: its own, or that of its cause when Node opened it by itself. */
  #explaining(key: number): readonly number[] {
    const { stack, causeStack } = this.stackOf(key);
    return this.isOnlyNodes(key) ? causeStack : stack;
  }

  /**
   * The frames by which stacks are told apart: those of the program. Node reaches the same line in several ways, by a tick
   * or by an immediate; the frames of the first one seen are kept for all.
   */
  #deciding(stack: readonly number[]): string {
    const others = stack.filter((index) => frameOrigin(this.frames[index]?.url ?? '') !== 'node');
    return (others.length > 0 ? others : stack).join();
  }

  #add(stack: readonly number[], causeStack: readonly number[], name = '', origin: StackOrigin = 'known'): number {
    const text = `${this.#deciding(stack)}|${this.#deciding(causeStack)}|${name}`;
    let key = this.#keys.get(text);
    if (key === undefined) {
      if (this.#stacks.length >= MAX_STACKS) return NOT_CAPTURED;
      key = this.#stacks.length;
      this.#stacks.push({ origin, stack, causeStack });
      this.#keys.set(text, key);
    }
    return key;
  }
}
