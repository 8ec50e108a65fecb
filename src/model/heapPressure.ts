import type { RuntimeSample } from '../protocol/collector';
import type { Bytes } from '../protocol/units';

/** From this share of its limit on, a heap counts as nearly full: V8 then collects more and more, and gains less and less. */
const NEARLY_FULL = 0.85;
/** Below this share of the most that it has held since, it has recovered. */
const RECOVERED = 0.75;

export interface HeapFill {
  readonly usedBytes: Bytes;
  readonly limitBytes: Bytes;
  /** Whether these figures say so, and not only V8. */
  readonly isNearLimit: boolean;
}

/**
 * Whether a program is about to run out of heap. The limit that Node tells has room for new objects in it, so that a small
 * heap is full at 60% of it. But where a debugger is attached, V8 holds a program whose heap is full, and gives it more: both
 * are certain signs. The first is missed when a call with breaks off, as the collector's are, was what filled the heap.
 */
export class HeapPressure {
  /** While it is high, the limit that was reached. */
  #limit: Bytes | null = null;
  #used: Bytes = 0;
  #highest: Bytes = 0;
  #isHigh = false;

  get isHigh(): boolean {
    return this.#isHigh;
  }

  /** By the last sample; null before the first, and where the limit is not known. */
  get fill(): HeapFill | null {
    if (this.#limit === null) return null;
    return { usedBytes: this.#used, limitBytes: this.#limit, isNearLimit: this.#used >= NEARLY_FULL * this.#limit };
  }

  /** Gives whether this sample has raised the alarm. */
  observe({ usedHeapBytes, heapLimitBytes }: Pick<RuntimeSample, 'usedHeapBytes' | 'heapLimitBytes'>): boolean {
    const limit = this.#limit ?? heapLimitBytes;
    this.#used = usedHeapBytes;
    if (this.#isHigh) {
      this.#highest = Math.max(this.#highest, usedHeapBytes);
      this.#isHigh = usedHeapBytes >= RECOVERED * this.#highest;
      this.#limit = this.#isHigh ? limit : heapLimitBytes;
      return false;
    }
    // Then only V8 tells.
    if (limit === null || heapLimitBytes === null) return false;
    this.#isHigh = heapLimitBytes > limit || usedHeapBytes >= NEARLY_FULL * heapLimitBytes;
    this.#highest = usedHeapBytes;
    this.#limit = this.#isHigh ? Math.min(limit, heapLimitBytes) : heapLimitBytes;
    return this.#isHigh;
  }

  /** V8 holds the program, as its heap is full. */
  onFull(): void {
    this.#isHigh = true;
    this.#highest = 0;
  }

  /** Nothing that was observed before counts any more. */
  reset(): void {
    this.#limit = null;
    this.#isHigh = false;
  }
}
