/**
 * Random gaps between what is picked from a stream: uniform between 1 and 2N - 1, so that one in N is picked on average and
 * no fixed stride falls into step with the program. xorshift32 (Marsaglia, 2003) with a seed of its own: `Math.random` is the
 * program's, and may be seeded or counted.
 */
export class RandomGaps {
  #state: number;

  /** @param seed Any 32-bit number but 0. */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** How far the next pick is away, when one in `oneIn` is picked. */
  next(oneIn: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return 1 + (this.#state % (2 * oneIn - 1));
  }
}
