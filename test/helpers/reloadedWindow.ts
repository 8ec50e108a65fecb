/** Windows that follow each other: the extension host, and the tests in it, end with one and begin again in the next. A file in the workspace tells which one it is. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { workspaceFile } from './debugging';
import { perform } from './driver';

const countFile = () => workspaceFile('windows.txt').fsPath;

/** How many windows there were before the one in which these tests run. */
export function windowsBefore(): number {
  return existsSync(countFile()) ? Number(readFileSync(countFile(), 'utf8')) : 0;
}

/** Loads the window anew. Never settles: this extension host ends. */
export async function reloadWindow(): Promise<never> {
  return end(vscode.commands.executeCommand('workbench.action.reloadWindow'));
}

/** Closes the window, and opens another one with what VS Code remembers. Never settles: this extension host ends. */
export async function reopenWindow(): Promise<never> {
  return end(perform('reopen', {}));
}

async function end(ending: PromiseLike<unknown>): Promise<never> {
  writeFileSync(countFile(), String(windowsBefore() + 1));
  // The call is cancelled with the window that was to answer it.
  void ending.then(undefined, () => undefined);
  return new Promise(() => undefined);
}
