import * as v from 'valibot';
import type { DomCounters } from '../../protocol/collector';
import type { Bytes, Microseconds, Milliseconds, ProgramClock } from '../../protocol/units';
import type { CdpConnection } from './cdpConnection';
import { countersSchema, heapUsageSchema, metricsSchema } from './pageSchema';
import { SourceError } from './profileSource';

/** Characters of the page's own words in a message. */
const MAX_REASON = 300;

/** What a browser counts of a page at one moment. Null is not told. */
export interface PageCounters {
  readonly clock: ProgramClock;
  readonly usedHeapBytes: Bytes;
  readonly committedHeapBytes: Bytes;
  /** CPU time of the main thread. */
  readonly cpuOfThread: Microseconds | null;
  /** Time in which the main thread had something to do. */
  readonly busy: Milliseconds | null;
  readonly dom: DomCounters | null;
}

/**
 * Reads the figures of a page, which must have `Performance` enabled: in one call, that the browser answers also while the page
 * is in a loop. Of the durations there are, `ThreadTime` is CPU time, and `TaskDuration` wall time, the wait for a CPU included.
 *
 * @throws CdpError, or SourceError for an answer that makes no sense.
 */
export async function readPageCounters(connection: CdpConnection, timeout: Milliseconds): Promise<PageCounters> {
  const { metrics } = checked(metricsSchema, await connection.send('Performance.getMetrics', undefined, timeout));
  const counters = checked(countersSchema, Object.fromEntries(metrics.map(({ name, value }) => [name, value])));
  const { Documents: documents, Nodes: nodes, JSEventListeners: listeners } = counters;
  return {
    clock: counters.Timestamp * 1e3,
    usedHeapBytes: counters.JSHeapUsedSize,
    committedHeapBytes: counters.JSHeapTotalSize,
    cpuOfThread: counters.ThreadTime === null ? null : counters.ThreadTime * 1e6,
    busy: counters.TaskDuration === null ? null : counters.TaskDuration * 1e3,
    dom: documents === null || nodes === null || listeners === null ? null : { documents, nodes, listeners },
  };
}

/** The same of a page's worker, of which V8's heap is all that is told. @throws as `readPageCounters`. */
export async function readWorkerCounters(connection: CdpConnection, timeout: Milliseconds): Promise<PageCounters> {
  const { usedSize, totalSize } = checked(heapUsageSchema, await connection.send('Runtime.getHeapUsage', undefined, timeout));
  return { clock: performance.now(), usedHeapBytes: usedSize, committedHeapBytes: totalSize, cpuOfThread: null, busy: null, dom: null };
}

function checked<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const parsed = v.safeParse(schema, answer, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new SourceError('garbage', `${issue.message.slice(0, MAX_REASON)} at ${v.getDotPath(issue) ?? 'its root'}`);
}
