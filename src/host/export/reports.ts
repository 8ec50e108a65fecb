/** The JSON of the API: the host's data under the reference's names. */
import { isWaitingKnown } from '../../model/health';
import { NOTHING_MISSING, type Capability, type Missing } from '../../protocol/capabilities';
import type { Frame } from '../../protocol/frames';
import type { AllocationMeasure, AllocationRow } from '../../protocol/allocations';
import type { CurrentFigures, HandleRow } from '../../protocol/profile';
import type { AllocationEntry, DeepCheckReport, HandleGroupEntry, HandlesReport, HistoryEntry, ProfileReport, SessionInfo } from '../../protocol/reports';
import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';
import type { DeepCheckResult } from '../session/deepCheck';
import type { ProfileStore } from '../session/profileStore';

const NOT_CUMULATIVE =
  'top_allocations is empty: all allocations are counted from Node.js 26.1 on, or while they are recorded (Bifrost: Start Recording All Allocations).';

/** Figures of the report that a source may not have. */
const FIGURES: readonly Capability[] = ['cpu', 'rss', 'external', 'heapLimit', 'totalAllocated', 'collections', 'loopDelay', 'loopUtilization', 'handles'];

const NOT_IN_USE = 'inuse_allocations is empty: what is in use is not sampled while all allocations are recorded.';

/** @param missing What cannot be had of the program. @throws Error when nothing has been read yet. */
export function profileReport(session: SessionInfo, store: ProfileStore, limit: number, missing: Missing = NOTHING_MISSING): ProfileReport {
  const { current } = store;
  if (current === null) throw new Error(`“${session.name}” has not been profiled yet: start profiling first.`);
  const top = entriesOf(store, 'allocated', limit);
  const inUse = entriesOf(store, 'inUse', limit);
  return {
    timestamp: timestamp(store),
    session,
    memory: {
      alloc: current.usedHeapBytes,
      total_alloc: current.totalAllocatedBytes,
      heap_inuse: current.committedHeapBytes,
      heap_objects: current.heapObjects,
      sys: current.rssBytes,
      external: current.externalBytes,
      array_buffers: current.arrayBufferBytes,
      heap_limit: current.heapLimitBytes,
    },
    cpu: { usage_percent: current.cpuPercent, user_time: current.cpuUserSeconds, system_time: current.cpuSystemSeconds },
    runtime: {
      num_goroutine: current.openHandles,
      num_gc: current.gcCount,
      gc_pause_ns: nanoseconds(current.gcLastPause),
      gc_pause_total_ns: nanoseconds(current.gcTotalPause),
      num_cpu: current.cpuCount,
      gomaxprocs: current.threadPoolSize,
      loop_delay_p99_ms: current.loopDelayP99,
      loop_utilization: current.loopUtilization,
    },
    dom: current.dom,
    top_allocations: top.entries,
    inuse_allocations: inUse.entries,
    history: store.history.map(
      (point): HistoryEntry => ({
        timestamp: isoTime(point.time),
        alloc: point.usedHeapBytes,
        heap_inuse: point.committedHeapBytes,
        goroutines: point.openHandles,
        gc_pause_ns: nanoseconds(point.gcLastPause),
        cpu_percent: point.cpuPercent,
      }),
    ),
    history_bands: store.bands.map(({ kind, from, to }) => ({ kind, from: isoTime(from), to: to === null ? null : isoTime(to) })),
    history_events: store.happenings.map(({ kind, time, text }) => ({ kind, timestamp: isoTime(time), text })),
    estimates: estimates(current),
    notes: [...(top.notes ?? [missing.cumulative ?? NOT_CUMULATIVE]), ...(inUse.notes ?? [NOT_IN_USE]), ...notes(session, inUse.missing, ...FIGURES.map((figure) => missing[figure] ?? null))],
  };
}

/** @throws Error when the handles have not been read yet. */
export function handlesReport(session: SessionInfo, store: ProfileStore, rawProfile: string | undefined): HandlesReport {
  const { handles } = store;
  if (handles === null) throw new Error(`The open handles of “${session.name}” have not been read yet: start profiling first.`);
  const { summary } = handles;
  const isKnown = isWaitingKnown(handles);
  const ifKnown = (count: number) => (isKnown ? count : null);
  return {
    timestamp: timestamp(store),
    session,
    total_goroutines: ifKnown(handles.total),
    total_pending: ifKnown(handles.pendingTotal),
    pending_mode: handles.pendingMode,
    groups: handles.rows.map(groupEntry),
    summary: {
      background: ifKnown(summary.background),
      per_request: ifKnown(summary.perRequest),
      long_waiting: ifKnown(summary.longWaiting),
      potentially_stuck: ifKnown(summary.potentiallyStuck),
    },
    ...(rawProfile !== undefined && { raw_profile: rawProfile }),
    notes: notes(session, handles.missing, handles.pendingMissing),
  };
}

