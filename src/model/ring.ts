/** The newest `capacity` items, oldest first. Adding is O(1); readers get a copy. */
export class Ring<T> {
  readonly #slots: T[] = [];
  readonly #capacity: number;
  #oldest = 0;

  /** @throws RangeError when `capacity` is not a whole number above 0. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`A ring holds at least one item, not ${capacity}.`);
    this.#capacity = capacity;
  }

  get capacity(): number {
    return this.#capacity;
  }

  get size(): number {
    return this.#slots.length;
  }

  get isFull(): boolean {
    return this.#slots.length === this.#capacity;
  }

  get oldest(): T | undefined {
    return this.#slots[this.#oldest];
  }

  add(item: T): void {
    if (this.#slots.length < this.#capacity) {
      this.#slots.push(item);
    } else {
      this.#slots[this.#oldest] = item;
      this.#oldest = (this.#oldest + 1) % this.#capacity;
    }
  }

  toArray(): T[] {
    return [...this.#slots.slice(this.#oldest), ...this.#slots.slice(0, this.#oldest)];
  }

  clear(): void {
    this.#slots.length = 0;
    this.#oldest = 0;
  }
}
