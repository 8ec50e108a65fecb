import type { OpenHandle } from './handleGroups';

/**
 * How many handles each one stands for when only a sample of them has a creation stack; null when all have one, which is
 * the rule. The number of handles itself is known exactly, so the weights are used as shares: within each class of alike
 * handles (same type, same cause, waiting long or not) those without a stack are divided among those with one, and the
 * sum stays what it is. Where no sampled one lives to stand for them, those without a stack speak for themselves: a handle
 * that waits long is never lost in an estimate of short-lived ones.
 *
 * Pending operations are not among them: of those only the sampled ones are known at all, and their weights are what
 * they stand for.
 */
export function sampledAmounts(handles: readonly OpenHandle[], isLong: (handle: OpenHandle) => boolean): Float64Array | null {
  if (handles.every(({ weight, kind }) => weight === 1 || kind === 'pending')) return null;
  const byType = new Map<string, Class[]>();
  const classes: Class[] = [];
  for (const handle of handles) {
    let ofType = byType.get(handle.type);
    if (ofType === undefined) byType.set(handle.type, (ofType = []));
    const entry = (ofType[causeBits(handle) | (isLong(handle) ? 4 : 0)] ??= { left: 0, extra: 0 });
    if (handle.weight === 0) entry.left++;
    else entry.extra += handle.weight - 1;
    classes.push(entry);
  }
  const amounts = new Float64Array(handles.length);
  for (const [index, { weight, kind }] of handles.entries()) {
    const { left, extra } = classes[index] ?? { left: 0, extra: 0 };
    if (kind === 'pending') amounts[index] = weight;
    else if (weight === 0) amounts[index] = extra > 0 ? 0 : 1;
    else amounts[index] = extra > 0 ? 1 + ((weight - 1) * left) / extra : 1;
  }
  return amounts;
}

/** Handles without a stack, and how many the sampled ones stand for beside themselves. */
interface Class {
  left: number;
  extra: number;
}

function causeBits({ request, isBackground }: OpenHandle): number {
  return (request === null ? 0 : 1) | (isBackground ? 2 : 0);
}
