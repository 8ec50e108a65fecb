import type { ProcessesView, ProcessFigures, ProcessRow } from '../../protocol/processes';
import type { ProcessEntry, ProcessEntryFigures, ProcessesReport } from '../../protocol/reports';
import type { EpochMilliseconds } from '../../protocol/units';

/** The JSON of all programs, under the names that the reports of one have. */
export function processesReport({ rows, total }: ProcessesView, time: EpochMilliseconds): ProcessesReport {
  return {
    timestamp: new Date(time).toISOString(),
    total: { ...figuresEntry(total), processes: total.processes, workers: total.workers },
    processes: rows.map(processEntry),
  };
}

function processEntry({ session, parentId, depth, kind, figures, isCurrent, readAt, note }: ProcessRow): ProcessEntry {
  return {
    session,
    parent_id: parentId,
    depth,
    kind,
    is_current: isCurrent,
    read_at: readAt === null ? null : new Date(readAt).toISOString(),
    note,
    ...figuresEntry(figures),
  };
}

function figuresEntry(figures: ProcessFigures | null): ProcessEntryFigures {
  return {
    cpu_percent: figures?.cpuPercent ?? null,
    sys: figures?.rssBytes ?? null,
    alloc: figures?.usedHeapBytes ?? null,
    num_goroutine: figures?.openHandles ?? null,
    potentially_stuck: figures?.stuck ?? null,
  };
}
