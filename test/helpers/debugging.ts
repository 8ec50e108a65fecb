/** Debug sessions as a user starts them, and the extension's API, for tests inside VS Code. */
import * as vscode from 'vscode';
import type { BifrostApi } from '../../src/host/api';
import type { SessionInfo } from '../../src/protocol/reports';
import { waitFor } from './waitFor';

export async function bifrost(): Promise<BifrostApi> {
  const extension = vscode.extensions.getExtension<BifrostApi>('bifrost.bifrost-profiler');
  if (!extension) throw new Error('The extension under test is not there.');
  return extension.activate();
}

export function workspaceFolder(): vscode.WorkspaceFolder {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  return folder;
}

export function workspaceFile(...parts: string[]): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder().uri, ...parts);
}

/** A program that is being debugged: what it prints, and the session that can be profiled. */
export interface DebuggedProgram {
  readonly sessionId: string;
  /** Waits until the program has printed a line that contains `text`. */
  printed(text: string): Promise<void>;
}

/** Debugs a configuration of the workspace's launch.json, or one given in full, until its program can be profiled. */
export async function debug(configuration: string | vscode.DebugConfiguration): Promise<DebuggedProgram> {
  const api = await bifrost();
  const known = new Set(api.sessions.map(({ id }) => id));
  const output: string[] = [];
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: () => ({
      onDidSendMessage: (message: { event?: string; body?: { output?: string } }) => {
        if (message.event === 'output' && message.body?.output !== undefined) output.push(message.body.output);
      },
    }),
  });
  if (!(await vscode.debug.startDebugging(workspaceFolder(), configuration))) throw new Error('Debugging did not start.');
  const session = await waitFor('a session that can be profiled', () => api.sessions.find(({ id }) => !known.has(id)));
  return {
    sessionId: session.id,
    printed: async (text) => {
      await waitFor(`the program to print ${text}`, () => (output.join('').includes(text) ? true : undefined));
      tracker.dispose();
    },
  };
}

/** A Node.js program of the workspace, started by its path. */
export function launchOf(program: string, more: Partial<vscode.DebugConfiguration> = {}): vscode.DebugConfiguration {
  return { type: 'node', request: 'launch', name: program, program: workspaceFile(program).fsPath, console: 'internalConsole', ...more };
}

/** Debugs a program of the workspace, which prints `ready`, and profiles it. */
export async function debugProfiled(file: string): Promise<DebuggedProgram> {
  const program = await debug(launchOf(file));
  await program.printed('ready');
  await vscode.commands.executeCommand('bifrost.startProfiler', program.sessionId);
  await stateOf(program.sessionId, 'live');
  return program;
}

/** Ends all debugging and waits until no session is left. */
export async function stopDebugging(): Promise<void> {
  const api = await bifrost();
  await vscode.debug.stopDebugging();
  const isOver = ({ state }: SessionInfo) => state === 'ended' || state === 'saved';
  await waitFor('all debug sessions to end', () => (api.sessions.every(isOver) ? true : undefined));
}

/** Waits for a session to reach one of the states. */
export async function stateOf(sessionId: string, ...states: SessionInfo['state'][]): Promise<SessionInfo> {
  const api = await bifrost();
  const find = () => api.sessions.find(({ id }) => id === sessionId);
  const reached = () => {
    const session = find();
    return session && states.includes(session.state) ? session : undefined;
  };
  return waitFor(() => `the session to be ${states.join(' or ')}; it is ${find()?.state ?? 'unknown'}`, reached);
}

/** Waits until an editor shows `file` with the cursor on `line`, counted from 1. */
export async function editorAt(file: vscode.Uri, line: number): Promise<void> {
  const where = () => {
    const editor = vscode.window.activeTextEditor;
    return editor ? `${editor.document.uri.fsPath}:${editor.selection.active.line + 1}` : 'no editor';
  };
  const isThere = () => (where() === `${file.fsPath}:${line}` ? true : undefined);
  await waitFor(() => `an editor at ${file.fsPath}:${line}; the active one is ${where()}`, isThere);
}

/** Evaluates in the active program, as the debug console does. */
export async function evaluate(expression: string): Promise<string> {
  const session = await waitFor('an active debug session', () => vscode.debug.activeDebugSession);
  const reply = (await session.customRequest('evaluate', { expression, context: 'repl' })) as { result: string };
  return reply.result;
}
