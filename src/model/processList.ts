/** The list of programs as a query wants it. */
import type { ProcessQuery, ProcessRow, ProcessSort } from '../protocol/processes';

/** A program with the depth that it has in the list. */
export interface ListedProcess extends ProcessRow {
  readonly id: string;
}

type Figure = (row: ProcessRow) => number | null | undefined;

const FIGURES: Readonly<Record<Exclude<ProcessSort, 'tree' | 'name'>, Figure>> = {
  cpu: ({ figures }) => figures?.cpuPercent,
  rss: ({ figures }) => figures?.rssBytes,
  heap: ({ figures }) => figures?.usedHeapBytes,
  handles: ({ figures }) => figures?.openHandles,
  stuck: ({ figures }) => figures?.stuck,
};

/**
 * As a tree what is found stands below the programs that started it. Sorted by a name or a figure it is a list: whoever asks which
 * one takes the most wants it first, wherever it belongs. What is not known comes last.
 *
 * @param rows In the order of the tree.
 */
export function processList(rows: readonly ProcessRow[], { search, sort }: ProcessQuery): readonly ListedProcess[] {
  const text = search.toLowerCase();
  const found = text === '' ? rows : rows.filter((row) => hasText(row, text));
  if (sort === 'tree') return withParents(rows, found).map((row) => ({ ...row, id: row.session.id }));
  return sorted(found, sort).map((row) => ({ ...row, depth: 0, id: row.session.id }));
}

function sorted(rows: readonly ProcessRow[], sort: Exclude<ProcessSort, 'tree'>): readonly ProcessRow[] {
  if (sort === 'name') return [...rows].sort((a, b) => (a.session.name < b.session.name ? -1 : a.session.name > b.session.name ? 1 : 0));
  const figure = (row: ProcessRow) => FIGURES[sort](row) ?? -Infinity;
  // Two that are not known are alike, and stay in the order of the tree.
  return [...rows].sort((a, b) => (figure(a) === figure(b) ? 0 : figure(b) - figure(a)));
}

function withParents(rows: readonly ProcessRow[], found: readonly ProcessRow[]): readonly ProcessRow[] {
  if (found.length === rows.length) return rows;
  const byId = new Map(rows.map((row) => [row.session.id, row]));
  const kept = new Set<ProcessRow>();
  for (const row of found) {
    for (let next: ProcessRow | undefined = row; next && !kept.has(next); next = byId.get(next.parentId ?? '')) kept.add(next);
  }
  return rows.filter((row) => kept.has(row));
}

function hasText({ session, kind }: ProcessRow, text: string): boolean {
  return session.name.toLowerCase().includes(text) || String(session.pid ?? '').includes(text) || kind.includes(text);
}
