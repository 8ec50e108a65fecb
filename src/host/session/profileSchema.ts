/**
 * Checks of call trees that come from outside: a program, or a file. By hand and not by schema, as they have hundreds of
 * thousands of entries: linear, without recursion, and one complaint is enough.
 */
import * as v from 'valibot';
import type { AllocationProfile, Amounts, CallTreeData, CpuProfile } from '../../protocol/allocations';

/** Some hundred megabytes as text. */
const MAX_NODES = 5_000_000;

/** A call tree: every list as long as the others, every node behind its parent (so that there is no cycle), every frame there. */
export function isCallTree<F>({ frames, parents, frameOf }: CallTreeData<F>): boolean {
  if (!Array.isArray(parents) || !Array.isArray(frameOf)) return false;
  if (parents.length === 0 || parents.length > MAX_NODES || frameOf.length !== parents.length) return false;
  if (parents[0] !== -1 || frameOf[0] !== -1) return false;
  for (let node = 1; node < parents.length; node++) {
    if (!isIndex(parents[node], node) || !isIndex(frameOf[node], frames.length)) return false;
  }
  return true;
}

/** Amounts of so many nodes, finite and not negative. */
export function areAmounts({ bytes, counts }: Amounts, nodes: number): boolean {
  return areNumbers(bytes, nodes) && areNumbers(counts, nodes);
}

export function areNumbers(list: unknown, length: number): list is readonly number[] {
  if (!Array.isArray(list) || list.length !== length) return false;
  // A loop by index also meets the holes of a sparse list.
  for (let index = 0; index < length; index++) {
    const value: unknown = list[index];
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return false;
  }
  return true;
}

function isIndex(value: unknown, length: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < length;
}

/** A CPU profile: a call tree with as many figures as nodes, and samples that are of its nodes. */
export function isCpuProfile(profile: CpuProfile): boolean {
  const { parents, hits, cpuTime, samples, timeDeltas } = profile;
  if (!isCallTree(profile) || !areNumbers(hits, parents.length) || !areNumbers(timeDeltas, samples.length)) return false;
  if (cpuTime !== null && !areNumbers(cpuTime, parents.length)) return false;
  return samples.length <= MAX_NODES && samples.every((node) => isIndex(node, parents.length));
}

/** A list of numbers that are checked one by one later: an item by item check of valibot's keeps an object for each. */
export const numbers = v.custom<readonly number[]>((value) => Array.isArray(value));

/** @param frames What the frames must look like. */
export function allocationProfileSchema<F>(frames: v.GenericSchema<unknown, F[]>): v.GenericSchema<unknown, AllocationProfile<F>> {
  const list = v.nullable(v.object({ bytes: numbers, counts: numbers }));
  return v.pipe(
    v.object({ frames, parents: numbers, frameOf: numbers, inUse: list, allocated: list }),
    v.check((profile) => isCallTree(profile), 'it is no call tree'),
    v.check(
      ({ parents, inUse, allocated }) =>
        (inUse === null || areAmounts(inUse, parents.length)) && (allocated === null || areAmounts(allocated, parents.length)),
      'its amounts do not fit its call tree',
    ),
  );
}
