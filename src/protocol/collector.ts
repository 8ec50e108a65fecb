/**
 * What the extension host and the collector inside the program say to each other.
 *
 * The host evaluates one expression per tick; the collector answers with one JSON text, in pieces when it is long. Stacks are lists of indices into
 * a table of frames, so that a frame shared by a thousand stacks crosses the wire once.
 */
import type { AllocationReading } from './allocations';
import type { RawFrame } from './frames';
import type { Bytes, Microseconds, Milliseconds, ProgramClock } from './units';

/** Raised when host and collector of different builds could misunderstand each other. */
export const COLLECTOR_PROTOCOL = 9;

/**
 * A program that was launched with the collector tracks its handles for so long before a host has called. A host calls at once,
 * but one that starts many programs on a slow machine needs a while for all of them.
 */
export const UNCALLED_LIMIT: Milliseconds = 30_000;

/** The key of the collector's one global: a non-enumerable property, so that leak checkers do not report it. */
export const COLLECTOR_SYMBOL = 'bifrost.collector';

/** What the injected collector is called. js-debug hides scripts whose name ends in .cdp. */
export const COLLECTOR_SCRIPT = 'bifrost-collector.cdp';

/**
 * What the injected script answers in place of a reply where it must be run again with the console's `require`: before Node
 * 20.16 and 22.3, or where the program has taken `process` away. Node asks the program's `process.cwd` to make that `require`.
 */
export const NEEDS_REQUIRE = 'require';

/** The scripts of ours: a frame in one of them is the profiler's own. */
export const OWN_SCRIPT = /(?:^|[\\/])bifrost-[a-z]+\.cdp$/;

export type CollectorCommand =
  | { readonly command: 'hello' }
  | { readonly command: 'start'; readonly options: StartOptions }
  | { readonly command: 'collect'; readonly request: CollectRequest }
  | { readonly command: 'readStacks' }
  | { readonly command: 'recordAllocations'; readonly on: boolean; readonly sites: number }
  | { readonly command: 'startCpuProfile'; readonly options: CpuProfileOptions }
  | { readonly command: 'stopCpuProfile'; readonly pauses: readonly Pause[] }
  | { readonly command: 'dump'; readonly request: HandleRequest }
  | { readonly command: 'setPendingMode'; readonly mode: PendingMode }
  | { readonly command: 'deepCheck'; readonly step: DeepCheckStep }
  | { readonly command: 'stop' };

/** Errors cross the boundary as data. */
export type CollectorReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: CollectorErrorCode; readonly message: string } };

/**
 * Characters of an answer that are handed over at once, one more where a sign of two would be cut: a longer one comes in pieces. V8 and Node copy a value some eight
 * times on its way out, each time into new memory when it is large (glibc maps what takes 128 KiB or more anew): 870,000
 * characters at once touched 3,300 pages and took 45 ms where a page took 15 µs, in pieces of this size 5 pages and 3 ms.
 */
export const ANSWER_PIECE = 65_536;
/** But for the last, pieces are of at least so many, so that there are not very many of them. */
export const LEAST_PIECE = 16_384;

/** The beginning of an answer in pieces. The next ones are asked for by `id` and where they begin. */
export interface LongAnswer {
  readonly id: number;
  /** Characters of the whole. */
  readonly length: number;
  readonly text: string;
}

/**
 * `notStarted`: the collector switched itself off because nobody called; start it again. `notReady`: Node is setting the
 * program up, or loading a module of its own; ask again in a moment. `noRoom`: the program stands where its stack is nearly full; ask again when it has gone on.
 */
export type CollectorErrorCode = 'notStarted' | 'notReady' | 'noRoom' | 'notProfiling' | 'badCommand' | 'internal';

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
  /** Sample the heap; what is off costs nothing. */
  readonly allocations: boolean;
  /** Track open handles; pending operations have a mode of their own. */
  readonly handles: boolean;
  /** Absolute path of the prebuilt sampler, or null when none fits the program. */
  readonly heapAddonPath: string | null;
  readonly samplingIntervalBytes: Bytes;
  /** Sample what has died too, where that can be told from what lives: Node.js 26.1 and later. */
  readonly cumulative: boolean;
  readonly pendingMode: PendingMode;
  /** Percent of one CPU that the collector may cost: above it does less. */
  readonly overheadBudgetPercent: number;
  /** The collector switches itself off when no command came for this long: after a detach nobody tells it to stop. */
  readonly idleLimit: Milliseconds;
}

/** A part of the collector that is on, or why it is not. */
export type PartState = { readonly on: true } | { readonly on: false; readonly reason: string };

export interface CpuProfileOptions {
  /** Between two samples. Real ones come 10 to 20% later: the profile tells their mean. */
  readonly interval: Microseconds;
  /** When the host will stop it at the latest: samples that come after twice this time are lost. */
  readonly longest: Milliseconds;
}

export interface Started {
  readonly allocations: PartState;
  readonly handles: PartState;
}

/** Which promises are followed until they settle: none, some of them with weights, or each one. */
export type PendingMode = 'off' | 'sampled' | 'all';

