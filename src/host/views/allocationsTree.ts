import * as vscode from 'vscode';
import { translated } from '../../model/collectorTexts';
import { displayName } from '../../model/displayName';
import { formatBytes, formatCompactCount, formatCount, formatPercent } from '../../model/format';
import { headlineFrame } from '../../model/stackFrames';
import type { AllocationRow, AllocationQuery } from '../../protocol/allocations';
import { TreeItemKind } from '../contributions';
import type { ProfiledSession } from '../session/profiledSession';
import type { TreeContent } from './profileTree';
import { stackNodes, placeText, type TreeNode } from './treeNodes';

/** More than fit on a screen, and few enough for a native tree that is drawn anew every two seconds. */
const QUERY: AllocationQuery = { grouping: 'sites', measure: 'inUse', expanded: [], limit: 200, filter: '' };

const READ_ON_DEMAND = vscode.l10n.t('Each reading collects garbage, so none was taken yet: choose “Collect garbage, then read”.');

/** Allocation sites in use, largest first (R5), with their stacks below. */
export function allocationsContent(session: ProfiledSession): TreeContent {
  const { rows, total, missing, readAt, mode } = session.store.allocations.view(QUERY);
  if (readAt === null) return { nodes: [], message: missing === null ? (mode === 'onDemand' ? READ_ON_DEMAND : undefined) : translated(missing), description: '' };
  return {
    nodes: rows.map((row) => rowNode(row, session.id)),
    message: missing === null ? undefined : translated(missing),
    description: total === null ? '' : `~${formatBytes(total.bytes)}`,
  };
}

function rowNode(row: AllocationRow, sessionId: string): TreeNode {
  if (row.kind === 'site') return siteNode(row, sessionId);
  const bytes = formatBytes(row.self.bytes);
  if (row.kind !== 'more') return { kind: 'note', id: row.id, label: `${row.label}: ${bytes}` };
  const left = Number(row.label);
  const label = left === 1 ? vscode.l10n.t('1 smaller site, ~{0}', bytes) : vscode.l10n.t('{0} smaller sites, ~{1}', formatCount(left), bytes);
  return { kind: 'note', id: row.id, label };
}

function siteNode(row: AllocationRow, sessionId: string): TreeNode {
  const head = headlineFrame(row.stack);
  const name = head ? displayName(head.functionName) : vscode.l10n.t('(no JavaScript stack)');
  const place = head ? placeText(head) : '';
  const bytes = formatBytes(row.self.bytes);
  const lines = [
    name,
    vscode.l10n.t('~{0} in ~{1} objects, {2} of what is in use', bytes, formatCompactCount(row.self.count), formatPercent(row.share * 100)),
    place === '' ? '' : vscode.l10n.t('{0}, where the function starts: V8’s sampler knows functions, not lines', place),
  ];
  return {
    kind: 'group',
    id: row.id,
    list: 'allocations',
    sessionId,
    label: name,
    description: `~${bytes}  ${place}`,
    tooltip: lines.filter((line) => line !== '').join('\n'),
    icon: { name: 'database' },
    children: stackNodes(row.id, row.stack, sessionId),
    contextValue: [TreeItemKind.allocationSite, ...(row.stack.length > 0 ? [TreeItemKind.withStack] : [])].join(' '),
    stack: row.stack,
  };
}
