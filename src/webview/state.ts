/** What the page shows, and how each message changes it. Pure: no DOM, no clock. */
import { NOTHING_HIDDEN } from '../model/hidden';
import { changedRows } from '../model/rowChanges';
import type { AllocationListUpdate, HandleListUpdate, ListUpdate } from '../protocol/lists';
import type { AllocationRow } from '../protocol/allocations';
import type { PanelList, PanelSnapshot, ToPage } from '../protocol/panel';
import type { ProcessesView } from '../protocol/processes';
import type { HandleRow, HistoryPoint } from '../protocol/profile';

/** A list as the page has it: the rows of a window, and where it is. */
export interface ShownList<Row> {
  readonly count: number;
  readonly first: number;
  readonly rows: readonly Row[];
  /** Positions of tracked rows, by id. */
  readonly places: ReadonlyMap<string, number>;
}

export type ShownHandles = ShownList<HandleRow> & Pick<HandleListUpdate, 'left'>;
export type ShownAllocations = ShownList<AllocationRow> & Pick<AllocationListUpdate, 'query' | 'total' | 'notes'>;

/** The lists that are on show, by the names that components give them. */
export interface ShownLists {
  readonly handles: Readonly<Record<string, ShownHandles>>;
  readonly allocations: Readonly<Record<string, ShownAllocations>>;
}

export interface PageState extends PanelSnapshot {
  /** Bytes allocated per second between the two newest points; null when not known. */
  readonly allocatedPerSecond: number | null;
  /** The row that the host asked for last; null before. */
  readonly reveal: { readonly list: PanelList; readonly id: string } | null;
  readonly lists: ShownLists;
}

const NO_LISTS: ShownLists = { handles: {}, allocations: {} };

/** Points each chart must have before the page counts as filled; tests and the demo wait for it. */
const READY_POINTS = 10;

const NO_PROCESSES: ProcessesView = {
  rows: [],
  total: { processes: 0, workers: 0, cpuPercent: null, rssBytes: null, usedHeapBytes: null, openHandles: null, stuck: null },
};

/** Before the first snapshot. */
export const initialState: PageState = {
  sessions: [],
  processes: NO_PROCESSES,
  status: null,
  intervalSeconds: 1,
  windowSeconds: 300,
  history: [],
  bands: [],
  events: [],
  current: null,
  allocations: null,
  handles: null,
  hidden: NOTHING_HIDDEN,
  workspaceFolders: [],
  allocatedPerSecond: null,
  reveal: null,
  lists: NO_LISTS,
};

/** Data of the session on show, when there is none yet. */
const NO_DATA = { history: [], bands: [], events: [], current: null, allocations: null, handles: null, allocatedPerSecond: null, reveal: null, lists: NO_LISTS } as const;

export function reduce(state: PageState, message: ToPage): PageState {
  switch (message.type) {
    case 'snapshot':
      return withSnapshot(state, message.snapshot);
    case 'sessions': {
      const { sessions, status } = message;
      // Figures of one program must never stand under the name of another.
      const changed = status?.session.id !== state.status?.session.id;
      return { ...state, ...(changed ? NO_DATA : {}), sessions, status };
    }
    case 'processes':
      return { ...state, processes: message.processes };
    case 'point':
      return withPoint(state, message);
    case 'bands':
      return { ...state, bands: message.bands };
    case 'events':
      return { ...state, events: message.events };
    case 'allocations':
      return { ...state, allocations: message.allocations };
    case 'handles':
      return { ...state, handles: message.handles };
    case 'allocationList': {
      const { update } = message;
      const { query, total, notes } = update;
      const list: ShownAllocations = { ...updated(state.lists.allocations[update.id], update), query, total, notes };
      return { ...state, lists: { ...state.lists, allocations: { ...state.lists.allocations, [update.id]: list } } };
    }
    case 'handleList': {
      const { update } = message;
      const list: ShownHandles = { ...updated(state.lists.handles[update.id], update), left: update.left };
      return { ...state, lists: { ...state.lists, handles: { ...state.lists.handles, [update.id]: list } } };
    }
    case 'hidden':
      return { ...state, hidden: message.hidden };
    case 'reveal':
      return { ...state, reveal: { list: message.list, id: message.id } };
    default:
      return message satisfies never;
  }
}

/** Whether every part of the page has something to show. */
export function isFilled(state: PageState): boolean {
  return (
    state.history.length >= READY_POINTS &&
    state.current !== null &&
    state.allocations !== null &&
    state.handles !== null &&
    hasRows(state.lists.allocations) &&
    hasRows(state.lists.handles)
  );
}

/** Of a kind of lists, whether those on show have rows: a tab that is not on show has none. */
function hasRows(lists: Readonly<Record<string, ShownList<unknown>>>): boolean {
  const shown = Object.values(lists);
  return shown.length === 0 || shown.some(({ rows }) => rows.length > 0);
}

function updated<Row extends { readonly id: string }>(before: ShownList<Row> | undefined, update: ListUpdate<Row>): ShownList<Row> {
  const known = update.isWhole ? [] : (before?.rows ?? []);
  return { count: update.count, first: update.first, rows: changedRows(known, update.order, update.changes), places: new Map(update.places) };
}

/** How many points the window holds. */
export function historyCapacity(state: Pick<PageState, 'windowSeconds' | 'intervalSeconds'>): number {
  return Math.max(1, Math.ceil(state.windowSeconds / state.intervalSeconds));
}

/** A snapshot replaces everything but the lists: rows come by themselves. */
function withSnapshot(state: PageState, snapshot: PanelSnapshot): PageState {
  const isSame = snapshot.status?.session.id === state.status?.session.id;
  return {
    ...snapshot,
    // What was asked for of another program is of no use in this one.
    reveal: snapshot.status?.session.id === state.status?.session.id ? state.reveal : null,
    allocatedPerSecond: null,
    history: snapshot.history.slice(-historyCapacity(snapshot)),
    lists: isSame ? state.lists : NO_LISTS,
  };
}

function withPoint(state: PageState, { point, current }: Extract<ToPage, { type: 'point' }>): PageState {
  // A chart needs ascending times; the host's clock may have been set back, and a point may come twice.
  const isNewer = (state.history.at(-1)?.time ?? -Infinity) < point.time;
  const earlier = isNewer ? state.history : state.history.filter((old) => old.time < point.time);
  const capacity = historyCapacity(state);
  return {
    ...state,
    history: [...earlier.slice(Math.max(0, earlier.length + 1 - capacity)), point],
    current,
    allocatedPerSecond: allocationRate(state, point, current.totalAllocatedBytes),
  };
}

function allocationRate(state: PageState, point: HistoryPoint, total: number | null): number | null {
  const seconds = (point.time - (state.history.at(-1)?.time ?? point.time)) / 1000;
  const before = state.current?.totalAllocatedBytes ?? null;
  if (total === null || before === null || seconds <= 0) return null;
  // An estimate may go down a little; the program cannot have allocated less than nothing.
  return Math.max(0, total - before) / seconds;
}
