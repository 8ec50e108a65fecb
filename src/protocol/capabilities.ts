/** What can be had of a program, and of what not, why. Every source tells the heap; all else depends on what it profiles. */

/**
 * What a source may be able to give. Figures: `cpu`, `rss`, `external` memory, `heapLimit`, `totalAllocated`, `collections` of
 * garbage, `loopDelay`, `loopUtilization`. Lists: `allocations` in use, `cumulative` ones, open `handles`, `pending` operations.
 * On demand: `recording` of all allocations, `collectGarbage`, `cpuProfile`, `heapSnapshot`, `rawDump` of handles, `deepCheck`.
 */
export const CAPABILITIES = [
  'cpu',
  'rss',
  'external',
  'heapLimit',
  'totalAllocated',
  'collections',
  'loopDelay',
  'loopUtilization',
  'allocations',
  'cumulative',
  'handles',
  'pending',
  'recording',
  'collectGarbage',
  'cpuProfile',
  'heapSnapshot',
  'rawDump',
  'deepCheck',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** What cannot be had of a program, each with the reason in one sentence for the user. What is not in it can be had. */
export type Missing = Readonly<Partial<Record<Capability, string>>>;

export const NOTHING_MISSING: Missing = {};
