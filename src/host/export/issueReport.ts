/** The text that goes with a report of a fault: what is needed to understand it, and nothing of the user's. */
import type { ProcessesView } from '../../protocol/processes';
import type { LogLine } from '../session/logMemory';

export interface IssueFacts {
  /** Versions and the like, by name. */
  readonly environment: Readonly<Record<string, string>>;
  /** Settings that are not as they come: their names and, where it is no text, their values. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly processes: ProcessesView;
  readonly log: readonly LogLine[];
}

/** Characters of one line of the log. */
const MAX_LINE = 500;

/**
 * Names of programs are replaced by numbers, paths by their last part, and what is in quotes or said by the program is left
 * out: it may hold anything.
 */
export function issueReport({ environment, settings, processes, log }: IssueFacts): string {
  const names = new Map<string, string>();
  for (const { session } of processes.rows) if (!names.has(session.name)) names.set(session.name, `program ${names.size + 1}`);
  const programs = processes.rows.map(({ session, kind, depth, isCurrent }) =>
    [`${'  '.repeat(depth)}${names.get(session.name) ?? ''}`, kind, session.state, session.nodeVersion ?? 'version unknown', isCurrent ? '' : 'old figures'].filter(Boolean).join(', '),
  );
  return [
    'What happened, and what did you expect?',
    '',
    '',
    'Below is what Bifrost knows of itself. Look it through before you send it: nothing is sent by itself.',
    ...section('Versions', Object.entries(environment).map(([name, value]) => `${name}: ${withoutPaths(value)}`)),
    ...section('Settings that were changed', Object.entries(settings).map(([name, value]) => `${name}: ${settingText(value)}`)),
    ...section('Programs', programs),
    ...section('Log', log.map(({ time, level, message }) => `${new Date(time).toISOString()} ${level}: ${withoutUserData(message, names)}`)),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', `== ${title}`, ...(lines.length > 0 ? lines : ['none'])];
}

/** Patterns of the user's are texts of the user's code. */
function settingText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? `${value.length} entries` : 'changed';
}

/** @param names What to call programs instead of their names. */
export function withoutUserData(message: string, names: ReadonlyMap<string, string>): string {
  let text = message;
  for (const [name, stand] of names) text = text.replaceAll(name, stand);
  text = text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/(could not run in the program): .*/g, '$1: (left out)')
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '"…"');
  return withoutPaths(text).slice(0, MAX_LINE);
}

/** Only the last part of a path says something about the fault. */
function withoutPaths(text: string): string {
  return text.replaceAll(/(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][^\\/\s:'"]+)+[\\/]([^\\/\s:'"]+)/g, '…/$1');
}
