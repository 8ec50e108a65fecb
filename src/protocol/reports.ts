/**
 * The JSON that other extensions and scripts get: the names are those of the Go profiler that Bifrost is modelled on, so
 * that scripts written for it keep working. A stack alternates `function` and `\tfile:line`.
 */
import type { GroupKind, HandleCategory, PendingMode, StackOrigin } from './collector';
import type { HistoryBand, HistoryEvent } from './profile';

export interface ProfileReport {
  /** ISO 8601. */
  readonly timestamp: string;
  readonly session: SessionInfo;
  /** All in bytes but `heap_objects`; null here and below: not known, see `notes`. */
  readonly memory: {
    readonly alloc: number;
    readonly total_alloc: number | null;
    readonly heap_inuse: number;
    readonly heap_objects: number | null;
    readonly sys: number | null;
    readonly external: number | null;
    readonly array_buffers: number | null;
    readonly heap_limit: number | null;
  };
  /** Per cent of one CPU, and the seconds used within the last interval. Without the seconds it is that of the main thread only. */
  readonly cpu: { readonly usage_percent: number | null; readonly user_time: number | null; readonly system_time: number | null };
  readonly runtime: {
    /** Open handles: what Node has in place of goroutines. */
    readonly num_goroutine: number | null;
    readonly num_gc: number | null;
    readonly gc_pause_ns: number | null;
    readonly gc_pause_total_ns: number | null;
    readonly num_cpu: number | null;
    /** Size of libuv's thread pool. */
    readonly gomaxprocs: number | null;
    readonly loop_delay_p99_ms: number | null;
    readonly loop_utilization: number | null;
  };
  /** What the documents of a page hold; null for what is no page. */
  readonly dom: { readonly documents: number; readonly nodes: number; readonly listeners: number } | null;
  /** All that was allocated, live or not. Empty, with a note, while only what is in use is sampled. */
  readonly top_allocations: readonly AllocationEntry[];
  readonly inuse_allocations: readonly AllocationEntry[];
  readonly history: readonly HistoryEntry[];
  /** Stretches of the history without usual figures: no tick is missing without one. */
  readonly history_bands: readonly HistoryBandEntry[];
  readonly history_events: readonly HistoryEventEntry[];
  /** Which of the figures above are estimates, by path. */
  readonly estimates: readonly string[];
  /** Why a figure or list is missing, one sentence each. */
  readonly notes: readonly string[];
}

export interface AllocationEntry {
  readonly function: string;
  readonly file: string;
  /** The line where the function starts: V8's sampler knows no other. */
  readonly line: number;
  readonly bytes: number;
  readonly count: number;
  readonly stack: readonly string[];
}

export interface HistoryEntry {
  readonly timestamp: string;
  readonly alloc: number;
  readonly heap_inuse: number;
  readonly goroutines: number | null;
  readonly gc_pause_ns: number | null;
  readonly cpu_percent: number | null;
}

export interface HistoryBandEntry {
  /** `paused` in the debugger, `busy` where it can't be asked, `lost`: nothing was heard. */
  readonly kind: HistoryBand['kind'];
  readonly from: string;
  /** Null while it lasts. */
  readonly to: string | null;
}

export interface HistoryEventEntry {
  readonly kind: HistoryEvent['kind'];
  readonly timestamp: string;
  readonly text: string;
}

export interface HandlesReport {
  readonly timestamp: string;
  readonly session: SessionInfo;
  /** Open handles and pending operations, the sum over `groups`; null here and below: not known, see `notes`. */
  readonly total_goroutines: number | null;
  readonly total_pending: number | null;
  readonly pending_mode: PendingMode;
  readonly groups: readonly HandleGroupEntry[];
  readonly summary: {
    readonly background: number | null;
    readonly per_request: number | null;
    readonly long_waiting: number | null;
    readonly potentially_stuck: number | null;
  };
  /** Every handle with its stack, as text; only when asked for. */
  readonly raw_profile?: string;
  readonly notes: readonly string[];
}

export interface HandleGroupEntry {
  readonly kind: GroupKind;
  readonly count: number;
  /** True when `count` comes from a sample. */
  readonly estimated: boolean;
  readonly type: string;
  readonly label: string;
  readonly state: string;
  readonly wait_reason: string;
  readonly wait_minutes: number;
  readonly top_func: string;
  /** `known`, or why there is no stack. */
  readonly stack_origin: StackOrigin;
  readonly stack: readonly string[];
  readonly category: HandleCategory;
  readonly oldest_ms: number;
  readonly median_ms: number;
  readonly newest_ms: number;
  /** Members by age: up to 1 s, 10 s, 1 min, 10 min, 1 h, and older. */
  readonly ages: readonly number[];
  readonly since_activity_ms: number | null;
  /** How many keep the process alive; null when Node does not tell. */
  readonly keeps_alive: number | null;
  readonly trend: number | null;
  readonly since_mark: number | null;
  readonly long_waiting: boolean;
  readonly stuck: boolean;
  readonly advice: string;
  readonly subjects: readonly { readonly text: string; readonly count: number }[];
  readonly routes: readonly { readonly route: string; readonly count: number }[];
  /** Members that are still open although their request has been answered. */
  readonly outlived_request: number;
  readonly examples: readonly { readonly id: number; readonly subject: string; readonly age_ms: number; readonly since_activity_ms: number | null; readonly due_in_ms: number | null; readonly keeps_alive: boolean | null }[];
}

/** All programs that are known, children behind their parent. Null is not known. */
export interface ProcessesReport {
  readonly timestamp: string;
  /** Over what is current; a process counts once, however many of its workers are profiled. */
  readonly total: ProcessEntryFigures & { readonly processes: number; readonly workers: number };
  readonly processes: readonly ProcessEntry[];
}

export interface ProcessEntryFigures {
  /** Of the process; null for a worker, which shares its process's. */
  readonly cpu_percent: number | null;
  readonly sys: number | null;
  /** Of the thread itself, as what follows. */
  readonly alloc: number | null;
  readonly num_goroutine: number | null;
  readonly potentially_stuck: number | null;
}

export interface ProcessEntry extends ProcessEntryFigures {
  readonly session: SessionInfo;
  readonly parent_id: string | null;
  readonly depth: number;
  readonly kind: 'process' | 'worker';
  /** False when the figures are the last of a program that has ended or is not heard at the moment. */
  readonly is_current: boolean;
  /** When the figures were read; null when there are none. */
  readonly read_at: string | null;
  readonly note: string | null;
}

/** What a deep check found. */
export interface DeepCheckReport {
  readonly timestamp: string;
  readonly session: SessionInfo;
  readonly seconds: number;
  readonly promises_followed: number;
  /** Awaits that were collected as garbage while pending, by creation stack. */
  readonly abandoned_total: number;
  readonly abandoned: readonly { readonly count: number; readonly label: string; readonly top_func: string; readonly stack: readonly string[]; readonly category: HandleCategory }[];
  readonly notes: readonly string[];
}

export interface SessionInfo {
  readonly id: string;
  readonly name: string;
  readonly state: SessionState;
  readonly pid: number | null;
  readonly nodeVersion: string | null;
}

/**
 * What a profiled session is doing.
 * `busy`: the program does not answer (a synchronous native call). `reconnecting`: the connection to it was cut. `ended`: the program is gone, its history is kept.
 * `saved`: it was read from a file. `stopped`: the user stopped profiling. `failed`: it could not be profiled, the reason is in the status.
 */
export type SessionState = 'available' | 'connecting' | 'live' | 'paused' | 'busy' | 'reconnecting' | 'ended' | 'saved' | 'stopped' | 'failed';
