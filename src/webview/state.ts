/** What the page shows, and how each message changes it. Pure: no DOM, no clock. */
import { NOTHING_HIDDEN } from '../model/hidden';
import { reuseRows } from '../model/rowReuse';
import type { ProcessesView } from '../protocol/processes';
import type { PanelList, PanelSnapshot, ToPage } from '../protocol/panel';
import type { HistoryPoint } from '../protocol/profile';

export interface PageState extends PanelSnapshot {
  /** False until the first snapshot came. */
  readonly loaded: boolean;
  /** Bytes allocated per second between the two newest points; null when not known. */
  readonly allocatedPerSecond: number | null;
  /** The row that the host asked for last; null before. */
  readonly reveal: { readonly list: PanelList; readonly id: string } | null;
}

/** Points each chart must have before the page counts as filled; tests and the demo wait for it. */
const READY_POINTS = 10;

const NO_PROCESSES: ProcessesView = {
  rows: [],
  total: { processes: 0, workers: 0, cpuPercent: null, rssBytes: null, usedHeapBytes: null, openHandles: null, stuck: null },
};

export const initialState: PageState = {
  loaded: false,
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
};

/** Data of the session on show, when there is none yet. */
const NO_DATA = { history: [], bands: [], events: [], current: null, allocations: null, handles: null, allocatedPerSecond: null, reveal: null } as const;

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
    case 'allocations': {
      const rows = reuseRows(state.allocations?.rows ?? [], message.allocations.rows);
      return { ...state, allocations: { ...message.allocations, rows } };
    }
    case 'handles': {
      const rows = reuseRows(state.handles?.rows ?? [], message.handles.rows);
      return { ...state, handles: { ...message.handles, rows } };
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
    (state.allocations?.rows.length ?? 0) > 0 &&
    (state.handles?.rows.length ?? 0) > 0
  );
}

/** How many points the window holds. */
export function historyCapacity(state: Pick<PageState, 'windowSeconds' | 'intervalSeconds'>): number {
  return Math.max(1, Math.ceil(state.windowSeconds / state.intervalSeconds));
}

/** A snapshot replaces everything; rows that are the same keep their objects, so that a new snapshot does not redraw them. */
function withSnapshot(state: PageState, snapshot: PanelSnapshot): PageState {
  const { allocations, handles } = snapshot;
  return {
    ...snapshot,
    loaded: true,
    // What was asked for of another program is of no use in this one.
    reveal: snapshot.status?.session.id === state.status?.session.id ? state.reveal : null,
    allocatedPerSecond: null,
    history: snapshot.history.slice(-historyCapacity(snapshot)),
    allocations: allocations && { ...allocations, rows: reuseRows(state.allocations?.rows ?? [], allocations.rows) },
    handles: handles && { ...handles, rows: reuseRows(state.handles?.rows ?? [], handles.rows) },
  };
}

function withPoint(state: PageState, { point, current }: Extract<ToPage, { type: 'point' }>): PageState {
  // A chart needs ascending times; the host's clock may have been set back, and a point may come twice.
  const earlier = state.history.filter((old) => old.time < point.time);
  return {
    ...state,
    history: [...earlier, point].slice(-historyCapacity(state)),
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
