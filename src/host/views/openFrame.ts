import path from 'node:path';
import * as vscode from 'vscode';
import type { Frame } from '../../protocol/frames';

/**
 * Opens a frame's source at its line and column, in an editor beside the panel. The path comes from the program: it is
 * only ever opened as a text document, and only on a user's click.
 *
 * @param session The debug session the frame is from, while it runs: it alone has the source of Node's own code.
 */
export async function openFrame(frame: Frame, session: vscode.DebugSession | undefined): Promise<void> {
  const uri = await frameUri(frame, session);
  if (uri === null) {
    void vscode.window.showWarningMessage(`${frame.functionName} has no source file: it is native or evaluated code.`);
    return;
  }
  const position = new vscode.Position(Math.max(0, frame.line - 1), Math.max(0, frame.column - 1));
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: editorColumn(), selection: new vscode.Range(position, position) });
  } catch (error) {
    const where = frame.generated ? ` The running code is ${frame.generated.file}:${frame.generated.line}.` : '';
    const reason = error instanceof Error ? error.message.slice(0, 200) : '';
    void vscode.window.showWarningMessage(`Bifrost could not open ${frame.file}.${where} ${reason}`);
  }
}

async function frameUri(frame: Frame, session: vscode.DebugSession | undefined): Promise<vscode.Uri | null> {
  if (frame.file === '') return null;
  if (frame.origin !== 'node') return path.isAbsolute(frame.file) ? vscode.Uri.file(frame.file) : null;
  if (session === undefined) return null;
  // js-debug knows a script of Node's own by a reference, not by a path.
  const location = (await session.customRequest('getPreferredUILocation', {
    source: { path: frame.file },
    line: Math.max(0, frame.line - 1),
    column: Math.max(0, frame.column - 1),
  })) as { source?: vscode.DebugProtocolSource } | undefined;
  return location?.source ? vscode.debug.asDebugSourceUri(location.source, session) : null;
}

/** Where text editors are: not over the panel, and in the column that has one already. */
function editorColumn(): vscode.ViewColumn {
  const shown = vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined)?.viewColumn;
  if (shown !== undefined) return shown;
  const panelIsActive = vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
  return panelIsActive ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
