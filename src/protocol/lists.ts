/**
 * The panel's lists: what its page asks to see of one, and what it gets. A list may have 100,000 rows; the page gets those of a
 * window, as changes to what it got before.
 */
import type { AllocationQuery, AllocationRow, Amount } from './allocations';
import type { HandleCategory } from './collector';
import type { HandleRow } from './profile';

/** A stretch of a list, by position. */
export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

/** Which groups of handles are listed. */
export type HandleFilter = 'handle' | 'pending' | 'problems' | 'keepsAlive' | 'grown' | 'appeared' | HandleCategory;

/** `urgency`: stuck first, then the longest wait, then the largest (R10). The others: the largest figure first, names from A. */
export type HandleSort = 'urgency' | 'count' | 'wait' | 'grown' | 'name';

export interface HandleQuery {
  readonly filters: readonly HandleFilter[];
  /** Only groups whose label, state, subject, route or stack contains this text; '' for all. */
  readonly search: string;
  readonly sort: HandleSort;
}

/** `size`: by the bytes that the list is about (R5). `other`: by the other of self and total. */
export type AllocationSort = 'size' | 'other' | 'objects' | 'name';

export interface AllocationListQuery extends Omit<AllocationQuery, 'limit'> {
  readonly sort: AllocationSort;
  /** Whether `expanded` names the rows that are open, or those that are not. */
  readonly opens: 'expanded' | 'allButExpanded';
}

/** One list that a page shows, by a name that it gives. */
export type ListRequest = {
  readonly id: string;
  /** True when the page has no rows of it yet. */
  readonly isNew: boolean;
  readonly window: RowWindow;
  /** Ids of rows whose positions the page wants to know, wherever they are: open ones, and the one with the focus. */
  readonly tracked: readonly string[];
} & ({ readonly kind: 'handles'; readonly query: HandleQuery } | { readonly kind: 'allocations'; readonly query: AllocationListQuery });

/** A row that is new, with all its properties, or those that have changed. */
export type RowChange<Row extends { readonly id: string }> = Partial<Row> & Pick<Row, 'id'>;

export interface ListUpdate<Row extends { readonly id: string }> {
  readonly id: string;
  /** True when nothing that was sent before counts. */
  readonly isWhole: boolean;
  /** Rows of the whole list. */
  readonly count: number;
  /** Where the window begins; it may be less than was asked for, where the list has become shorter. */
  readonly first: number;
  /** The ids of the rows in the window, in order; null when that is as before. */
  readonly order: readonly string[] | null;
  readonly changes: readonly RowChange<Row>[];
  /** Of the tracked rows that are in the list, in order. */
  readonly places: readonly (readonly [id: string, position: number])[];
}

/** How many handles and operations there are, and whether that is an estimate. */
export interface Members {
  readonly count: number;
  readonly estimated: boolean;
}

export interface HandleListUpdate extends ListUpdate<HandleRow> {
  /** What a click on each filter would leave; `all` for none chosen. */
  readonly left: Readonly<Record<HandleFilter | 'all', Members>>;
}

export interface AllocationListUpdate extends ListUpdate<AllocationRow> {
  readonly query: AllocationListQuery;
  /** The sum over all sites; null when the measure is not known. */
  readonly total: Amount | null;
  /** What the figures cover, a sentence each. */
  readonly notes: readonly string[];
}
