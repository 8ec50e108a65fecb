/**
 * What the extension host and the collector inside the program say to each other.
 *
 * The host evaluates one expression per tick; the collector answers with one JSON text. Stacks are lists of indices into
 * a table of frames, so that a frame shared by a thousand stacks crosses the wire once.
 */
import type { RawFrame } from './frames';
import type { Bytes, Microseconds, Milliseconds, ProgramClock } from './units';

/** Raised when host and collector of different builds could misunderstand each other. */
export const COLLECTOR_PROTOCOL = 1;

/** The key of the collector's one global: a non-enumerable property, so that leak checkers do not report it. */
export const COLLECTOR_SYMBOL = 'bifrost.collector';

/** What the injected collector is called. js-debug hides scripts whose name ends in .cdp. */
export const COLLECTOR_SCRIPT = 'bifrost-collector.cdp';

/** The scripts of ours: a frame in one of them is the profiler's own. */
export const OWN_SCRIPT = /(?:^|[\\/])bifrost-[a-z]+\.cdp$/;

export type CollectorCommand =
  | { readonly command: 'hello' }
  | { readonly command: 'start'; readonly options: StartOptions }
  | { readonly command: 'collect'; readonly request: CollectRequest }
  | { readonly command: 'dump'; readonly pauses: readonly Pause[] }
  | { readonly command: 'stop' };

/** Errors cross the boundary as data. */
export type CollectorReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: CollectorErrorCode; readonly message: string } };

/** `notStarted`: the collector switched itself off because nobody called; start it again. */
export type CollectorErrorCode = 'notStarted' | 'badCommand' | 'internal';

/** What the host must know before it starts: which prebuilt sampler fits, and whom it talks to. */
export interface Hello {
  readonly protocol: number;
  readonly pid: number;
  readonly nodeVersion: string;
  readonly platform: string;
  readonly arch: string;
  /** `process.versions.modules`: the ABI that a native addon must be built for. */
  readonly abi: string;
  readonly musl: boolean;
  readonly isMainThread: boolean;
  /** True when the collector was there before the host connected. */
  readonly alreadyInjected: boolean;
}

export interface StartOptions {
  /** Absolute path of the prebuilt sampler, or null when none fits the program. */
  readonly heapAddonPath: string | null;
  readonly samplingIntervalBytes: Bytes;
  /** The collector switches itself off when no command came for this long: after a detach nobody tells it to stop. */
  readonly idleLimit: Milliseconds;
}

/** A part of the collector that is on, or why it is not. */
export type PartState = { readonly on: true } | { readonly on: false; readonly reason: string };

export interface Started {
  readonly allocations: PartState;
  readonly handles: PartState;
}

/** A stretch of time in which the debugger held the program; `end` is null while it still does. */
export interface Pause {
  readonly start: ProgramClock;
  readonly end: ProgramClock | null;
}

export interface CollectRequest {
  /** Read the heap sampler and list at most this many sites; absent: do not read it. */
  readonly allocationSites?: number;
  /** Group the open handles; absent: count them only. */
  readonly handles?: HandleRequest;
}

export interface HandleRequest {
  readonly limit: number;
  readonly longWait: Milliseconds;
  readonly pauses: readonly Pause[];
  readonly backgroundPatterns: readonly string[];
  readonly perRequestPatterns: readonly string[];
}

export interface Collected {
  readonly sample: RuntimeSample;
  readonly allocations?: AllocationReading;
  readonly handles?: HandleReading;
}

/** Counters of the process at one moment: all but the gauges only grow, so a reader takes differences. */
export interface RuntimeSample {
  readonly clock: ProgramClock;
  readonly usedHeapBytes: Bytes;
  readonly committedHeapBytes: Bytes;
  readonly heapLimitBytes: Bytes;
  readonly externalBytes: Bytes;
  readonly arrayBufferBytes: Bytes;
  readonly rssBytes: Bytes;
  /** All bytes ever allocated on the V8 heap; null when it is not counted. */
  readonly totalAllocatedBytes: Bytes | null;
  /** True when `totalAllocatedBytes` is the heap when Bifrost came plus what was allocated since (before Node 26). */
  readonly totalAllocatedIsEstimate: boolean;
  readonly cpuUser: Microseconds;
  readonly cpuSystem: Microseconds;
  readonly gcCount: number;
  readonly gcLastPause: Milliseconds;
  readonly gcTotalPause: Milliseconds;
  /** Event-loop lateness since the previous sample; null on the first one. */
  readonly loopDelayP99: Milliseconds | null;
  readonly loopDelayMax: Milliseconds | null;
  /** Share of the time since the previous sample that the event loop was busy, 0 to 1. */
  readonly loopUtilization: number;
  /** Open handles, the profiler's own left out; null when handles are not tracked. */
  readonly openHandles: number | null;
  readonly cpuCount: number;
  readonly threadPoolSize: number;
}

/** One reading of V8's heap sampler. Bytes and counts are the sampler's estimates. */
export interface AllocationReading {
  readonly state: PartState;
  readonly frames: readonly RawFrame[];
  /** Largest first. */
  readonly inUse: readonly AllocationSite[];
  /** Over all sites, listed or not. */
  readonly totalBytes: Bytes;
  readonly totalCount: number;
  readonly omittedSites: number;
}

/** What is live (or was allocated) from one call stack. */
export interface AllocationSite {
  readonly bytes: Bytes;
  readonly count: number;
  /** Indices into `frames`, the allocating function first. V8 gives the line where each function starts. */
  readonly stack: readonly number[];
}

export type HandleCategory = 'background' | 'per_request' | 'unknown';

/** The open handles of the program, grouped by type, state and creation stack, in the order of R10. */
export interface HandleReading {
  readonly state: PartState;
  readonly frames: readonly RawFrame[];
  readonly groups: readonly HandleGroup[];
  /** The sum of `count` over all groups. */
  readonly total: number;
  readonly summary: HandleSummary;
  /** How many groups were folded into the last one to keep to the limit. */
  readonly foldedGroups: number;
  /** Handles whose creation stack is still to be formatted: a call spends a few milliseconds on it, so ask again. */
  readonly unreadStacks: number;
}

export interface HandleGroup {
  readonly count: number;
  /** What a person calls it: "Timer", "TCP socket". */
  readonly label: string;
  /** Node's name of the async resource. */
  readonly type: string;
  readonly state: string;
  readonly waitReason: string;
  readonly category: HandleCategory;
  /** Ages of the members, time paused in the debugger left out. */
  readonly oldest: Milliseconds;
  readonly median: Milliseconds;
  readonly newest: Milliseconds;
  readonly longWaiting: boolean;
  readonly stuck: boolean;
  /** Indices into `frames`, the creating function first. */
  readonly stack: readonly number[];
  /** Indices into `frames`: for a handle that Node opened by itself, the stack of what caused it. */
  readonly causeStack: readonly number[];
}

/** How many handles (not groups) are of each kind. */
export interface HandleSummary {
  readonly background: number;
  readonly perRequest: number;
  readonly longWaiting: number;
  readonly potentiallyStuck: number;
}
