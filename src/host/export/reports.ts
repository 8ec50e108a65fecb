/** The JSON of the API: the host's data under the reference's names. */
import type { Frame } from '../../protocol/frames';
import type { CurrentFigures, SiteRow } from '../../protocol/profile';
import type { AllocationEntry, HandlesReport, HistoryEntry, ProfileReport, SessionInfo } from '../../protocol/reports';
import type { ProfileStore } from '../session/profileStore';

const CUMULATIVE_NOTE = 'top_allocations is empty: cumulative allocations are not recorded while in-use sampling is on.';

const IN_USE_NOTE = 'inuse_allocations covers what was allocated since profiling began and is still live.';

/** @throws Error when nothing has been read yet. */
export function profileReport(session: SessionInfo, store: ProfileStore, limit: number): ProfileReport {
  const { current, allocations } = store;
  if (current === null) throw new Error(`“${session.name}” has not been profiled yet: start profiling first.`);
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
    top_allocations: [],
    inuse_allocations: (allocations?.rows ?? []).slice(0, limit).map(allocationEntry),
    history: store.history.map(
      (point): HistoryEntry => ({
        timestamp: new Date(point.time).toISOString(),
        alloc: point.usedHeapBytes,
        heap_inuse: point.committedHeapBytes,
        goroutines: point.openHandles,
        gc_pause_ns: nanoseconds(point.gcLastPause),
        cpu_percent: point.cpuPercent,
      }),
    ),
    estimates: estimates(current),
    notes: [CUMULATIVE_NOTE, IN_USE_NOTE, ...notes(session, allocations?.missing ?? null)],
  };
}

/** @throws Error when the handles have not been read yet. */
export function handlesReport(session: SessionInfo, store: ProfileStore, rawProfile: string | undefined): HandlesReport {
  const { handles } = store;
  if (handles === null) throw new Error(`The open handles of “${session.name}” have not been read yet: start profiling first.`);
  const { summary } = handles;
  return {
    timestamp: timestamp(store),
    session,
    total_goroutines: handles.total,
    groups: handles.rows.map((row) => ({
      count: row.count,
      type: row.type,
      label: row.label,
      state: row.state,
      wait_reason: row.waitReason,
      wait_minutes: Math.floor(row.oldest / 60_000),
      top_func: row.stack[0]?.functionName ?? '',
      stack: stackLines([...row.stack, ...row.causeStack]),
      category: row.category,
      oldest_ms: Math.round(row.oldest),
      median_ms: Math.round(row.median),
      stuck: row.stuck,
    })),
    summary: {
      background: summary.background,
      per_request: summary.perRequest,
      long_waiting: summary.longWaiting,
      potentially_stuck: summary.potentiallyStuck,
    },
    ...(rawProfile !== undefined && { raw_profile: rawProfile }),
    notes: notes(session, handles.missing),
  };
}

/** A stack as the reference writes it: `function`, then `\tfile:line`. */
export function stackLines(stack: readonly Frame[]): string[] {
  return stack.flatMap(({ functionName, file, line }) => [functionName, `\t${file || '(native)'}:${line}`]);
}

function allocationEntry({ bytes, count, stack }: SiteRow): AllocationEntry {
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
  return new Date(store.readAt ?? 0).toISOString();
}

function nanoseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6);
}

function estimates(current: CurrentFigures): string[] {
  const sampled = ['memory.heap_objects', 'inuse_allocations.bytes', 'inuse_allocations.count'];
  return current.totalAllocatedIsEstimate ? ['memory.total_alloc', ...sampled] : sampled;
}

function notes(session: SessionInfo, missing: string | null): string[] {
  const state =
    session.state === 'ended' || session.state === 'stopped' || session.state === 'failed'
      ? [`The session is ${session.state}: these figures are the last that were read.`]
      : [];
  return missing === null ? state : [...state, missing];
}
