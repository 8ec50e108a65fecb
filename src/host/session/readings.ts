/** Turns what the collector read into what the views show: frames in the user's source, rows with stable ids. */
import { createHash } from 'node:crypto';
import type { AllocationReading, HandleGroup, HandleReading } from '../../protocol/collector';
import type { Frame, RawFrame } from '../../protocol/frames';
import type { AllocationsView, HandlesView } from '../../protocol/profile';

export type ToFrame = (raw: RawFrame) => Frame;

export function allocationsView(reading: AllocationReading, toFrame: ToFrame): AllocationsView {
  const stackOf = frameLookup(reading.frames, toFrame);
  const unique = uniqueIds();
  return {
    rows: reading.inUse.map(({ bytes, count, stack }) => ({
      id: unique(stackId(reading.frames, [stack])),
      bytes,
      count,
      stack: stackOf(stack),
    })),
    totalBytes: reading.totalBytes,
    totalCount: reading.totalCount,
    omittedSites: reading.omittedSites,
    missing: reading.state.on ? null : reading.state.reason,
  };
}

/** @param previous Counts by row id of the reading before; empty on the first. */
export function handlesView(reading: HandleReading, previous: ReadonlyMap<string, number> | null, toFrame: ToFrame): HandlesView {
  const stackOf = frameLookup(reading.frames, toFrame);
  const unique = uniqueIds();
  return {
    rows: reading.groups.map((group) => {
      const id = unique(groupId(group, reading.frames));
      return {
        id,
        count: group.count,
        trend: previous === null ? null : group.count - (previous.get(id) ?? 0),
        type: group.type,
        label: group.label,
        state: group.state,
        waitReason: group.waitReason,
        category: group.category,
        oldest: group.oldest,
        median: group.median,
        longWaiting: group.longWaiting,
        stuck: group.stuck,
        stack: stackOf(group.stack),
        causeStack: stackOf(group.causeStack),
      };
    }),
    total: reading.total,
    summary: reading.summary,
    omittedGroups: reading.foldedGroups,
    missing: reading.state.on ? null : reading.state.reason,
  };
}

/** Each frame of the table once, however many stacks name it. An index outside the table is left out. */
function frameLookup(table: readonly RawFrame[], toFrame: ToFrame): (stack: readonly number[]) => Frame[] {
  const frames: (Frame | undefined)[] = [];
  return (stack) =>
    stack.flatMap((index) => {
      const raw = table[index];
      return raw ? (frames[index] ??= toFrame(raw)) : [];
    });
}

function groupId(group: HandleGroup, frames: readonly RawFrame[]): string {
  return stackId(frames, [group.stack, group.causeStack], `${group.type}|${group.category}`);
}

/** By the running code, not by the mapped source, which is known only later. */
function stackId(table: readonly RawFrame[], stacks: readonly (readonly number[])[], kind = ''): string {
  const hash = createHash('sha1').update(kind);
  for (const stack of stacks) {
    hash.update('|');
    for (const index of stack) {
      const frame = table[index];
      if (frame) hash.update(`${frame.functionName}\n${frame.url}:${frame.line}:${frame.column}\n`);
    }
  }
  return hash.digest('base64url').slice(0, 16);
}

/** Two scripts may carry one name (a module that was loaded anew): their stacks read alike, but are two rows. */
function uniqueIds(): (id: string) => string {
  const seen = new Map<string, number>();
  return (id) => {
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id}#${times}`;
  };
}
