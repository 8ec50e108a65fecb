/** The profile of one session as the host holds it and the views show it: plain data, frames already mapped to source. */
import type {
  DomCounters,
  GroupKind,
  HandleCategory,
  HandleExample,
  HandleSummary,
  PendingMode,
  Route,
  StackOrigin,
  Subject,
} from './collector';
import type { AllocationMeasure, AllocationQuery, AllocationRow, Amount, Baseline, SamplerMode } from './allocations';
import type { Missing } from './capabilities';
import type { Frame } from './frames';
import type { SessionInfo } from './reports';
import type { Bytes, EpochMilliseconds, Milliseconds } from './units';

/** One point of the history: gauges at a moment, rates over the interval before it. Null is not known. */
export interface HistoryPoint {
  readonly time: EpochMilliseconds;
  readonly usedHeapBytes: Bytes;
  readonly committedHeapBytes: Bytes;
  readonly heapLimitBytes: Bytes | null;
  readonly rssBytes: Bytes | null;
  readonly cpuPercent: number | null;
  readonly openHandles: number | null;
  /** 99% of the event loop's turns in the interval were no later than this. */
  readonly loopDelayP99: Milliseconds | null;
  /** Share of the interval that the event loop was busy, 0 to 1. */
  readonly loopUtilization: number | null;
  /** Collections of garbage in the interval. */
  readonly gcCount: number | null;
  /** How long they took together. */
  readonly gcPause: Milliseconds | null;
  readonly gcLastPause: Milliseconds | null;
}

/**
 * A stretch of the history without usual figures. `paused`: the debugger held the program. `busy`: it did not answer, blocked
 * where it can't be asked. `lost`: nothing was heard, as the connection was cut, profiling was off or the computer slept.
 */
export interface HistoryBand {
  readonly kind: 'paused' | 'busy' | 'lost';
  readonly from: EpochMilliseconds;
  /** Null while it lasts. */
  readonly to: EpochMilliseconds | null;
}

/**
 * Something that happened at a moment of the history. `mark`: the user set one. `breakpoint`: the debugger stopped the
 * program. `collected`: garbage was collected on demand. `restarted`: the same launch started this program anew. `loaded`: a
 * page loaded a document.
 */
export interface HistoryEvent {
  readonly kind: 'mark' | 'breakpoint' | 'collected' | 'started' | 'stopped' | 'restarted' | 'loaded' | 'ended';
  readonly time: EpochMilliseconds;
  /** What happened, in a few words for a person. */
  readonly text: string;
}

/** What the tiles and the footer show. Null is not known. */
export interface CurrentFigures {
  readonly cpuPercent: number | null;
  /** Both null where the CPU is that of the one thread that runs the program's JavaScript. */
  readonly cpuUserSeconds: number | null;
  readonly cpuSystemSeconds: number | null;
  readonly usedHeapBytes: Bytes;
  readonly committedHeapBytes: Bytes;
  readonly heapLimitBytes: Bytes | null;
  readonly externalBytes: Bytes | null;
  readonly arrayBufferBytes: Bytes | null;
  readonly rssBytes: Bytes | null;
  readonly totalAllocatedBytes: Bytes | null;
  readonly totalAllocatedIsEstimate: boolean;
  /** Always an estimate, from the heap sampler. */
  readonly heapObjects: number | null;
  readonly openHandles: number | null;
  readonly gcCount: number | null;
  readonly gcLastPause: Milliseconds | null;
  readonly gcTotalPause: Milliseconds | null;
  readonly loopDelayP99: Milliseconds | null;
  readonly loopUtilization: number | null;
  readonly cpuCount: number | null;
  readonly threadPoolSize: number | null;
  readonly dom: DomCounters | null;
  /** What Bifrost costs the program, in percent of one CPU; null while it is not known. */
  readonly overheadPercent: number | null;
  /** What Bifrost does less of at present, to keep to its budget; '' for nothing. */
  readonly overheadLimit: string;
}

