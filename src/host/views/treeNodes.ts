import * as vscode from 'vscode';
import { displayName, visibleText, TITLE_LIMIT } from '../../model/displayName';
import { displayPath, frameTitle } from '../../model/displayPath';
import { foldedText, foldStack } from '../../model/stackFrames';
import type { Frame } from '../../protocol/frames';
import { Command, type RowOnShow } from '../contributions';

/** A row of a tree: a group with its stack below it, a frame, frames that stay folded until asked for, or a line of text. */
export type TreeNode = GroupNode | FrameNode | FoldedNode | NoteNode;

export interface GroupNode extends RowOnShow {
  readonly kind: 'group';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: Icon;
  readonly children: readonly TreeNode[];
  /** What the row is and can, as its context menu goes by: words of TreeItemKind. */
  readonly contextValue: string;
}

/** A codicon and the theme's colour for it. */
export interface Icon {
  readonly name: string;
  readonly color?: string;
}

export interface FrameNode {
  readonly kind: 'frame';
  readonly id: string;
  readonly frame: Frame;
  readonly sessionId: string;
}

export interface FoldedNode {
  readonly kind: 'folded';
  readonly id: string;
  readonly children: readonly FrameNode[];
}

export interface NoteNode {
  readonly kind: 'note';
  readonly id: string;
  readonly label: string;
}

const TOOLTIP_LINES = 20;

/** Labels and tooltips are plain text: what the program calls its functions is never Markdown. */
export function treeItem(node: TreeNode): vscode.TreeItem {
  const item = itemOf(node);
  // Stable over readings: VS Code keeps expansion and selection by it.
  item.id = node.id;
  return item;
}

function itemOf(node: TreeNode): vscode.TreeItem {
  switch (node.kind) {
    case 'group': {
      const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Collapsed);
      item.description = node.description;
      item.tooltip = tooltipText(node.tooltip);
      item.iconPath = new vscode.ThemeIcon(node.icon.name, node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color));
      item.contextValue = node.contextValue;
      // A screen reader has no columns: what a row says becomes one sentence.
      item.accessibilityInformation = { label: [node.label, ...node.description.split('  ')].filter((part) => part !== '').join(', ') };
      return item;
    }
    case 'frame':
      return frameItem(node);
    case 'folded':
      return new vscode.TreeItem(foldedText(node.children.map(({ frame }) => frame)), vscode.TreeItemCollapsibleState.Collapsed);
    case 'note':
      return new vscode.TreeItem(node.label);
  }
}

export function childrenOf(node: TreeNode): readonly TreeNode[] {
  return 'children' in node ? node.children : [];
}

/** The frames of a stack, folded as in the panel. */
export function stackNodes(groupId: string, stack: readonly Frame[], sessionId: string): TreeNode[] {
  let index = 0;
  const frameNode = (frame: Frame): FrameNode => ({ kind: 'frame', id: `${groupId}/${index++}`, frame, sessionId });
  return foldStack(stack).map((part) =>
    part.kind === 'frame' ? frameNode(part.frame) : { kind: 'folded', id: `${groupId}/from ${index}`, children: part.frames.map(frameNode) },
  );
}

/** `file:line` as short as it is clear. */
export function placeText(frame: Frame): string {
  if (frame.file === '') return '';
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const { folder, name } = displayPath(frame.file, folders);
  return `${folder}${name}${frame.line > 0 ? `:${frame.line}` : ''}`;
}

function frameItem({ frame, sessionId }: FrameNode): vscode.TreeItem {
  const item = new vscode.TreeItem(displayName(frame.functionName));
  item.description = placeText(frame);
  item.tooltip = frameTitle(frame);
  if (frame.file === '') return item;
  item.iconPath = new vscode.ThemeIcon(frame.origin === 'user' ? 'go-to-file' : 'file-symlink-file');
  item.command = { command: Command.openFrame, title: vscode.l10n.t('Open Source Line'), arguments: [frame, sessionId] };
  return item;
}

/** Line by line: within a line, a line break of the program's would be written out. */
function tooltipText(text: string): string {
  return text
    .split('\n', TOOLTIP_LINES)
    .map((line) => visibleText(line, TITLE_LIMIT))
    .join('\n');
}
