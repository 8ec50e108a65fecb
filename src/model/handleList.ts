/** The list of groups of handles as a query wants it. */
import type { HandleFilter, HandleQuery, HandleSort, Members } from '../protocol/lists';
import type { HandleRow, Hidden } from '../protocol/profile';
import { filterRows, HANDLE_FILTERS, membersOf, rowsWith } from './handleFilter';
import { isHidden } from './hidden';

export interface HandleList {
  /** In order. */
  readonly rows: readonly HandleRow[];
  /** What a click on each filter would leave. */
  readonly left: Readonly<Record<HandleFilter | 'all', Members>>;
}

/** @param rows Of a reading, in R10's order. */
export function handleList(rows: readonly HandleRow[], hidden: Hidden, { filters, search, sort }: HandleQuery): HandleList {
  const shown = rows.filter((row) => !isHidden(row, hidden));
  const text = search.toLowerCase();
  const found = text === '' ? shown : shown.filter((row) => hasText(row, text));
  const left = { all: membersOf(found) } as Record<HandleFilter | 'all', Members>;
  for (const filter of HANDLE_FILTERS) left[filter] = membersOf(rowsWith(found, filters, filter));
  return { rows: sorted(filterRows(found, filters), sort), left };
}

type Figure = (row: HandleRow) => number;

const FIGURES: Readonly<Record<Exclude<HandleSort, 'urgency' | 'name'>, Figure>> = {
  count: ({ count }) => count,
  wait: ({ longestWait }) => longestWait,
  grown: ({ sinceMark, trend }) => sinceMark ?? trend ?? 0,
};

/** Rows that are alike in what is sorted by stay in R10's order. */
function sorted(rows: readonly HandleRow[], sort: HandleSort): readonly HandleRow[] {
  if (sort === 'urgency') return rows;
  // Not by the language's rules: 10,000 comparisons by them take ten times as long.
  if (sort === 'name') return [...rows].sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  const figure = FIGURES[sort];
  return [...rows].sort((a, b) => figure(b) - figure(a));
}

function hasText(row: HandleRow, text: string): boolean {
  const has = (part: string) => part.toLowerCase().includes(text);
  return (
    has(row.label) ||
    has(row.type) ||
    has(row.state) ||
    row.subjects.some((subject) => has(subject.text)) ||
    row.routes.some(({ route }) => has(route)) ||
    [...row.stack, ...row.causeStack].some(({ functionName, file }) => has(functionName) || has(file))
  );
}
