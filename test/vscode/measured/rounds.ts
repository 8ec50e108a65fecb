/** An extension is activated once in an extension host. So the window is loaded anew for each round, and these tests begin again with it. */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { workspaceFile } from '../../helpers/debugging';

const ROUNDS = 5;
const FILE = workspaceFile('rounds.json').fsPath;

/** What one activation took, in milliseconds. */
export interface Activation {
  /** Until its code was there. */
  readonly loading: number;
  /** Of `activate` itself. */
  readonly call: number;
}

/** Of the rounds before this one. */
export const earlier: readonly Activation[] = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Activation[]) : [];

export const isLastRound = earlier.length >= ROUNDS - 1;

/** Begins the next round; this one is over, and so is this extension host. */
export async function beginNextRound(activation: Activation): Promise<never> {
  await writeFile(FILE, JSON.stringify([...earlier, activation]));
  // The call is cancelled with the window that was to answer it.
  void vscode.commands.executeCommand('workbench.action.reloadWindow').then(undefined, () => undefined);
  // Until the window is gone.
  return new Promise<never>(() => undefined);
}
