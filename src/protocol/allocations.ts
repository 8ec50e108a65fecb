/**
 * Sampled profiles as plain data: call trees in parallel arrays, small on the wire and quick to add up, and the rows that
 * views show of them. All bytes and counts are the sampler's estimates.
 */
import type { PartState } from './collector';
import type { Frame, RawFrame } from './frames';
import type { Bytes, EpochMilliseconds, Microseconds, ProgramClock } from './units';

/** What the objects of one place come to. */
export interface Amount {
  readonly bytes: Bytes;
  readonly count: number;
}

/** The amounts of each node of a call tree itself, its children left out. As long as the tree's arrays. */
export interface Amounts {
  readonly bytes: readonly Bytes[];
  readonly counts: readonly number[];
}

/**
 * A call tree. Node 0 is the root and has no frame; every other node stands behind its parent. A node stands for a whole
 * stack: the frames from it up to the root, the running function first.
 */
export interface CallTreeData<F = RawFrame> {
  readonly frames: readonly F[];
  /** `parents[0]` is -1. */
  readonly parents: readonly number[];
  /** Index into `frames`; `frameOf[0]` is -1. */
  readonly frameOf: readonly number[];
}

/** A heap profile. A list is null when the sampler that was on does not know it. */
export interface AllocationProfile<F = RawFrame> extends CallTreeData<F> {
  /** What was allocated since the sampler began and is still live. */
  readonly inUse: Amounts | null;
  /** All that was allocated since the sampler began, live or not. */
  readonly allocated: Amounts | null;
}

/**
 * How the heap is sampled.
 * `inUse`: by the native sampler; what has died is forgotten. `both`: the same from Node.js 26.1 on, with all that was ever
 * allocated. `recording`: all that was allocated, live or not, over the inspector and in place of what is in use; every
 * reading collects garbage. `onDemand`: what is in use, over the inspector, as the native sampler could not be loaded;
 * every reading collects garbage, so it is read only when somebody asks.
 */
export type SamplerMode = 'inUse' | 'both' | 'recording' | 'onDemand';

/** One run of the sampler. What was sampled in an earlier one is lost to it. */
export interface SamplerRun {
  readonly mode: SamplerMode;
  readonly intervalBytes: Bytes;
  /** Counts the runs: raised when the sampler was started anew. */
  readonly epoch: number;
  /** When it began: what was allocated before is in none of its figures. */
  readonly since: ProgramClock;
  /** True in the last reading of a run: the next one starts from nothing. */
  readonly isLast: boolean;
  /** Why it is this mode and not the usual one, in one sentence; '' when it is the usual one. */
  readonly reason: string;
}

/** One reading of V8's heap sampler. */
export interface AllocationReading {
  readonly state: PartState;
  /** Null while no sampler runs. */
  readonly run: SamplerRun | null;
  /** Null when nothing was read: the sampler is off, or is read on demand only. */
  readonly profile: AllocationProfile | null;
  /** Sites that were left out to keep to a limit, and what they come to; a null is as in the profile. */
  readonly omitted: { readonly sites: number; readonly inUse: Amount | null; readonly allocated: Amount | null };
}

/** How much the program held and had allocated outside of V8's heap: exact, and without a stack. */
export interface ExternalMemory {
  readonly arrayBufferBytes: Bytes;
  /** External memory that is no array buffer. */
  readonly otherExternalBytes: Bytes;
}

/** By what amounts are added up. `callTree` is top-down; `functions` open to their callers, which is bottom-up. */
export type AllocationGrouping = 'sites' | 'functions' | 'files' | 'packages' | 'callTree';

/**
 * Which amounts are shown. `growth`: how much more is in use than at the baseline. `allocatedSince`: allocated since the
 * baseline. `interval`: allocated within the interval that is selected in the history.
 */
export type AllocationMeasure = 'inUse' | 'allocated' | 'growth' | 'allocatedSince' | 'interval';

/** What a view wants to see. */
export interface AllocationQuery {
  readonly grouping: AllocationGrouping;
  readonly measure: AllocationMeasure;
  /** Ids of rows whose children are listed too. */
  readonly expanded: readonly string[];
  /** Most rows of the first level, and most children of each. */
  readonly limit: number;
  /** Only rows whose function or file contains this text; '' for all. */
  readonly filter: string;
}

/** One row: a site, a function, a file, a package, or a node of the call tree. Children follow their parent, one deeper. */
export interface AllocationRow {
  /** Stable over readings and runs: expansion and focus follow it. */
  readonly id: string;
  readonly kind: 'site' | 'function' | 'file' | 'package' | 'external' | 'more';
  /** 0 for the first level. */
  readonly depth: number;
  /** What it is called: a function, a path, a package; for `more`: how many rows are not listed. */
  readonly label: string;
  /** Where the function starts; null for what is no function. */
  readonly frame: Frame | null;
  /** Allocated by this itself: what it calls is left out. For a file or package: by its functions themselves. */
  readonly self: Amount;
  /** With all that it calls, recursion counted once. */
  readonly total: Amount;
  /** Of the sum of the measure, 0 to 1: by `total` in the call tree, by `self` otherwise. */
  readonly share: number;
  /** True when there was nothing of it at the baseline. */
  readonly isNew: boolean;
  /** Of a site: the whole stack, the allocating function first. Empty for other rows. */
  readonly stack: readonly Frame[];
  /** Whether it has children to list. */
  readonly expandable: boolean;
}

/** What growth is measured from. */
export interface Baseline {
  /** `mark`: set by the user in this session. `previousRun`: an earlier program of the same launch. `file`: a saved profile. */
  readonly kind: 'mark' | 'previousRun' | 'file';
  /** For a person: "the mark at 12:34:56". */
  readonly name: string;
  readonly time: EpochMilliseconds;
}

/** A CPU profile: how often each stack was seen, and what it cost. */
export interface CpuProfile<F = RawFrame> extends CallTreeData<F> {
  /** Samples of each node itself. */
  readonly hits: readonly number[];
  /** CPU time of each node itself; null when it is not measured on this system. */
  readonly cpuTime: readonly Microseconds[] | null;
  readonly interval: Microseconds;
  readonly duration: Microseconds;
  /** CPU time of threads that run no JavaScript (garbage collection, libuv's pool); null when not measured. */
  readonly otherThreadsCpuTime: Microseconds | null;
  /** In order of time: the node each sample hit, and the time since the sample before. Empty when only sums are known. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly Microseconds[];
}
