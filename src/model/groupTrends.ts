import type { Interval } from '../protocol/profile';
import type { EpochMilliseconds } from '../protocol/units';
import { joined } from './coverage';

/** How many members each group of a reading had, by the group's id. */
export type GroupCounts = ReadonlyMap<string, number>;

export function countsOf(rows: readonly { readonly id: string; readonly count: number }[]): GroupCounts {
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/**
 * How many members a group has more than it had then. A group that was not there had none, also when it had been there
 * before that. Null when there is nothing to compare with.
 */
export function changeSince(then: GroupCounts | null, id: string, count: number): number | null {
  return then === null ? null : count - (then.get(id) ?? 0);
}

/** Groups and readings that are kept of what came when. */
const MAX_ARRIVALS = 200_000;

/**
 * When members of which group came: of each reading by how much each group grew since the one before. What came and went
 * between two readings is not seen.
 */
export class GroupArrivals {
  /** `since` is when the reading before was taken. */
  readonly #arrivals: { readonly since: EpochMilliseconds; readonly time: EpochMilliseconds; readonly grown: GroupCounts }[] = [];
  #kept = 0;
  #readAt: EpochMilliseconds | null = null;

  /** @param before The counts of the reading before; null for the first, in which nothing came. */
  add(time: EpochMilliseconds, before: GroupCounts | null, now: GroupCounts): void {
    const since = this.#readAt ?? time;
    this.#readAt = time;
    if (before === null) return;
    const grown = new Map([...now].map(([id, count]) => [id, count - (before.get(id) ?? 0)] as const).filter(([, more]) => more > 0));
    this.#arrivals.push({ since, time, grown });
    this.#kept += grown.size + 1;
    while (this.#kept > MAX_ARRIVALS && this.#arrivals.length > 1) this.#kept -= (this.#arrivals.shift()?.grown.size ?? 0) + 1;
  }

  /** How many came after `from` and up to `to`, by group. */
  between(from: EpochMilliseconds, to: EpochMilliseconds): GroupCounts {
    const sums = new Map<string, number>();
    for (const { grown } of this.#within(from, to)) {
      for (const [id, more] of grown) sums.set(id, (sums.get(id) ?? 0) + more);
    }
    return sums;
  }

  /** Of which time `between` tells, in order: from the reading before the first one on, and not of what is no longer kept. */
  covered(from: EpochMilliseconds, to: EpochMilliseconds): Interval[] {
    return joined(this.#within(from, to).map(({ since, time }) => ({ from: since, to: time })));
  }

  #within(from: EpochMilliseconds, to: EpochMilliseconds) {
    return this.#arrivals.filter(({ time }) => from < time && time <= to);
  }
}
