/**
 * Async resources that the collector makes itself (a histogram, an inspector connection) must be in no group, total or
 * count (R9). All its work is synchronous, so a depth tells: what is created while it is above zero is its own.
 */
let depth = 0;

/** Runs the collector's own work; resources created meanwhile are not tracked. */
export function asOwnWork<T>(work: () => T): T {
  depth++;
  try {
    return work();
  } finally {
    depth--;
  }
}

export function isOwnWork(): boolean {
  return depth > 0;
}
