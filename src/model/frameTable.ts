import type { RawFrame } from '../protocol/frames';

/** Gives every distinct frame one index, so that a stack is a short list of numbers. */
export class FrameTable {
  readonly #frames: RawFrame[] = [];
  readonly #indices = new Map<string, number>();

  get frames(): readonly RawFrame[] {
    return this.#frames;
  }

  /**
   * The index of a frame, added when it is new. A place before the begin of its file is unknown: a test runner that compiles a
   * file with code of its own before it says so to `vm` with a negative offset, and V8 counts that code's columns below 0.
   */
  indexOf(functionName: string, url: string, lineInText: number, columnInText: number): number {
    const line = Math.max(0, lineInText);
    const column = Math.max(0, columnInText);
    const key = `${line}:${column}:${url.length}:${url}${functionName}`;
    let index = this.#indices.get(key);
    if (index === undefined) {
      index = this.#frames.length;
      this.#indices.set(key, index);
      this.#frames.push({ functionName, url, line, column });
    }
    return index;
  }
}
