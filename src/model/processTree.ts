import * as l10n from '@vscode/l10n';
import type { ProcessesView, ProcessFigures, ProcessRow, ProcessTotal } from '../protocol/processes';
import type { CurrentFigures } from '../protocol/profile';
import type { SessionInfo, SessionState } from '../protocol/reports';
import type { EpochMilliseconds } from '../protocol/units';

/** What is known of one program. */
export interface ProgramFacts {
  readonly session: SessionInfo;
  readonly parentId: string | null;
  readonly isWorker: boolean;
  readonly current: Pick<CurrentFigures, 'cpuPercent' | 'cpuUserSeconds' | 'rssBytes' | 'usedHeapBytes' | 'openHandles'> | null;
  readonly stuck: number | null;
  readonly readAt: EpochMilliseconds | null;
}

/** States in which the last figures are of now. */
const CURRENT: ReadonlySet<SessionState> = new Set(['live', 'paused']);

/** The tree of all programs, in time linear in their number. One whose parent is not among them stands at the top. */
export function processesView(programs: readonly ProgramFacts[]): ProcessesView {
  const known = new Set(programs.map(({ session }) => session.id));
  const children = new Map<string | null, ProgramFacts[]>();
  for (const program of programs) {
    const { parentId, session } = program;
    const parent = parentId !== null && parentId !== session.id && known.has(parentId) ? parentId : null;
    const siblings = children.get(parent);
    if (siblings) siblings.push(program);
    else children.set(parent, [program]);
  }
  const rows: ProcessRow[] = [];
  const waiting = (children.get(null) ?? []).map((program) => ({ program, depth: 0 })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { program, depth } = next;
    rows.push(rowOf(program, depth));
    for (const child of [...(children.get(program.session.id) ?? [])].reverse()) waiting.push({ program: child, depth: depth + 1 });
  }
  return { rows, total: totalOf(programs.filter(isCurrent)) };
}

function isCurrent({ session, current }: ProgramFacts): boolean {
  return current !== null && CURRENT.has(session.state);
}

function rowOf(program: ProgramFacts, depth: number): ProcessRow {
  const { session, parentId, isWorker, current, stuck, readAt } = program;
  return {
    session,
    parentId: depth === 0 ? null : parentId,
    depth,
    kind: isWorker ? 'worker' : 'process',
    figures: current && {
      cpuPercent: isWorker ? null : current.cpuPercent,
      rssBytes: isWorker ? null : current.rssBytes,
      usedHeapBytes: current.usedHeapBytes,
      openHandles: current.openHandles,
      stuck,
    },
    isCurrent: isCurrent(program),
    readAt,
    note: noteOf(program),
  };
}

function noteOf(program: ProgramFacts): string | null {
  if (program.current === null) return program.session.state === 'available' ? l10n.t('It is not being profiled.') : null;
  if (!isCurrent(program)) return l10n.t('These are its last figures; they are in no sum.');
  if (program.isWorker) return l10n.t('Heap and handles are the worker’s own. It shares the CPU and RSS of its process, which are counted there.');
  return program.current.cpuPercent !== null && program.current.cpuUserSeconds === null ? l10n.t('Its CPU is that of its main thread only.') : null;
}

function totalOf(programs: readonly ProgramFacts[]): ProcessTotal {
  const processes = new Map<number | string, ProgramFacts>();
  for (const program of programs) {
    const key = program.session.pid ?? program.session.id;
    // A worker tells the figures of its process too: they count where the process itself is not profiled.
    if (!program.isWorker || !processes.has(key)) processes.set(key, program);
  }
  const shared = [...processes.values()];
  return {
    processes: processes.size,
    workers: programs.filter(({ isWorker }) => isWorker).length,
    cpuPercent: sumOf(shared, ({ current }) => current?.cpuPercent ?? null),
    rssBytes: sumOf(shared, ({ current }) => current?.rssBytes ?? null),
    usedHeapBytes: sumOf(programs, ({ current }) => current?.usedHeapBytes ?? null),
    openHandles: sumOf(programs, ({ current }) => current?.openHandles ?? null),
    stuck: sumOf(programs, ({ stuck }) => stuck),
  } satisfies ProcessFigures & ProcessTotal;
}

/** Of what is known; null when nothing is. */
function sumOf(programs: readonly ProgramFacts[], figure: (program: ProgramFacts) => number | null): number | null {
  const known = programs.map(figure).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
