import type { RawFrame } from '../protocol/frames';

/** Gives every distinct frame one index, so that a stack is a short list of numbers. */
export class FrameTable {
  readonly #frames: RawFrame[] = [];
  readonly #indices = new Map<string, number>();

  get frames(): readonly RawFrame[] {
    return this.#frames;
  }

  /** The index of a frame, added when it is new. */
  indexOf(functionName: string, url: string, line: number, column: number): number {
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
