import * as vscode from 'vscode';
import { translated } from '../../model/collectorTexts';
import { displayName } from '../../model/displayName';
import { formatAge, formatCount, formatMembers, formatTrend, originText } from '../../model/format';
import { membersOf } from '../../model/handleFilter';
import {
  adviceText,
  CATEGORY_TEXTS,
  changeText,
  keepsAliveText,
  labelText,
  openerOf,
  outlivedText,
  routesText,
  stateText,
  subjectsText,
  subjectText,
  waitText,
} from '../../model/handleText';
import { stuckMembers } from '../../model/health';
import { fileOf, isHidden } from '../../model/hidden';
import { isProblem } from '../../model/problems';
import type { HandleRow, HandlesView, Hidden } from '../../protocol/profile';
import { TreeItemKind } from '../contributions';
import type { ProfiledSession } from '../session/profiledSession';
import type { TreeContent } from './profileTree';
import { placeText, stackNodes, type Icon, type TreeNode } from './treeNodes';

/** Groups of open handles and pending operations in the order of R10, without what is hidden, with their stacks below. */
export function handlesContent(session: ProfiledSession, hidden: Hidden): TreeContent {
  const { handles } = session.store;
  if (handles === null) return { nodes: [], message: undefined, description: '' };
  const shown = handles.rows.filter((row) => !isHidden(row, hidden));
  const left = handles.rows.length - shown.length;
  const nodes = shown.map((row) => groupNode(row, session.id));
  if (left > 0) nodes.push({ kind: 'note', id: 'hidden', label: left === 1 ? vscode.l10n.t('1 group hidden') : vscode.l10n.t('{0} groups hidden', formatCount(left)) });
  return { nodes, message: messageOf(handles), description: descriptionOf(handles, hidden) };
}

function messageOf({ missing, pendingMissing, rows }: HandlesView): string | undefined {
  if (missing !== null) return translated(missing);
  const empty = rows.length === 0 ? vscode.l10n.t('Nothing is open that the program waits for.') : '';
  return [empty, translated(pendingMissing ?? '')].filter((sentence) => sentence !== '').join(' ') || undefined;
}

function descriptionOf(handles: HandlesView, hidden: Hidden): string {
  const { estimated } = membersOf(handles.rows);
  const stuck = stuckMembers(handles, hidden);
  const total = formatMembers(handles.total, estimated);
  return stuck > 0 ? vscode.l10n.t('{0}, {1} stuck', total, formatMembers(stuck, estimated)) : total;
}

/** A number on the view's icon; undefined when nothing is stuck. */
export function stuckBadge(stuckGroups: number): vscode.ViewBadge | undefined {
  if (stuckGroups === 0) return undefined;
  return { value: stuckGroups, tooltip: stuckGroups === 1 ? vscode.l10n.t('1 group is stuck') : vscode.l10n.t('{0} groups are stuck', formatCount(stuckGroups)) };
}

function groupNode(row: HandleRow, sessionId: string): TreeNode {
  const opener = openerOf(row);
  const place = opener ? placeText(opener) : '';
  const why = originText(row.origin);
  const own: TreeNode[] = row.stack.length > 0 || why === '' ? stackNodes(row.id, row.stack, sessionId) : [{ kind: 'note', id: `${row.id}/why`, label: why }];
  const cause: TreeNode[] =
    row.causeStack.length > 0
      ? [{ kind: 'note', id: `${row.id}/cause`, label: vscode.l10n.t('caused by') }, ...stackNodes(`${row.id}/cause`, row.causeStack, sessionId)]
      : [];
  const stack = [...row.stack, ...row.causeStack];
  const label = vscode.l10n.t('{0} × {1}', formatMembers(row.count, row.estimated), labelText(row));
  return {
    kind: 'group',
    id: row.id,
    list: 'handles',
    sessionId,
    label,
    description: [formatTrend(row.trend), formatAge(row.longestWait), subjectText(row), place].filter((part) => part !== '').join('  '),
    tooltip: tooltipOf(row, label, opener ? `${displayName(opener.functionName)}  ${place}` : why),
    icon: handleIcon(row),
    children: [...own, ...cause],
    contextValue: [TreeItemKind.handleGroup, ...(fileOf(row) === null ? [] : [TreeItemKind.withFile]), ...(stack.length > 0 ? [TreeItemKind.withStack] : [])].join(' '),
    stack,
    row,
  };
}

/** A line for each thing that is known, what matters most first: a tooltip may be cut. */
function tooltipOf(row: HandleRow, label: string, origin: string): string {
  const lines = [
    `${label}: ${stateText(row)}`,
    row.stuck ? vscode.l10n.t('Potentially stuck: caused by a request and still open.') : '',
    adviceText(row),
    waitText(row),
    outlivedText(row),
    keepsAliveText(row),
    CATEGORY_TEXTS[row.category].title,
    ifAny(subjectsText(row), (subjects) => vscode.l10n.t('about {0}', subjects)),
    ifAny(routesText(row), (routes) => vscode.l10n.t('requests {0}', routes)),
    ifAny(formatTrend(row.trend), (trend) => vscode.l10n.t('since the reading before {0}', trend)),
    row.sinceMark === null ? '' : vscode.l10n.t('since the mark {0}', changeText(row.sinceMark)),
    row.estimated ? vscode.l10n.t('Counts marked ~ are estimates from a sample.') : '',
    origin,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function ifAny(text: string, say: (text: string) => string): string {
  return text === '' ? '' : say(text);
}

function handleIcon(row: HandleRow): Icon {
  if (row.stuck) return { name: 'error', color: 'problemsErrorIcon.foreground' };
  if (isProblem(row)) return { name: 'warning', color: 'problemsWarningIcon.foreground' };
  if (row.kind === 'pending') return { name: 'watch' };
  return { name: row.category === 'background' ? 'server-process' : 'plug' };
}