/** @param time When the check was through. */
export function deepCheckReport(session: SessionInfo, result: DeepCheckResult, time: EpochMilliseconds): DeepCheckReport {
  return {
    timestamp: new Date(time).toISOString(),
    session,
    seconds: result.time / 1000,
    promises_followed: result.followed,
    abandoned_total: result.rows.reduce((sum, { count }) => sum + count, 0),
    abandoned: result.rows.map((row) => ({
      count: row.count,
      label: row.label,
      top_func: row.stack[0]?.functionName ?? '',
      stack: stackLines([...row.stack, ...row.causeStack]),
      category: row.category,
    })),
    notes: result.unreadStacks > 0 ? [`${result.unreadStacks} promises were made faster than they could be read: what they hold cannot be among the abandoned.`] : [],
  };
}

/** A stack as the reference writes it: `function`, then `\tfile:line`. */
export function stackLines(stack: readonly Frame[]): string[] {
  return stack.flatMap(({ functionName, file, line }) => [functionName, `\t${file || '(native)'}:${line}`]);
}

function groupEntry(row: HandleRow): HandleGroupEntry {
  return {
    kind: row.kind,
    count: row.count,
    estimated: row.estimated,
    type: row.type,
    label: row.label,
    state: row.state,
    wait_reason: row.waitReason,
    wait_minutes: Math.floor(row.longestWait / 60_000),
    top_func: row.stack[0]?.functionName ?? '',
    stack_origin: row.origin,
    stack: stackLines([...row.stack, ...row.causeStack]),
    category: row.category,
    oldest_ms: Math.round(row.oldest),
    median_ms: Math.round(row.median),
    newest_ms: Math.round(row.newest),
    ages: row.ages,
    since_activity_ms: rounded(row.sinceActivity),
    keeps_alive: row.keepsAlive,
    trend: row.trend,
    since_mark: row.sinceMark,
    long_waiting: row.longWaiting,
    stuck: row.stuck,
    advice: row.advice,
    subjects: row.subjects,
    routes: row.routes,
    outlived_request: row.outlived,
    examples: row.examples.map(({ id, subject, age, sinceActivity, dueIn, keepsAlive }) => ({
      id,
      subject,
      age_ms: Math.round(age),
      since_activity_ms: rounded(sinceActivity),
      due_in_ms: rounded(dueIn),
      keeps_alive: keepsAlive,
    })),
  };
}

function rounded(duration: Milliseconds | null): Milliseconds | null {
  return duration === null ? null : Math.round(duration);
}

interface Entries {
  readonly entries: AllocationEntry[];
  /** What the list covers; null when it is not known. */
  readonly notes: readonly string[] | null;
  readonly missing: string | null;
}

function entriesOf(store: ProfileStore, measure: AllocationMeasure, limit: number): Entries {
  const view = store.allocations.view({ grouping: 'sites', measure, expanded: [], limit, filter: '' });
  const name = measure === 'inUse' ? 'inuse_allocations' : 'top_allocations';
  return {
    entries: view.rows.filter(({ kind }) => kind === 'site').map(allocationEntry),
    notes: view.measures.includes(measure) ? view.notes.map((note) => `${name}: ${note}`) : null,
    missing: view.missing,
  };
}

function allocationEntry({ self: { bytes, count }, stack }: AllocationRow): AllocationEntry {
  const top = stack[0];
  return {
    function: top?.functionName ?? '',
    file: top?.file ?? '',
    line: top?.line ?? 0,
    bytes: Math.round(bytes),
    count: Math.round(count),
    stack: stackLines(stack),
  };
}

function timestamp(store: ProfileStore): string {
  return isoTime(store.readAt ?? 0);
}

function isoTime(time: EpochMilliseconds): string {
  return new Date(time).toISOString();
}

function nanoseconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds * 1e6);
}

function estimates(current: CurrentFigures): string[] {
  const sampled = ['memory.heap_objects', 'inuse_allocations.bytes', 'inuse_allocations.count', 'top_allocations.bytes', 'top_allocations.count'];
  return current.totalAllocatedIsEstimate ? ['memory.total_alloc', ...sampled] : sampled;
}

/** @param missing Why something is missing, a sentence each; null where nothing is. */
function notes(session: SessionInfo, ...missing: readonly (string | null)[]): string[] {
  const state =
    session.state === 'ended' || session.state === 'reconnecting' || session.state === 'saved' || session.state === 'stopped' || session.state === 'failed'
      ? [`The session is ${session.state}: these figures are the last that were read.`]
      : [];
  return [...state, ...new Set(missing.filter((sentence) => sentence !== null))];
}
