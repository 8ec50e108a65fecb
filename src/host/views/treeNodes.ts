import * as vscode from 'vscode';
import { displayName, visibleText, TITLE_LIMIT } from '../../model/displayName';
import { displayPath, frameTitle } from '../../model/displayPath';
import type { Frame } from '../../protocol/frames';
import { Command } from '../contributions';

/** A row of a tree: a group with frames below it, a frame, or a line of text. */
export type TreeNode = GroupNode | FrameNode | NoteNode;

export interface GroupNode {
  readonly kind: 'group';
  /** Stable over readings: VS Code keeps expansion and selection by it. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: vscode.ThemeIcon;
  readonly children: readonly TreeNode[];
}

export interface FrameNode {
  readonly kind: 'frame';
  readonly id: string;
  readonly frame: Frame;
  readonly sessionId: string;
}

export interface NoteNode {
  readonly kind: 'note';
  readonly id: string;
  readonly label: string;
}

/** Labels and tooltips are plain text: what the program calls its functions is never Markdown. */
export function treeItem(node: TreeNode): vscode.TreeItem {
  switch (node.kind) {
    case 'group': {
      const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Collapsed);
      item.description = node.description;
      item.tooltip = visibleText(node.tooltip, TITLE_LIMIT);
      item.iconPath = node.icon;
      return withId(item, node.id);
    }
    case 'frame':
      return withId(frameItem(node), node.id);
    case 'note':
      return withId(new vscode.TreeItem(node.label), node.id);
  }
}

export function frameNodes(groupId: string, stack: readonly Frame[], sessionId: string): FrameNode[] {
  return stack.map((frame, index) => ({ kind: 'frame', id: `${groupId}/${index}`, frame, sessionId }));
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
  item.command = { command: Command.openFrame, title: 'Open Source Line', arguments: [frame, sessionId] };
  return item;
}

function withId(item: vscode.TreeItem, id: string): vscode.TreeItem {
  item.id = id;
  return item;
}
