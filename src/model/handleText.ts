/** What is said of a group of open handles or pending operations, in the panel and in the sidebar alike. Plain text. */
import * as l10n from '@vscode/l10n';
import type { HandleCategory, HandleExample } from '../protocol/collector';
import type { Frame } from '../protocol/frames';
import type { HandleRow } from '../protocol/profile';
import { displayName, visibleText } from './displayName';
import { translated } from './collectorTexts';
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
  background: { text: l10n.t('background'), title: l10n.t('Serves the program as a whole.') },
  per_request: { text: l10n.t('per request'), title: l10n.t('Caused by a request that the program was handling.') },
  unknown: { text: l10n.t('unknown cause'), title: l10n.t('Not known whether a request caused it.') },
};

/** A handle that Node opened by itself has no frame of the user's in its own stack: then what caused it says more. */
export function openerOf(row: Pick<HandleRow, 'stack' | 'causeStack'>): Frame | undefined {
  return headlineFrame([...row.stack, ...row.causeStack]);
}

export function labelText({ label }: Pick<HandleRow, 'label'>): string {
  return visibleText(translated(label), TEXT_CHARACTERS);
}

/** What a group is called where it stands alone: in the list of what is hidden, for a screen reader. */
export function groupName(row: HandleRow): string {
  const opener = openerOf(row);
  if (!opener) return labelText(row);
  const name = displayName(opener.functionName);
  return row.kind === 'pending' ? l10n.t('{0}, in {1}', labelText(row), name) : l10n.t('{0}, opened by {1}', labelText(row), name);
}

/** "open, waits for data or close". */
export function stateText({ state, waitReason }: Pick<HandleRow, 'state' | 'waitReason'>): string {
  return visibleText(waitReason === '' ? translated(state) : l10n.t('{0}, waits for {1}', translated(state), translated(waitReason)), TEXT_CHARACTERS);
}

export function adviceText({ advice }: Pick<HandleRow, 'advice'>): string {
  return visibleText(translated(advice), SENTENCE_CHARACTERS);
}

/** The most frequent subject and how many members have another one: "127.0.0.1:5432 and 2 more". '' when none is known. */
export function subjectText({ subjects, count, estimated }: Pick<HandleRow, 'subjects' | 'count' | 'estimated'>): string {
  const [first] = subjects;
  if (first === undefined) return '';
  const others = count - first.count;
  const text = visibleText(first.text, TEXT_CHARACTERS);
  return others > 0 ? l10n.t('{0} and {1} more', text, formatMembers(others, estimated)) : text;
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
  const parts = count === 1 ? [wait] : [l10n.t('oldest {0}, median {1}, newest {2}', age, formatAge(median), formatAge(newest))];
  if (wait !== age) {
    if (count === 1) parts.push(l10n.t('open for {0}', age));
    else parts.unshift(l10n.t('longest wait {0}', wait));
  }
  if (sinceActivity !== null) parts.push(activityText(sinceActivity));
  return parts.join('; ');
}

/** "last activity 4 s ago". */
export function activityText(sinceActivity: NonNullable<HandleExample['sinceActivity']>): string {
  return l10n.t('last activity {0} ago', formatAge(sinceActivity));
}

/** Whether the group keeps the process from ending: '' when Node does not tell. */
export function keepsAliveText({ keepsAlive, count, estimated }: HandleRow): string {
  if (keepsAlive === null) return '';
  if (keepsAlive === 0) return l10n.t('unref’d: does not keep the process alive');
  if (keepsAlive >= count) return count === 1 ? l10n.t('keeps the process alive') : l10n.t('each of them keeps the process alive');
  return l10n.t('{0} of {1} keep the process alive', formatMembers(keepsAlive, estimated), formatMembers(count, estimated));
}

/** '' when none did. */
export function outlivedText({ outlived, count, estimated }: HandleRow): string {
  if (outlived === 0) return '';
  if (count === 1) return l10n.t('still open although its request is over');
  return l10n.t('{0} of {1} still open although their request is over', formatMembers(outlived, estimated), formatMembers(count, estimated));
}

/** A change with its sign: "+12", "-3", "±0". */
export function changeText(change: number): string {
  return change === 0 ? '±0' : `${change > 0 ? '+' : ''}${formatCount(change)}`;
}
