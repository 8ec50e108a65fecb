import path from 'node:path';
import * as vscode from 'vscode';
import { messageText } from '../../model/displayName';
import type { Frame } from '../../protocol/frames';
import { isUrl } from '../session/sourceMapper';
import type { LocatedSources } from '../session/locatedSources';

/** As much of a path, or of what the system says of it, as a message holds. */
const PATH_LIMIT = 300;

/** A path of Windows that names another computer: to look at it logs in there, and the path is the program's. */
const OTHER_COMPUTER = /^[\\/]{2}/;

export interface OpenOptions {
  /** Only have a look: in the editor that the next one replaces, and without taking the focus. */
  readonly preview?: boolean;
}

export interface FrameParts {
  /** The debug session the frame is from, while it runs: it alone has the source of Node's own code. */
  readonly session: vscode.DebugSession | undefined;
  readonly located: LocatedSources;
}

/**
 * Opens a frame's source at its line and column, in an editor beside the panel. The path comes from the program: it is only
 * ever opened as a text document, and only when the user asked. What is not there the user may locate; it is remembered.
 */
export async function openFrame(frame: Frame, parts: FrameParts, options: OpenOptions = {}): Promise<void> {
  const uri = await frameUri(frame, parts);
  if (uri === null) {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} has no source file: it is native or evaluated code.', messageText(frame.functionName, PATH_LIMIT)));
    return;
  }
  try {
    await show(uri, frame, options);
  } catch (error) {
    await offerToLocate(frame, uri, error, parts, options);
  }
}

async function show(uri: vscode.Uri, { line, column }: Frame, { preview = false }: OpenOptions): Promise<void> {
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: editorColumn(), selection: new vscode.Range(position, position), preview, preserveFocus: preview });
}

/** Says which path was tried and what the system said, and asks where the file is. */
async function offerToLocate(frame: Frame, tried: vscode.Uri, error: unknown, parts: FrameParts, options: OpenOptions): Promise<void> {
  const locate = vscode.l10n.t('Locate File…');
  const where = frame.generated
    ? vscode.l10n.t('The running code is {0}.', messageText(`${frame.generated.file}:${frame.generated.line}`, PATH_LIMIT))
    : '';
  const text = [await whyNotOpened(frame, tried, error), where].filter((part) => part !== '').join(' ');
  const actions = tried.scheme === 'file' ? [locate] : [];
  if ((await vscode.window.showWarningMessage(text, ...actions)) !== locate) return;
  const name = path.posix.basename(frame.file.replaceAll('\\', '/'));
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [found] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Where is {0}?', messageText(name, PATH_LIMIT)), ...(folder && { defaultUri: folder }) })) ?? [];
  if (found === undefined) return;
  parts.located.remember(frame.file, found.fsPath);
  try {
    await show(found, frame, options);
  } catch (again) {
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be opened as text: {1}', messageText(found.fsPath, PATH_LIMIT), messageText(again instanceof Error ? again.message : String(again), PATH_LIMIT)));
  }
}

/** With the path that was tried. What VS Code says of a file that is not there is long, and says no more than that. */
async function whyNotOpened(frame: Frame, tried: vscode.Uri, error: unknown): Promise<string> {
  const file = messageText(tried.scheme === 'file' ? tried.fsPath : frame.file, PATH_LIMIT);
  const isThere = await vscode.workspace.fs.stat(tried).then(
    () => true,
    () => false,
  );
  if (!isThere) return vscode.l10n.t('There is no file {0}.', file);
  return vscode.l10n.t('{0} could not be opened as text: {1}', file, error instanceof Error ? messageText(error.message, PATH_LIMIT) : '');
}

async function frameUri(frame: Frame, { session, located }: FrameParts): Promise<vscode.Uri | null> {
  if (frame.file === '') return null;
  if (frame.origin !== 'node' && !isUrl(frame.file)) {
    const file = located.find(frame.file);
    return isOfThisMachine(file) ? vscode.Uri.file(file) : null;
  }
  const source = session && (await debuggersSource(frame, session));
  // One that has a path and no reference is a file, whatever the program called it.
  if (!source || (source.sourceReference === undefined && !isOfThisMachine(source.path ?? ''))) return null;
  return vscode.debug.asDebugSourceUri(source, session);
}

/** js-debug knows a script of Node's own by a reference, not by a path, and one of a page by its URL. */
async function debuggersSource(frame: Frame, session: vscode.DebugSession): Promise<vscode.DebugProtocolSource & { readonly path?: string; readonly sourceReference?: number } | undefined> {
  const { file, line, column } = frame.generated ?? frame;
  const location = (await session.customRequest('getPreferredUILocation', {
    ...(frame.origin !== 'node' && { originalUrl: file }),
    source: { path: file },
    line: Math.max(0, line - 1),
    column: Math.max(0, column - 1),
  })) as { source?: vscode.DebugProtocolSource } | undefined;
  return location?.source;
}

/** Also a path of Windows is one elsewhere: then it is not found, and the user can say where the file is. */
function isOfThisMachine(file: string): boolean {
  if (OTHER_COMPUTER.test(file)) return (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => file.startsWith(uri.fsPath));
  return path.posix.isAbsolute(file) || path.win32.isAbsolute(file);
}

/** Where text editors are: not over the panel, and in the column that has one already. */
function editorColumn(): vscode.ViewColumn {
  const shown = vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined)?.viewColumn;
  if (shown !== undefined) return shown;
  const panelIsActive = vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
  return panelIsActive ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
