import { frameOrigin } from '../model/frameOrigin';
import { FrameTable } from '../model/frameTable';
import type { CreationStack } from '../model/handleGroups';
import type { RawFrame } from '../protocol/frames';
import { StackCapture, type Capture } from './stackCapture';

/** The key of a stack that has been captured but not read yet. */
export const UNREAD = 0;

/** The key of handles that were opened when too many captures were waiting already. */
export const NOT_CAPTURED = 1;

/** Every distinct creation stack once: a handle holds a number. */
export class CreationStacks {
  readonly #table = new FrameTable();
  readonly #capture = new StackCapture(this.#table);
  readonly #stacks: CreationStack[] = [];
  readonly #keys = new Map<string, number>();

  constructor() {
    // In the order of UNREAD and NOT_CAPTURED.
    this.#add([this.#table.indexOf('(creation stack not read yet)', '', 0, 0)], []);
    this.#add([this.#table.indexOf('(no creation stack: too many handles opened at once)', '', 0, 0)], []);
  }

  get frames(): readonly RawFrame[] {
    return this.#table.frames;
  }

  readonly stackOf = (key: number): CreationStack => this.#stacks[key] ?? { stack: [], causeStack: [] };

  /** @see StackCapture.capture */
  capture(below: (...args: never[]) => unknown): Capture {
    return this.#capture.capture(below);
  }

  /** The keys of the captures' stacks. */
  read(captures: readonly Capture[]): number[] {
    return this.#capture.format(captures).map((stack) => this.#add(stack, []));
  }

  /** The key of a stack together with the stack of what caused it. */
  withCause(key: number, causeKey: number): number {
    const cause = this.stackOf(causeKey);
    return this.#add(this.stackOf(key).stack, this.isOnlyNodes(causeKey) ? cause.causeStack : cause.stack);
  }

  /** Whether no frame is the program's own or a library's. */
  isOnlyNodes(key: number): boolean {
    return this.stackFrames(key).every(({ url }) => frameOrigin(url) === 'node' || frameOrigin(url) === 'native');
  }

  stackFrames(key: number): RawFrame[] {
    return this.stackOf(key).stack.flatMap((index) => this.frames[index] ?? []);
  }

  #add(stack: readonly number[], causeStack: readonly number[]): number {
    const text = causeStack.length > 0 ? `${stack.join()}|${causeStack.join()}` : stack.join();
    let key = this.#keys.get(text);
    if (key === undefined) {
      key = this.#stacks.length;
      this.#stacks.push({ stack, causeStack });
      this.#keys.set(text, key);
    }
    return key;
  }
}
