import type { AllocationRow, Amount } from '../protocol/allocations';
import type { Frame } from '../protocol/frames';
import type { Bytes } from '../protocol/units';

/** A row of allocations before it is listed. What costs to find out is asked for only when it is. */
export interface Branch {
  readonly self: Amount;
  readonly total: Amount;
  /** The bytes that decide its place and share; nothing at or below 0 is listed. */
  readonly weight: Bytes;
  /** True when there was nothing of it at the baseline. */
  readonly isNew: boolean;
  /** Tells it from its siblings, the same in every reading and run. */
  readonly key: () => string;
  readonly describe: () => BranchText;
  /** Null when it has none. */
  readonly children: (() => Branch[]) | null;
}

export interface BranchText {
  readonly kind: AllocationRow['kind'];
  readonly label: string;
  readonly frame: Frame | null;
  readonly stack: readonly Frame[];
}
