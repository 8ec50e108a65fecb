/** What is said of a group of open handles or pending operations, in the panel and in the sidebar alike. Plain text. */
import type { HandleCategory, HandleExample } from '../protocol/collector';
import type { Frame } from '../protocol/frames';
import type { HandleRow } from '../protocol/profile';
import { displayName, visibleText } from './displayName';
import { formatAge, formatCount, formatMembers } from './format';
import { headlineFrame } from './stackFrames';

/** As much of a label, state or subject as a row holds. */
const TEXT_CHARACTERS = 120;

/** As much of a sentence of the collector's: it is ours, but comes through the program. */
const SENTENCE_CHARACTERS = 300;

export interface CategoryText {
  readonly text: string;
  readonly title: string;
}

export const CATEGORY_TEXTS: Readonly<Record<HandleCategory, CategoryText>> = {
  background: { text: 'background', title: 'Serves the program as a whole.' },
  per_request: { text: 'per request', title: 'Caused by a request that the program was handling.' },
  unknown: { text: 'unknown cause', title: 'Not known whether a request caused it.' },
};

/** A handle that Node opened by itself has no frame of the user's in its own stack: then what caused it says more. */
export function openerOf(row: Pick<HandleRow, 'stack' | 'causeStack'>): Frame | undefined {
  return headlineFrame([...row.stack, ...row.causeStack]);
}

export function labelText({ label }: Pick<HandleRow, 'label'>): string {
  return visibleText(label, TEXT_CHARACTERS);
}

/** What a group is called where it stands alone: in the list of what is hidden, for a screen reader. */
export function groupName(row: HandleRow): string {
  const opener = openerOf(row);
  if (!opener) return labelText(row);
  return `${labelText(row)}, ${row.kind === 'pending' ? 'in' : 'opened by'} ${displayName(opener.functionName)}`;
}

/** "open, waits for data or close". */
export function stateText({ state, waitReason }: Pick<HandleRow, 'state' | 'waitReason'>): string {
  return visibleText(waitReason === '' ? state : `${state}, waits for ${waitReason}`, TEXT_CHARACTERS);
}

export function adviceText({ advice }: Pick<HandleRow, 'advice'>): string {
  return visibleText(advice, SENTENCE_CHARACTERS);
}

/** The most frequent subject and how many members have another one: "127.0.0.1:5432 and 2 more". '' when none is known. */
export function subjectText({ subjects, count, estimated }: Pick<HandleRow, 'subjects' | 'count' | 'estimated'>): string {
  const [first] = subjects;
  if (first === undefined) return '';
  const others = count - first.count;
  const text = visibleText(first.text, TEXT_CHARACTERS);
  return others > 0 ? `${text} and ${formatMembers(others, estimated)} more` : text;
}

/** Texts with how often each occurs: "GET /users/:id ×3, POST /orders". */
function tallyText(tallies: readonly { readonly text: string; readonly count: number }[], estimated: boolean): string {
  return tallies.map(({ text, count }) => visibleText(text, TEXT_CHARACTERS) + (count > 1 ? ` ×${formatMembers(count, estimated)}` : '')).join(', ');
}

export function subjectsText({ subjects, estimated }: Pick<HandleRow, 'subjects' | 'estimated'>): string {
  return tallyText(subjects, estimated);
}

export function routesText({ routes, estimated }: Pick<HandleRow, 'routes' | 'estimated'>): string {
  return tallyText(routes.map(({ route, count }) => ({ text: route, count })), estimated);
}

/** "oldest 1 h 20 min, median 3 min, newest 4 s; last activity 2 s ago"; before it the longest wait, where that is not the age. */
export function waitText({ count, longestWait, oldest, median, newest, sinceActivity }: HandleRow): string {
  const [wait, age] = [formatAge(longestWait), formatAge(oldest)];
  const parts = count === 1 ? [wait] : [`oldest ${age}, median ${formatAge(median)}, newest ${formatAge(newest)}`];
  if (wait !== age) {
    if (count === 1) parts.push(`open for ${age}`);
    else parts.unshift(`longest wait ${wait}`);
  }
  if (sinceActivity !== null) parts.push(activityText(sinceActivity));
  return parts.join('; ');
}

/** "last activity 4 s ago". */
export function activityText(sinceActivity: NonNullable<HandleExample['sinceActivity']>): string {
  return `last activity ${formatAge(sinceActivity)} ago`;
}

/** Whether the group keeps the process from ending: '' when Node does not tell. */
export function keepsAliveText({ keepsAlive, count, estimated }: HandleRow): string {
  if (keepsAlive === null) return '';
  if (keepsAlive === 0) return 'unref’d: does not keep the process alive';
  if (keepsAlive >= count) return count === 1 ? 'keeps the process alive' : 'each of them keeps the process alive';
  return `${formatMembers(keepsAlive, estimated)} of ${formatMembers(count, estimated)} keep the process alive`;
}

/** '' when none did. */
export function outlivedText({ outlived, count, estimated }: HandleRow): string {
  if (outlived === 0) return '';
  if (count === 1) return 'still open although its request is over';
  return `${formatMembers(outlived, estimated)} of ${formatMembers(count, estimated)} still open although their request is over`;
}

/** A change with its sign: "+12", "-3", "±0". */
export function changeText(change: number): string {
  return change === 0 ? '±0' : `${change > 0 ? '+' : ''}${formatCount(change)}`;
}
