/** VS Code's own dialogs as a user goes through them: the command palette, choices, and the dialog for files, which in a browser is a line of text. */
import * as vscode from 'vscode';
import { workbench } from './driver';
import { waitFor } from './waitFor';

const WIDGET = '.quick-input-widget';
const INPUT = `${WIDGET} .quick-input-box input`;
export const CHOICE = '.quick-input-list .monaco-list-row';
const MESSAGE = '.notification-list-item';

/** Runs a command by its title, from the palette. */
export async function runCommand(title: string): Promise<void> {
  await waitFor(`the command palette to have ${title}`, async () => {
    // Its key goes to whatever has the focus, also to a page that takes no notice of it; and an editor that comes up meanwhile takes the focus.
    await vscode.commands.executeCommand('workbench.action.showCommands');
    await workbench.waitFor({ selector: INPUT });
    await workbench.type(title);
    return (await pathInDialog()).endsWith(title) ? true : undefined;
  });
  await workbench.click({ selector: CHOICE, text: title });
  // What it offers next is no choice among what the palette still lists.
  await waitFor('the command palette to close', async () => (!(await isDialogShown()) || !(await pathInDialog()).endsWith(title) ? true : undefined));
}

/** Chooses by the keyboard among the choices that a command offers: a list of some length moves under a click. */
export async function choose(text: string): Promise<void> {
  await workbench.waitFor({ selector: CHOICE, text });
  await waitFor(`the choice ${text} to be reached`, async () => {
    const focused = String(await workbench.evaluate(`document.querySelector('${CHOICE}.focused')?.textContent ?? ''`));
    if (focused.includes(text)) return true;
    await pressInDialog('ArrowDown');
    return undefined;
  });
  await pressInDialog('Enter');
}

/** The path that the dialog for files has at present. */
export async function pathInDialog(): Promise<string> {
  return String(await workbench.evaluate(`document.querySelector('${INPUT}')?.value ?? ''`));
}

/** Waits for the dialog for files. @returns The path that it offers. */
export async function fileDialog(title: string, ending: string): Promise<string> {
  await workbench.waitFor({ selector: `${WIDGET} .quick-input-title`, text: title });
  let offered = '';
  await waitFor(
    () => `the dialog to offer a file that ends in ${ending}; it offers "${offered}"`,
    async () => {
      offered = await pathInDialog();
      return offered.endsWith(ending) ? true : undefined;
    },
  );
  return offered;
}

/** Presses a key in the dialog that is open, also where something that came up late has taken the focus from it. */
export async function pressInDialog(key: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.focusQuickOpen');
  await workbench.press(key);
}

/** Types another path over the one that is offered. */
export async function typePath(path: string): Promise<void> {
  await workbench.click({ selector: INPUT });
  await workbench.press('Control+A');
  await workbench.type(path);
  await waitFor('the path to be typed', async () => ((await pathInDialog()) === path ? true : undefined));
}

export async function dialogClosed(): Promise<void> {
  await waitFor('the dialog to close', async () => ((await isDialogShown()) ? undefined : true));
}

async function isDialogShown(): Promise<boolean> {
  return (await workbench.evaluate(`document.querySelector('${WIDGET}')?.checkVisibility() === true`)) === true;
}

/** Waits for a message of the editor's, and for a button of it when one is named, which it clicks. */
export async function message(text: string, button?: string, timeoutMs = 20_000): Promise<void> {
  // A toast is shown for some seconds only.
  await vscode.commands.executeCommand('notifications.showList');
  await workbench.waitFor({ selector: MESSAGE, text, timeoutMs });
  if (button !== undefined) await workbench.click({ selector: `${MESSAGE} .monaco-button`, text: button });
}

/** Takes all messages of the editor's away. */
export async function clearMessages(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('notifications.hideList');
}
