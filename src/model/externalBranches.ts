import type { AllocationQuery, ExternalMemory } from '../protocol/allocations';
import type { Bytes } from '../protocol/units';
import type { Branch } from './allocationBranches';

/**
 * The memory outside of V8's heap as rows of their own: Node knows how much it is and not who allocated it. In a call tree
 * they would stand for no call, so there they are left out.
 *
 * @param before What there was at the baseline, when growth is shown.
 */
export function externalBranches(external: ExternalMemory, before: ExternalMemory | null, { grouping, filter }: Pick<AllocationQuery, 'grouping' | 'filter'>): Branch[] {
  if (grouping === 'callTree' || filter !== '') return [];
  return [
    branchOf('array-buffers', 'Array buffers', external.arrayBufferBytes - (before?.arrayBufferBytes ?? 0)),
    branchOf('other-external', 'Other external memory', external.otherExternalBytes - (before?.otherExternalBytes ?? 0)),
  ];
}

function branchOf(key: string, label: string, bytes: Bytes): Branch {
  const amount = { bytes, count: 0 };
  const describe = () => ({ kind: 'external', label, frame: null, stack: [] }) as const;
  return { self: amount, total: amount, weight: bytes, isNew: false, key: () => key, describe, children: null };
}
