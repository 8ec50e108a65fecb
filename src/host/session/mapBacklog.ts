/** Frames of one file that wait for the debugger before the file's own map is compared with it. At 5-10 ms each these are a second or two. */
const MANY = 200;
/** Answers that must be the same. A map that was built anew, or resolved otherwise, gives another in the first. */
const COMPARISONS = 3;

/** Counts the questions that wait for the debugger, by file, and how often the file's own map gave the debugger's answer. */
export class MapBacklog {
  readonly #waiting = new Map<string, number>();
  readonly #agreed = new Map<string, number>();
  readonly #refused = new Set<string>();

  add(file: string): void {
    this.#waiting.set(file, (this.#waiting.get(file) ?? 0) + 1);
  }

  remove(file: string): void {
    const left = (this.#waiting.get(file) ?? 0) - 1;
    if (left > 0) this.#waiting.set(file, left);
    else this.done(file);
  }

  /** Whether so many questions about a file wait that its own map had better answer them. */
  isLong(file: string): boolean {
    return !this.#refused.has(file) && (this.#waiting.get(file) ?? 0) > MANY;
  }

  /** Takes whether the two gave the same answer; true when that was often enough. One other answer, and the file is never trusted again. */
  compared(file: string, isSame: boolean): boolean {
    if (!isSame) this.#refused.add(file);
    if (this.#refused.has(file)) return false;
    const agreed = (this.#agreed.get(file) ?? 0) + 1;
    this.#agreed.set(file, agreed);
    return agreed >= COMPARISONS && this.#waiting.has(file);
  }

  /** No question about the file waits; the next time it is compared anew, as it may have been built again. */
  done(file: string): void {
    this.#waiting.delete(file);
    this.#agreed.delete(file);
  }

  clear(): void {
    this.#waiting.clear();
    this.#agreed.clear();
    this.#refused.clear();
  }
}
