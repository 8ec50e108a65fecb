/** Compares what a program of test/fixtures/kinds says it has open with what the collector says of it. */
import type { HandleCategory, HandleGroup, HandleReading } from '../../src/protocol/collector';
import { lineIn } from './collectorProbe';

/** One row of a program's own truth: see test/fixtures/kinds/truth.js, where each field is explained. */
export interface Opened {
  readonly type: string;
  readonly label: string;
  readonly state: string;
  readonly count: number;
  readonly file: string;
  readonly line: number;
  readonly category: HandleCategory;
  readonly keepsAlive: number | null;
  readonly about?: readonly string[] | null;
  readonly routes?: readonly string[];
  readonly outlived?: number;
  readonly late?: false | Partial<Opened>;
}

/** What is compared: everything but numbers makes the key, numbers of one key are added up. */
interface Row {
  readonly label: string;
  readonly state: string;
  readonly key: string;
  readonly count: number;
  readonly keepsAlive: number | null;
  readonly outlived: number;
}

/** One row of the table that is printed: a kind in a state, and 'ok' or what differs. */
export interface Verdict {
  readonly kind: string;
  readonly text: string;
}

/** What a collector must say that was there before the program's first line. */
export function expectedRows(opened: readonly Opened[]): Row[] {
  return merged(opened.map((row) => expectedRow(row, `at ${row.file}:${row.line}`)));
}

/**
 * What it must say that came later. It knows no lines and no causes, and Node lists only what keeps the process alive: where
 * `late` gives another count, that is how many do.
 */
export function expectedLateRows(opened: readonly Opened[]): Row[] {
  return merged(
    opened.flatMap((row) => {
      if (row.late === false) return [];
      const category = ALWAYS_BACKGROUND.has(row.late?.label ?? row.label) ? 'background' : 'unknown';
      const late: Opened = { ...row, category, outlived: 0, keepsAlive: row.late?.count ?? row.keepsAlive, ...row.late };
      return [expectedRow(late, 'earlier')];
    }),
  );
}

/** Kinds that are background whoever opened them, so that nothing has to be known of who did. */
const ALWAYS_BACKGROUND = new Set(['TCP server', 'Pipe server', 'Interval', 'File watcher', 'File poller', 'Signal listener']);

/** What it says: groups of different stacks that share a line are one row. */
export function actualRows(file: string, { groups, frames }: HandleReading): Row[] {
  return merged(
    groups
      .filter(({ kind }) => kind === 'handle')
      .map((group) => {
        const line = lineIn(file, frames, group);
        const { label, state, count, keepsAlive, outlived } = group;
        const where = group.origin === 'known' ? `at ${line || 'no line of the program'}` : group.origin;
        return { label, state, key: keyOf(group, where), count, keepsAlive, outlived };
      }),
  );
}

function expectedRow(row: Opened, where: string): Row {
  const { label, state, count, keepsAlive, outlived = 0 } = row;
  return { label, state, key: keyOf(row, where), count, keepsAlive, outlived };
}

function keyOf({ type, label, state, category }: Pick<HandleGroup, 'type' | 'label' | 'state' | 'category'>, where: string): string {
  return `${label} (${type}), ${state}, ${category}, ${where}`;
}

function merged(rows: readonly Row[]): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const before = byKey.get(row.key);
    byKey.set(row.key, before ? { ...before, ...sums(before, row) } : row);
  }
  return [...byKey.values()];
}

function sums(a: Row, b: Row): Pick<Row, 'count' | 'keepsAlive' | 'outlived'> {
  return {
    count: a.count + b.count,
    keepsAlive: a.keepsAlive === null || b.keepsAlive === null ? null : a.keepsAlive + b.keepsAlive,
    outlived: a.outlived + b.outlived,
  };
}

/** A row as text, for an assertion whose failure is to be read. */
export function rowTexts(rows: readonly Row[]): string[] {
  return rows.map(rowText).sort();
}

function rowText({ count, key, keepsAlive, outlived }: Row): string {
  return `${count} ${key}, ${keepsAlive ?? 'nobody knows how many'} keep alive${outlived > 0 ? `, ${outlived} outlived` : ''}`;
}

/** Per kind and state: 'ok', or what the collector says instead. */
export function verdicts(expected: readonly Row[], actual: readonly Row[]): Verdict[] {
  const kindOf = ({ label, state }: Row) => `${label}, ${state}`;
  const kinds = new Set([...expected, ...actual].map(kindOf));
  return [...kinds].map((kind) => {
    const textsOf = (rows: readonly Row[]) => rowTexts(rows.filter((row) => kindOf(row) === kind));
    const [wanted, got] = [textsOf(expected), textsOf(actual)];
    const missing = wanted.filter((text) => !got.includes(text));
    const surplus = got.filter((text) => !wanted.includes(text));
    if (missing.length + surplus.length === 0) return { kind, text: 'ok' };
    return { kind, text: `wanted ${missing.join('; ') || 'nothing'}, got ${surplus.join('; ') || 'nothing'}` };
  });
}
