import * as vscode from 'vscode';
import { displayName } from '../../model/displayName';
import { formatAge, formatMembers, formatQuantity, formatTrend, originText } from '../../model/format';
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
import { placeText, stackNodes, type TreeNode } from './treeNodes';

/** Groups of open handles and pending operations in the order of R10, without what is hidden, with their stacks below. */
export function handlesContent(session: ProfiledSession, hidden: Hidden): TreeContent {
  const { handles } = session.store;
  if (handles === null) return { nodes: [], message: undefined, description: '' };
  const shown = handles.rows.filter((row) => !isHidden(row, hidden));
  const left = handles.rows.length - shown.length;
  const nodes = shown.map((row) => groupNode(row, session.id));
  if (left > 0) nodes.push({ kind: 'note', id: 'hidden', label: `${formatQuantity(left, 'group')} hidden` });
  return { nodes, message: messageOf(handles), description: descriptionOf(handles, hidden) };
}

function messageOf({ missing, pendingMissing, rows }: HandlesView): string | undefined {
  if (missing !== null) return missing;
  const empty = rows.length === 0 ? 'Nothing is open that the program waits for.' : '';
  return [empty, pendingMissing ?? ''].filter((sentence) => sentence !== '').join(' ') || undefined;
}

function descriptionOf(handles: HandlesView, hidden: Hidden): string {
  const { estimated } = membersOf(handles.rows);
  const stuck = stuckMembers(handles, hidden);
  return formatMembers(handles.total, estimated) + (stuck > 0 ? `, ${formatMembers(stuck, estimated)} stuck` : '');
}

function groupNode(row: HandleRow, sessionId: string): TreeNode {
  const opener = openerOf(row);
  const place = opener ? placeText(opener) : '';
  const why = originText(row.origin);
  const own: TreeNode[] = row.stack.length > 0 || why === '' ? stackNodes(row.id, row.stack, sessionId) : [{ kind: 'note', id: `${row.id}/why`, label: why }];
  const cause: TreeNode[] =
    row.causeStack.length > 0
      ? [{ kind: 'note', id: `${row.id}/cause`, label: 'caused by' }, ...stackNodes(`${row.id}/cause`, row.causeStack, sessionId)]
      : [];
  return {
    kind: 'group',
    id: row.id,
    label: `${formatMembers(row.count, row.estimated)} × ${labelText(row)}`,
    description: [formatTrend(row.trend), formatAge(row.longestWait), subjectText(row), place].filter((part) => part !== '').join('  '),
    tooltip: tooltipOf(row, opener ? `${displayName(opener.functionName)}  ${place}` : why),
    icon: handleIcon(row),
    children: [...own, ...cause],
    contextValue: fileOf(row) === null ? TreeItemKind.handleGroup : TreeItemKind.handleGroupWithFile,
    row,
  };
}

/** A line for each thing that is known, what matters most first: a tooltip may be cut. */
function tooltipOf(row: HandleRow, origin: string): string {
  const lines = [
    `${formatMembers(row.count, row.estimated)} × ${labelText(row)}: ${stateText(row)}`,
    row.stuck ? 'Potentially stuck: caused by a request and still open.' : '',
    adviceText(row),
    waitText(row),
    outlivedText(row),
    keepsAliveText(row),
    CATEGORY_TEXTS[row.category].title,
    prefixed('about ', subjectsText(row)),
    prefixed('requests ', routesText(row)),
    prefixed('since the reading before ', formatTrend(row.trend)),
    row.sinceMark === null ? '' : `since the mark ${changeText(row.sinceMark)}`,
    row.estimated ? 'Counts marked ~ are estimates from a sample.' : '',
    origin,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function prefixed(prefix: string, text: string): string {
  return text === '' ? '' : prefix + text;
}

function handleIcon(row: HandleRow): vscode.ThemeIcon {
  if (row.stuck) return new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
  if (isProblem(row)) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  if (row.kind === 'pending') return new vscode.ThemeIcon('watch');
  return new vscode.ThemeIcon(row.category === 'background' ? 'server-process' : 'plug');
}
