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
  const byType = new Map<string, number[]>();
  const classes: Class[] = [];
  // Numbers in typed arrays and plain loops: with 100,000 handles the first reading runs before V8 has compiled this, and
  // then the collector's own garbage (24 of 100 ms) and the calls of iterators were most of it.
  const classOf = new Uint32Array(handles.length);
  for (let index = 0; index < handles.length; index++) {
    const handle = handles[index];
    if (handle === undefined) continue;
    let ofType = byType.get(handle.type);
    if (ofType === undefined) byType.set(handle.type, (ofType = []));
    const bits = (handle.request === null ? 0 : 1) | (handle.isBackground ? 2 : 0) | (isLong(handle) ? 4 : 0);
    const number = (ofType[bits] ??= classes.push({ left: 0, extra: 0 }) - 1);
    classOf[index] = number;
    const entry = classes[number];
    if (entry === undefined) continue;
    if (handle.weight === 0) entry.left++;
    else entry.extra += handle.weight - 1;
  }
  const amounts = new Float64Array(handles.length);
  for (let index = 0; index < handles.length; index++) {
    const { weight = 0, kind } = handles[index] ?? {};
    const { left = 0, extra = 0 } = classes[classOf[index] ?? 0] ?? {};
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
