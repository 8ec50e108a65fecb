/** V8's arithmetic of sampled allocations: `SamplingHeapProfiler::ScaleSample` in src/profiler/sampling-heap-profiler.cc. */
import type { Bytes } from '../protocol/units';
import type { SampledNode } from './allocationProfile';
import { ownArray } from './ownArray';

/**
 * Sizes of objects on V8's heap are multiples of a pointer's: of 8 bytes on 64-bit systems as Node.js is built, and of 4 where
 * pointers are compressed, as in Chrome.
 */
export const POINTER: { readonly node: Bytes; readonly browser: Bytes } = { node: 8, browser: 4 };

/** No object is smaller than a map and one field. */
const SMALLEST_POINTERS = 2;

/** About this many objects per sample and fewer, counts are tried one after the other; above, sizes are. */
const FEW_OBJECTS = 64;

/**
 * For how many objects of a size one sample stands: V8 samples at random with the interval as the mean distance, so that an
 * object of `size` is hit with the probability 1 - exp(-size / interval).
 */
export function objectsPerSample(size: Bytes, interval: Bytes): number {
  return Math.floor(exactObjectsPerSample(size, interval) + 0.5);
}

/** How many objects of a size a sample stands for, exactly: V8 rounds, which is 22% too little for 100 kB at 64 KiB. */
export function exactObjectsPerSample(size: Bytes, interval: Bytes): number {
  return 1 / (1 - Math.exp(-size / interval));
}

/**
 * The sizes that objects may have of which a sample of the inspector tells only the product, size × objects: the number of
 * objects follows from the size, and sizes are multiples of `pointer`, so that few fit. The smallest, which is the likeliest, first:
 * the product is at random from the interval up to one size above it.
 *
 * @returns One estimate where none fits, as from a V8 that scales otherwise.
 */
export function sizesOfSample(scaledBytes: Bytes, interval: Bytes, pointer: Bytes = POINTER.node): Bytes[] {
  const sizes: Bytes[] = [];
  const smallest = SMALLEST_POINTERS * pointer;
  const least = Math.max(smallest, Math.ceil((scaledBytes - interval) / pointer) * pointer);
  for (let size = least; size <= interval / FEW_OBJECTS; size += pointer) {
    if (scaledBytes === size * objectsPerSample(size, interval)) sizes.push(size);
  }
  for (let count = FEW_OBJECTS; count > 0; count--) {
    const size = scaledBytes / count;
    if (size % pointer === 0 && objectsPerSample(size, interval) === count) sizes.push(size);
  }
  if (sizes.length > 0) return sizes;
  // For small objects size × objects is about interval + size / 2.
  return [scaledBytes > interval ? Math.min(scaledBytes, Math.max(smallest, 2 * (scaledBytes - interval))) : scaledBytes];
}

/** How many samples V8 holds for a profile of all objects: it forgets none. Without recursion, as stacks may be deep. */
export function countSamples(root: SampledNode, interval: Bytes): number {
  let samples = 0;
  const nodes: SampledNode[] = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    for (const entry of ownArray(node.allocations)) {
      if (!('allocObjects' in entry) || entry.allocObjects <= 0) continue;
      samples += entry.allocObjects / objectsPerSample(entry.allocSpaceBytes / entry.allocObjects, interval);
    }
    for (const child of ownArray(node.children)) nodes.push(child);
  }
  return samples;
}