/**
 * A deep check follows every promise for a while. `begin` starts it. `read` formats the stacks of what is still pending, a
 * few milliseconds a call: unformatted they would keep alive what is looked for. Then the host collects garbage, and `end`
 * tells which awaits went with it while they were still pending, and goes back to the mode before.
 */
export type DeepCheckStep = 'begin' | 'read' | 'end';

/** What one step of a deep check answers. `abandoned` is empty but at the `end`. */
export interface DeepCheckReading {
  readonly frames: readonly RawFrame[];
  /** Awaits that were collected as garbage while pending: the code behind them can never go on. */
  readonly abandoned: readonly HandleGroup[];
  /** Promises followed since the check began. */
  readonly followed: number;
  /** Stacks still to be formatted. */
  readonly unreadStacks: number;
}

/** After some milliseconds of formatting creation stacks: how many are left. */
export interface StacksRead {
  readonly unreadStacks: number;
}

/** A stretch of time in which the debugger held the program; `end` is null while it still does. */
export interface Pause {
  readonly start: ProgramClock;
  readonly end: ProgramClock | null;
}

export interface CollectRequest {
  /** Read the heap sampler; absent: only when it holds so many samples that it has to begin anew. */
  readonly allocations?: AllocationRequest;
  /** Group the open handles and pending operations; absent: count the handles only. */
  readonly handles?: HandleRequest;
}

export interface AllocationRequest {
  /** Sites of each list, the largest first; what is above is summed up. */
  readonly sites: number;
  /** Read now, also where a reading collects garbage or the last one was a moment ago. */
  readonly force: boolean;
}

export interface HandleRequest {
  readonly limit: number;
  /** Age from which a member counts as long waiting. */
  readonly longWait: Milliseconds;
  /** Age from which a per-request member counts as potentially stuck. */
  readonly stuckAfter: Milliseconds;
  /** Stacks of younger handles are left unread: most handles close within a second, and then their stack costs nothing. */
  readonly readStacksAfter: Milliseconds;
  readonly pauses: readonly Pause[];
  readonly backgroundPatterns: readonly string[];
  readonly perRequestPatterns: readonly string[];
}

export interface Collected<Sample extends RuntimeSample = RuntimeSample> {
  readonly sample: Sample;
  readonly allocations?: AllocationReading;
  readonly handles?: HandleReading;
}

/** Counters of the program at one moment: all but the gauges only grow, so a reader takes differences. Null is not known to the source. */
export interface RuntimeSample {
  readonly clock: ProgramClock;
  readonly usedHeapBytes: Bytes;
  readonly committedHeapBytes: Bytes;
  readonly heapLimitBytes: Bytes | null;
  readonly externalBytes: Bytes | null;
  readonly arrayBufferBytes: Bytes | null;
  readonly rssBytes: Bytes | null;
  /** All bytes ever allocated on the V8 heap; null when it is not counted. */
  readonly totalAllocatedBytes: Bytes | null;
  /** True when `totalAllocatedBytes` is the heap when Bifrost came plus what was allocated since (before Node 26). */
  readonly totalAllocatedIsEstimate: boolean;
  /** Of the process. */
  readonly cpuUser: Microseconds | null;
  readonly cpuSystem: Microseconds | null;
  /** Of the thread that runs the program's JavaScript, where that of the process is not known. */
  readonly cpuOfThread: Microseconds | null;
  readonly gcCount: number | null;
  readonly gcLastPause: Milliseconds | null;
  readonly gcTotalPause: Milliseconds | null;
  /** Event-loop lateness since the previous sample; null on the first one. */
  readonly loopDelayP99: Milliseconds | null;
  readonly loopDelayMax: Milliseconds | null;
  /** Share of the time since the previous sample that the event loop was busy, 0 to 1. */
  readonly loopUtilization: number | null;
  /** Open handles, the profiler's own left out; null when handles are not tracked. */
  readonly openHandles: number | null;
  readonly cpuCount: number | null;
  readonly threadPoolSize: number | null;
  /** What a document holds, in a page. */
  readonly dom: DomCounters | null;
  /** What the collector took of the program's thread, in percent of one CPU; null in the first second. */
  readonly overheadPercent: number | null;
  readonly limits: Limits;
}

/** What a collector tells: it runs in Node.js, which knows all of these. */
export interface CollectorSample extends RuntimeSample {
  readonly heapLimitBytes: Bytes;
  readonly externalBytes: Bytes;
  readonly arrayBufferBytes: Bytes;
  readonly rssBytes: Bytes;
  readonly cpuUser: Microseconds;
  readonly cpuSystem: Microseconds;
  readonly cpuOfThread: null;
  readonly gcCount: number;
  readonly gcLastPause: Milliseconds;
  readonly gcTotalPause: Milliseconds;
  readonly loopUtilization: number;
  readonly cpuCount: number;
  readonly threadPoolSize: number;
  readonly dom: null;
}