export interface HandleRow {
  /** Stable over readings and runs: expansion, focus and what the user hid follow it. */
  readonly id: string;
  readonly kind: GroupKind;
  readonly count: number;
  /** True when `count` comes from a sample: shown with a `~`. */
  readonly estimated: boolean;
  /** Change of `count` since the previous reading; null on the first. */
  readonly trend: number | null;
  /** Change of `count` since the mark; null while none is set. */
  readonly sinceMark: number | null;
  /** How many came in the stretch of the history that is selected; null while none is. */
  readonly appeared: number | null;
  /** Node's name of the async resource. */
  readonly type: string;
  readonly label: string;
  readonly state: string;
  /** What would end the wait; '' when it waits for nothing in particular. */
  readonly waitReason: string;
  readonly category: HandleCategory;
  readonly oldest: Milliseconds;
  readonly median: Milliseconds;
  readonly newest: Milliseconds;
  /** The longest that a member has waited: since it was used last for a connection, since its creation for all else. */
  readonly longestWait: Milliseconds;
  /** How many members are of each age: see AGE_LIMITS. */
  readonly ages: readonly number[];
  readonly sinceActivity: Milliseconds | null;
  readonly keepsAlive: number | null;
  readonly longWaiting: boolean;
  readonly stuck: boolean;
  /** Members that have waited long, and of those that look stuck: some of a group may be younger. */
  readonly longCount: number;
  readonly stuckCount: number;
  /** What closes it or ends the wait; '' when nothing needs to. */
  readonly advice: string;
  readonly subjects: readonly Subject[];
  readonly routes: readonly Route[];
  readonly outlived: number;
  readonly examples: readonly HandleExample[];
  readonly origin: StackOrigin;
  readonly stack: readonly Frame[];
  readonly causeStack: readonly Frame[];
}

/** What was asked for of a program's allocations, as rows. */
export interface AllocationsView extends AllocationsFacts {
  readonly query: AllocationQuery;
  /** Largest first, children behind their parent. */
  readonly rows: readonly AllocationRow[];
  /** The sum over all sites; null when the measure is not known. */
  readonly total: Amount | null;
  /** What the figures cover, a sentence each. */
  readonly notes: readonly string[];
}

/** What is known of a program's allocations, whatever is asked for. */
export interface AllocationsFacts {
  /** Measures that can be asked for now. */
  readonly measures: readonly AllocationMeasure[];
  /** How the heap is sampled; null while it is not. */
  readonly mode: SamplerMode | null;
  readonly baseline: Baseline | null;
  readonly interval: Interval | null;
  /** When the sampler was read last; null before. */
  readonly readAt: EpochMilliseconds | null;
  /** Why there is no list, in one sentence; null when there is one. */
  readonly missing: string | null;
}

/** A stretch of the history that was selected. */
export interface Interval {
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
}

export interface HandlesView {
  readonly rows: readonly HandleRow[];
  readonly total: number;
  /** How many of `total` are pending operations. */
  readonly pendingTotal: number;
  readonly summary: HandleSummary;
  /** Groups that are not among `rows`. */
  readonly omittedGroups: number;
  readonly missing: string | null;
  /** Why there are no pending operations, in one sentence; null when they are followed. */
  readonly pendingMissing: string | null;
  readonly pendingMode: PendingMode;
  /** When the mark that `sinceMark` refers to was set. */
  readonly markedAt: EpochMilliseconds | null;
}

/** What the user does not want to see in the lists and among the problems; it stays in totals. */
export interface Hidden {
  /** Paths or URLs of source files: groups whose headline frame is in one of them. */
  readonly files: readonly string[];
  /** Ids of groups. */
  readonly groups: readonly HiddenGroup[];
}

export interface HiddenGroup {
  readonly id: string;
  /** How it is called in the list of what is hidden. */
  readonly name: string;
}

/** The session on show, and what to say about its state. */
export interface SessionStatus {
  readonly session: SessionInfo;
  /** One sentence when there is something to say, with what to do; else null. */
  readonly notice: string | null;
  /** What cannot be had of its program, and why. */
  readonly missing: Missing;
}
