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
