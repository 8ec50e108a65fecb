import * as vscode from 'vscode';
import { displayName, visibleText } from '../../model/displayName';
import { formatAge } from '../../model/format';
import { headlineFrame } from '../../model/stackFrames';
import type { HandleRow } from '../../protocol/profile';
import type { ProfiledSession } from '../session/profiledSession';
import type { TreeContent } from './profileTree';
import { frameNodes, placeText, type TreeNode } from './treeNodes';

/** Groups of open handles in the order of R10, with their creation stacks below. */
export function handlesContent(session: ProfiledSession): TreeContent {
  const { handles } = session.store;
  if (handles === null) return { nodes: [], message: undefined, description: '' };
  const stuck = handles.summary.potentiallyStuck;
  return {
    nodes: handles.rows.map((row) => groupNode(row, session.id)),
    message: handles.missing ?? (handles.rows.length === 0 ? 'No handle that was opened since profiling began is still open.' : undefined),
    description: `${handles.total}${stuck > 0 ? `, ${stuck} stuck` : ''}`,
  };
}

const CATEGORY_TEXT = { background: 'background work', per_request: 'opened by a request', unknown: 'cause not known' } as const;

function groupNode(row: HandleRow, sessionId: string): TreeNode {
  const head = headlineFrame([...row.stack, ...row.causeStack]);
  const place = head ? placeText(head) : '';
  const waits = row.waitReason === '' ? row.state : `${row.state}, waits for ${row.waitReason}`;
  const cause: TreeNode[] =
    row.causeStack.length > 0
      ? [{ kind: 'note', id: `${row.id}/cause`, label: 'caused by' }, ...frameNodes(`${row.id}/cause`, row.causeStack, sessionId)]
      : [];
  return {
    kind: 'group',
    id: row.id,
    label: `${row.count} × ${visibleText(row.label, 80)}`,
    description: `${formatAge(row.oldest)}  ${place}`,
    tooltip: [
      `${row.count} × ${row.label}: ${waits}`,
      `oldest ${formatAge(row.oldest)}, median ${formatAge(row.median)}; ${CATEGORY_TEXT[row.category]}`,
      ...(row.stuck ? ['Potentially stuck: opened by a request and still open.'] : []),
      ...(head ? [`${displayName(head.functionName)}  ${place}`] : []),
    ].join('\n'),
    icon: handleIcon(row),
    children: [...frameNodes(row.id, row.stack, sessionId), ...cause],
  };
}

function handleIcon({ stuck, longWaiting, category }: HandleRow): vscode.ThemeIcon {
  if (stuck) return new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
  if (longWaiting && category !== 'background') {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  }
  return new vscode.ThemeIcon(category === 'background' ? 'server-process' : 'plug');
}
