/** Work that is begun before it is waited for: while one result is looked at, the next are under way. */
export class LookAhead<K> {
  readonly #keys: readonly K[];
  readonly #work: (key: K) => Promise<void>;
  readonly #width: number;
  readonly #begun = new Map<K, Promise<void>>();

  /**
   * @param keys In the order in which they will be waited for.
   * @param width How many are under way at once.
   */
  constructor(keys: readonly K[], width: number, work: (key: K) => Promise<void>) {
    this.#keys = keys;
    this.#width = width;
    this.#work = work;
  }

  /** The result of one, with those after it begun. */
  async result(key: K): Promise<void> {
    const at = this.#keys.indexOf(key);
    for (const next of this.#keys.slice(at, at + this.#width)) void this.#begin(next);
    await this.#begin(key);
  }

  /** Until all that was begun is through, also what nobody waited for. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#begun.values());
  }

  #begin(key: K): Promise<void> {
    let begun = this.#begun.get(key);
    if (begun === undefined) {
      begun = this.#work(key);
      // It is told when it is waited for, and never when nobody does.
      void begun.catch(() => undefined);
      this.#begun.set(key, begun);
    }
    return begun;
  }
}
