/** A window that is loaded anew: the extension host, and the tests in it, end with it and begin again in the new one. A file in the workspace tells the two apart. */
import { existsSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { workspaceFile } from './debugging';

const markFile = () => workspaceFile('reloaded.txt').fsPath;

/** Whether these tests run in the new window. */
export function isReloaded(): boolean {
  return existsSync(markFile());
}

/** Never settles: this extension host ends. */
export async function reloadWindow(): Promise<never> {
  writeFileSync(markFile(), '');
  // The call is cancelled with the window that was to answer it.
  void vscode.commands.executeCommand('workbench.action.reloadWindow').then(undefined, () => undefined);
  return new Promise(() => undefined);
}
