/** A heap profile as large as real ones get: 50,000 distinct stacks of depth 64 that share their callers, always the same. */
import type { AllocationProfile } from '../../src/protocol/allocations';
import type { RawFrame } from '../../src/protocol/frames';
import { SeededRandom } from './seededRandom';

export const STACKS = 50_000;
export const DEPTH = 64;
const FUNCTIONS = 5_000;
const FILES = 400;
/** How much of an earlier stack a stack goes along with: at least so much, at most all but its top. */
const LEAST_SHARED = 48;
function url(file: number): string {
  if (file === 0) return '';
  if (file % 8 === 0) return `node:internal/part${file}`;
  if (file % 2 === 0) return `/app/node_modules/package${file % 40}/lib/file${file}.js`;
  return `/app/src/folder${file % 20}/file${file}.js`;
}

export function largeProfile(): AllocationProfile {
  const random = new SeededRandom(1);
  const frames = Array.from({ length: FUNCTIONS }, (_, index): RawFrame => ({ functionName: `function${index}`, url: url(index % FILES), line: 1 + (index % 900), column: 3 }));
  const parents = [-1];
  const frameOf = [-1];
  const bytes = [0];
  const counts = [0];
  const stacks: number[][] = [];
  while (stacks.length < STACKS) {
    const before = stacks.length === 0 ? [] : random.pick(stacks);
    const stack = before.slice(0, random.integer(Math.min(LEAST_SHARED, before.length), Math.max(0, before.length - 1)));
    while (stack.length < DEPTH) {
      frameOf.push(random.integer(0, FUNCTIONS - 1));
      parents.push(stack.at(-1) ?? 0);
      bytes.push(0);
      counts.push(0);
      stack.push(parents.length - 1);
    }
    const site = stack.at(-1) ?? 0;
    counts[site] = random.integer(1, 200);
    bytes[site] = (counts[site] ?? 0) * random.integer(16, 4_000);
    stacks.push(stack);
  }
  return { frames, parents, frameOf, inUse: { bytes, counts }, allocated: null };
}
