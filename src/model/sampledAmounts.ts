/**
 * How many handles each one stands for when only a sample of them has a creation stack. The number of handles itself is
 * known exactly, so the weights are used as shares: within each class of alike handles (same type, same cause, waiting long
 * or not) those without a stack are divided among those with one, and the sum stays what it is. Where no sampled one lives
 * to stand for them, those without a stack speak for themselves: a handle that waits long is never lost in an estimate of
 * short-lived ones.
 *
 * Pending operations are not among them: of those only the sampled ones are known at all, and their weights are what
 * they stand for.
 */
export class SampledAmounts {
  readonly #byType = new Map<string, HandleClass[]>();

  /** The class of handles of a type, by what caused them and whether they wait for long. */
  classOf(type: string, isCaused: boolean, isBackground: boolean, isLong: boolean): HandleClass {
    let ofType = this.#byType.get(type);
    if (ofType === undefined) this.#byType.set(type, (ofType = []));
    return (ofType[(isCaused ? 1 : 0) | (isBackground ? 2 : 0) | (isLong ? 4 : 0)] ??= { left: 0, extra: 0 });
  }
}

/** Handles without a stack, and how many the sampled ones stand for beside themselves. */
export interface HandleClass {
  left: number;
  extra: number;
}

/** Counts some handles of one weight: 0 for those that were left out of the sample. All must be counted before any is asked for. */
export function countSampled(handles: HandleClass, weight: number, times: number): void {
  if (weight === 0) handles.left += times;
  else handles.extra += (weight - 1) * times;
}

/** How many handles of its class one of a weight stands for. */
export function sampledAmount({ left, extra }: HandleClass, weight: number): number {
  if (weight === 0) return extra > 0 ? 0 : 1;
  return extra > 0 ? 1 + ((weight - 1) * left) / extra : 1;
}
