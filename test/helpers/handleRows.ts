/** Rows of open handles as the host makes them, to be changed. */
import type { Frame } from '../../src/protocol/frames';
import type { HandleRow, HandlesView } from '../../src/protocol/profile';

export function frame(functionName: string, file: string, origin: Frame['origin'] = 'user'): Frame {
  return { functionName, file, line: 3, column: 5, origin };
}

/** A group that is no problem to anybody; of one that is, all members are. */
export function handleRow(change: Partial<HandleRow> = {}): HandleRow {
  const { count = 1, longWaiting = false, stuck = false } = change;
  return {
    id: 'row',
    kind: 'handle',
    count: 1,
    estimated: false,
    trend: null,
    sinceMark: null,
    appeared: null,
    type: 'Timeout',
    label: 'Timer',
    state: 'scheduled',
    waitReason: '',
    category: 'unknown',
    oldest: 0,
    median: 0,
    newest: 0,
    longestWait: 0,
    ages: [1, 0, 0, 0, 0, 0],
    sinceActivity: null,
    keepsAlive: null,
    longWaiting: false,
    stuck: false,
    longCount: longWaiting || stuck ? count : 0,
    stuckCount: stuck ? count : 0,
    advice: '',
    subjects: [],
    routes: [],
    outlived: 0,
    examples: [],
    origin: 'known',
    stack: [],
    causeStack: [],
    ...change,
  };
}

/** A view of rows, each with an id of its own where none is given. */
export function handlesViewOf(rows: readonly Partial<HandleRow>[], change: Partial<HandlesView> = {}): HandlesView {
  return {
    rows: rows.map((row, index) => handleRow({ id: String(index), ...row })),
    total: rows.reduce((sum, { count = 1 }) => sum + count, 0),
    pendingTotal: 0,
    summary: { background: 0, perRequest: 0, longWaiting: 0, potentiallyStuck: 0 },
    omittedGroups: 0,
    missing: null,
    pendingMissing: null,
    pendingMode: 'sampled',
    markedAt: null,
    ...change,
  };
}
