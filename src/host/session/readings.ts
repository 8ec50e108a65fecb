/** Turns what the collector read into what the views show: frames in the user's source, rows with stable ids. */
import { createHash } from 'node:crypto';
import { changeSince, type GroupCounts } from '../../model/groupTrends';
import { handleKind } from '../../model/handleKinds';
import type { HandleGroup, HandleReading } from '../../protocol/collector';
import type { Frame, RawFrame } from '../../protocol/frames';
import type { HandleRow, HandlesView } from '../../protocol/profile';
import type { EpochMilliseconds } from '../../protocol/units';

/** The label of the requests that the program serves. */
const INCOMING_REQUEST = 'HTTP request in';

export type ToFrame = (raw: RawFrame) => Frame;

/** What the counts of a reading are compared with; null for what there is not. */
export interface Comparison {
  readonly previous: GroupCounts | null;
  readonly mark: Mark | null;
}

/** How many members each group had when the user set the mark. */
export interface Mark {
  readonly counts: GroupCounts;
  readonly time: EpochMilliseconds;
}

export function handlesView(reading: HandleReading, { previous, mark }: Comparison, toFrame: ToFrame): HandlesView {
  const { pending } = reading;
  return {
    rows: handleRows(reading.groups, reading.frames, toFrame).map((row) => ({
      ...row,
      trend: changeSince(previous, row.id, row.count),
      sinceMark: changeSince(mark?.counts ?? null, row.id, row.count),
      appeared: null,
    })),
    total: reading.total,
    pendingTotal: reading.pendingTotal,
    summary: reading.summary,
    omittedGroups: reading.foldedGroups,
    missing: reading.state.on ? null : reading.state.reason,
    pendingMissing: pending.on ? null : pending.reason,
    pendingMode: pending.mode,
    markedAt: mark?.time ?? null,
  };
}

/** Groups as rows that are compared with nothing, and with the words for their types, which a thousand groups need not send. */
export function handleRows(groups: readonly HandleGroup[], frames: readonly RawFrame[], toFrame: ToFrame): HandleRow[] {
  const stackOf = frameLookup(frames, toFrame);
  const unique = uniqueIds();
  return groups.map((group) => {
    const { waitReason, advice } = handleKind(group.type);
    return {
      ...group,
      waitReason,
      advice,
      id: unique(groupId(group, frames)),
      trend: null,
      sinceMark: null,
      appeared: null,
      stack: stackOf(group.stack),
      causeStack: stackOf(group.causeStack),
    };
  });
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

/** By what stays while members come and go: neither counts nor ages. */
function groupId(group: HandleGroup, frames: readonly RawFrame[]): string {
  const { kind, type, state, category, origin, stack, causeStack } = group;
  return stackId(frames, [stack, causeStack], [kind, type, state, category, origin, subjectOfAll(group)].join('|'));
}

/**
 * What tells groups apart whose stacks do not: requests that come in all have the stack of their server, and what was open
 * before Bifrost came has none. Where members are about different things, which is the most frequent may change: ''.
 */
function subjectOfAll({ label, origin, routes, subjects }: HandleGroup): string {
  if (label === INCOMING_REQUEST) return routes[0]?.route ?? subjects[0]?.text ?? '';
  const [only, other] = subjects;
  return origin === 'earlier' && only !== undefined && other === undefined ? only.text : '';
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
