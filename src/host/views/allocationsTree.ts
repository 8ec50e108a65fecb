import * as vscode from 'vscode';
import { displayName } from '../../model/displayName';
import { formatBytes, formatCompactCount, formatQuantity } from '../../model/format';
import { headlineFrame } from '../../model/stackFrames';
import type { AllocationRow, AllocationQuery } from '../../protocol/allocations';
import type { ProfiledSession } from '../session/profiledSession';
import type { TreeContent } from './profileTree';
import { stackNodes, placeText, type TreeNode } from './treeNodes';

/** More than fit on a screen, and few enough for a native tree that is drawn anew every two seconds. */
const QUERY: AllocationQuery = { grouping: 'sites', measure: 'inUse', expanded: [], limit: 200, filter: '' };

/** Allocation sites in use, largest first (R5), with their stacks below. */
export function allocationsContent(session: ProfiledSession): TreeContent {
  const { rows, total, missing, readAt } = session.store.allocations.view(QUERY);
  if (readAt === null) return { nodes: [], message: missing ?? undefined, description: '' };
  return {
    nodes: rows.map((row) => rowNode(row, session.id)),
    message: missing ?? undefined,
    description: total === null ? '' : `~${formatBytes(total.bytes)}`,
  };
}

function rowNode(row: AllocationRow, sessionId: string): TreeNode {
  if (row.kind === 'site') return siteNode(row, sessionId);
  const bytes = formatBytes(row.self.bytes);
  const label = row.kind === 'more' ? `${formatQuantity(Number(row.label), 'smaller site')}, ~${bytes}` : `${row.label}: ${bytes}`;
  return { kind: 'note', id: row.id, label };
}

function siteNode(row: AllocationRow, sessionId: string): TreeNode {
  const head = headlineFrame(row.stack);
  const name = head ? displayName(head.functionName) : '(no JavaScript stack)';
  const place = head ? placeText(head) : '';
  const share = `${(row.share * 100).toFixed(1)}% of what is in use`;
  return {
    kind: 'group',
    id: row.id,
    label: name,
    description: `~${formatBytes(row.self.bytes)}  ${place}`,
    tooltip: `${name}\n~${formatBytes(row.self.bytes)} in ~${formatCompactCount(row.self.count)} objects, ${share}\n${place}, where the function starts: V8’s sampler knows functions, not lines`,
    icon: new vscode.ThemeIcon('database'),
    children: stackNodes(row.id, row.stack, sessionId),
  };
}
