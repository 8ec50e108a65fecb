import * as vscode from 'vscode';
import { displayName } from '../../model/displayName';
import { formatBytes, formatCompactCount } from '../../model/format';
import { headlineFrame } from '../../model/stackFrames';
import type { SiteRow } from '../../protocol/profile';
import type { ProfiledSession } from '../session/profiledSession';
import type { TreeContent } from './profileTree';
import { stackNodes, placeText, type TreeNode } from './treeNodes';

/** Allocation sites in use, largest first (R5), with their stacks below. */
export function allocationsContent(session: ProfiledSession): TreeContent {
  const { allocations } = session.store;
  if (allocations === null) return { nodes: [], message: undefined, description: '' };
  const nodes: TreeNode[] = allocations.rows.map((row) => siteNode(row, allocations.totalBytes, session.id));
  if (allocations.omittedSites > 0) {
    nodes.push({ kind: 'note', id: 'omitted', label: `${allocations.omittedSites} smaller sites are not listed` });
  }
  return {
    nodes,
    message: allocations.missing ?? undefined,
    description: allocations.missing === null ? `~${formatBytes(allocations.totalBytes)}` : '',
  };
}

function siteNode(row: SiteRow, totalBytes: number, sessionId: string): TreeNode {
  const head = headlineFrame(row.stack);
  const name = head ? displayName(head.functionName) : '(no JavaScript stack)';
  const place = head ? placeText(head) : '';
  const share = totalBytes > 0 ? `${((row.bytes / totalBytes) * 100).toFixed(1)}% of what is in use` : '';
  return {
    kind: 'group',
    id: row.id,
    label: name,
    description: `~${formatBytes(row.bytes)}  ${place}`,
    tooltip: `${name}\n~${formatBytes(row.bytes)} in ~${formatCompactCount(row.count)} objects, ${share}\n${place}, where the function starts: V8’s sampler knows functions, not lines`,
    icon: new vscode.ThemeIcon('database'),
    children: stackNodes(row.id, row.stack, sessionId),
  };
}
