/** Which groups of the handle list the user wants to see. */
import type { HandleFilter, Members } from '../protocol/lists';
import type { HandleRow } from '../protocol/profile';
import { isProblem } from './problems';

interface FilterRule {
  /** Filters of one facet exclude each other; those of different facets narrow each other down. */
  readonly facet: 'kind' | 'problems' | 'keepsAlive' | 'grown' | 'appeared' | 'category';
  matches(row: HandleRow): boolean;
}

const RULES: Readonly<Record<HandleFilter, FilterRule>> = {
  handle: { facet: 'kind', matches: ({ kind }) => kind === 'handle' },
  pending: { facet: 'kind', matches: ({ kind }) => kind === 'pending' },
  problems: { facet: 'problems', matches: isProblem },
  keepsAlive: { facet: 'keepsAlive', matches: ({ keepsAlive }) => (keepsAlive ?? 0) > 0 },
  grown: { facet: 'grown', matches: ({ sinceMark }) => (sinceMark ?? 0) > 0 },
  appeared: { facet: 'appeared', matches: ({ appeared }) => (appeared ?? 0) > 0 },
  per_request: { facet: 'category', matches: ({ category }) => category === 'per_request' },
  background: { facet: 'category', matches: ({ category }) => category === 'background' },
  unknown: { facet: 'category', matches: ({ category }) => category === 'unknown' },
};

export const HANDLE_FILTERS = Object.keys(RULES) as readonly HandleFilter[];

export function isHandleFilter(id: string): id is HandleFilter {
  return Object.hasOwn(RULES, id);
}

/** The choice after a click on one filter: chosen ones are given up, another of the same facet takes its place. */
export function toggleFilter(chosen: readonly HandleFilter[], filter: HandleFilter): readonly HandleFilter[] {
  if (chosen.includes(filter)) return chosen.filter((other) => other !== filter);
  return [...withoutFacet(chosen, filter), filter];
}

/** The rows that each chosen filter admits. */
export function filterRows(rows: readonly HandleRow[], chosen: readonly HandleFilter[]): readonly HandleRow[] {
  return chosen.length === 0 ? rows : rows.filter((row) => chosen.every((filter) => RULES[filter].matches(row)));
}

/** The rows that a click on the filter would leave, with what is chosen in other facets. */
export function rowsWith(rows: readonly HandleRow[], chosen: readonly HandleFilter[], filter: HandleFilter): readonly HandleRow[] {
  return filterRows(rows, [...withoutFacet(chosen, filter), filter]);
}

/** How many handles and operations the rows hold. */
export function membersOf(rows: readonly HandleRow[]): Members {
  return { count: rows.reduce((sum, { count }) => sum + count, 0), estimated: rows.some(({ estimated }) => estimated) };
}

function withoutFacet(chosen: readonly HandleFilter[], filter: HandleFilter): readonly HandleFilter[] {
  return chosen.filter((other) => RULES[other].facet !== RULES[filter].facet);
}