/** Of all documents of a page, those in its frames and those that are detached and not yet collected included. */
export interface DomCounters {
  readonly documents: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** What the collector does less of, to keep to its budget. */
export interface Limits {
  /** 0: nothing. */
  readonly step: number;
  /** What is coarser now, in one sentence; '' at step 0. */
  readonly reason: string;
}

export type HandleCategory = 'background' | 'per_request' | 'unknown';

/** The open handles and pending operations of the program, grouped by type, state and creation stack, in the order of R10. */
export interface HandleReading {
  readonly state: PartState;
  /** Whether promises are followed, and how. */
  readonly pending: PartState & { readonly mode: PendingMode };
  readonly frames: readonly RawFrame[];
  readonly groups: readonly HandleGroup[];
  /** The sum of `count` over all groups. */
  readonly total: number;
  /** How many of `total` are pending operations. */
  readonly pendingTotal: number;
  readonly summary: HandleSummary;
  /** How many groups were folded into the last one to keep to the limit. */
  readonly foldedGroups: number;
  /** Handles whose creation stack is still to be formatted: a call spends a few milliseconds on it, so ask again. */
  readonly unreadStacks: number;
  /** What this reading took of the program's thread. */
  readonly cost: Milliseconds;
}

/** `pending`: an await or another reaction to a promise that has not settled. */
export type GroupKind = 'handle' | 'pending';

/**
 * Whether the creation stack is known, and why not. `unread`: captured, not formatted yet. `notCaptured`: too many were
 * opened at once, this one was left out of the sample. `earlier`: open before Bifrost came. `empty`: V8 gave no frame, as at
 * the end of the program's stack.
 */
export type StackOrigin = 'known' | 'unread' | 'notCaptured' | 'earlier' | 'empty';

export interface HandleGroup {
  readonly kind: GroupKind;
  readonly count: number;
  /** True when `count` comes from a sample: shown with a `~`. */
  readonly estimated: boolean;
  /** What a person calls it: "Timer", "TCP socket". */
  readonly label: string;
  /** Node's name of the async resource. */
  readonly type: string;
  readonly state: string;
  readonly category: HandleCategory;
  /** Ages of the members, time paused in the debugger left out. */
  readonly oldest: Milliseconds;
  readonly median: Milliseconds;
  readonly newest: Milliseconds;
  /** The longest that a member has waited: since it was used last for a connection, since its creation for all else. */
  readonly longestWait: Milliseconds;
  /** How many members are of each age: see AGE_LIMITS. */
  readonly ages: readonly number[];
  /** Time since anything happened on the member that was active last; null when Node does not tell for this type. */
  readonly sinceActivity: Milliseconds | null;
  /** How many members keep the process alive (are ref'd); null when Node does not tell. */
  readonly keepsAlive: number | null;
  readonly longWaiting: boolean;
  readonly stuck: boolean;
  /** Members that have waited long, and of those that look stuck: some of a group may be younger. */
  readonly longCount: number;
  readonly stuckCount: number;
  /** What the members are about (an address, a path, a delay), most frequent first, at most `MAX_SUBJECTS`. */
  readonly subjects: readonly Subject[];
  /** Routes of the requests that caused the members, most frequent first, at most `MAX_SUBJECTS`. */
  readonly routes: readonly Route[];
  /** Members whose request has been answered (or given up) while they are still open. */
  readonly outlived: number;
  /** Some members, the oldest first, at most `MAX_EXAMPLES`. */
  readonly examples: readonly HandleExample[];
  readonly origin: StackOrigin;
  /** Indices into `frames`, the creating function first. */
  readonly stack: readonly number[];
  /** Indices into `frames`: for a handle that Node opened by itself, the stack of what caused it. */
  readonly causeStack: readonly number[];
}

/** What a group has that does not say otherwise: left out of an answer, of which it was a quarter. */
export const GROUP_DEFAULTS = {
  kind: 'handle',
  estimated: false,
  sinceActivity: null,
  longWaiting: false,
  longCount: 0,
  stuck: false,
  stuckCount: 0,
  routes: [],
  outlived: 0,
  origin: 'known',
  causeStack: [],
} as const satisfies Partial<HandleGroup>;

export const MAX_SUBJECTS = 3;
export const MAX_EXAMPLES = 3;

/** Upper limits, in milliseconds, of the classes in `HandleGroup.ages`; the last class has none. */
export const AGE_LIMITS: readonly Milliseconds[] = [1_000, 10_000, 60_000, 600_000, 3_600_000];

export interface Subject {
  readonly text: string;
  readonly count: number;
}

export interface Route {
  /** `GET /users/:id`: the framework's own pattern, or the path with ids put aside. Without query string. */
  readonly route: string;
  readonly count: number;
}

export interface HandleExample {
  /** The async id, as the raw dump names it. */
  readonly id: number;
  readonly subject: string;
  readonly age: Milliseconds;
  readonly sinceActivity: Milliseconds | null;
  /** How long it was until a timer was due; null for all else. */
  readonly dueIn: Milliseconds | null;
  readonly keepsAlive: boolean | null;
}

/** How many members (not groups) are of each kind; estimates where groups are. */
export interface HandleSummary {
  readonly background: number;
  readonly perRequest: number;
  readonly longWaiting: number;
  readonly potentiallyStuck: number;
}
