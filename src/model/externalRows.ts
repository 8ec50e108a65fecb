import type { AllocationQuery, AllocationRow, ExternalMemory } from '../protocol/allocations';
import type { Bytes } from '../protocol/units';

/**
 * Puts the memory outside of V8's heap among the rows, as rows of their own where its bytes belong: Node knows how much it is
 * and not who allocated it. In a call tree they would stand for no call, so there they are left out.
 *
 * @param before What there was at the baseline, when growth is shown.
 */
export function withExternalRows(rows: readonly AllocationRow[], external: ExternalMemory, before: ExternalMemory | null, query: AllocationQuery): AllocationRow[] {
  if (query.grouping === 'callTree' || query.filter !== '') return [...rows];
  const all = [...rows];
  insert(all, 'array-buffers', 'Array buffers', external.arrayBufferBytes - (before?.arrayBufferBytes ?? 0));
  insert(all, 'other-external', 'Other external memory', external.otherExternalBytes - (before?.otherExternalBytes ?? 0));
  return all;
}

/** Before the first row of the first level that is smaller. */
function insert(rows: AllocationRow[], id: string, label: string, bytes: Bytes): void {
  if (bytes <= 0) return;
  const amount = { bytes, count: 0 };
  const row: AllocationRow = { id, kind: 'external', depth: 0, label, frame: null, self: amount, total: amount, share: 0, isNew: false, stack: [], expandable: false };
  const place = rows.findIndex((other) => other.depth === 0 && (other.kind === 'more' || other.self.bytes < bytes));
  rows.splice(place < 0 ? rows.length : place, 0, row);
}
