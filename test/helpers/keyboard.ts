/** Ways through the workbench and the panel for somebody who has no mouse. */
import * as vscode from 'vscode';
import { panel, summary, TREE_ROW, workbench } from './driver';
import { waitFor } from './waitFor';

/** Of the workbench. */
export const PANEL_TAB = '.part.editor .tab[aria-label*="Bifrost Profiler"]';
const CHOSEN_ITEM = '.monaco-menu .action-item.focused';
/** More than a page has stops, with those of the workbench around it. */
const MOST_PRESSES = 100;

/** Presses Tab until the focus of the panel is on an element that matches. */
export async function tabTo(selector: string): Promise<void> {
  // Only to begin with: which editor is in front is not what is tested.
  await workbench.click({ selector: PANEL_TAB });
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await hasFocus(panel);
  await tabOnTo(selector);
}

/** Goes on from where the focus is. */
export async function tabOnTo(selector: string, page: Pick<typeof panel, 'evaluate'> = panel, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if ((await page.evaluate(isFocused(selector))) === true) return;
    await workbench.press(key);
  }
  throw new Error(`${MOST_PRESSES} times ${key} did not lead to ${selector}.`);
}

/** The same in the compact form, in the side bar. */
export async function tabInSummaryTo(selector: string): Promise<void> {
  await vscode.commands.executeCommand('bifrost.summary.focus');
  await hasFocus(summary);
  await tabOnTo(selector, summary);
}

/** What is pressed before would go to the workbench. */
async function hasFocus(page: Pick<typeof panel, 'evaluate'>): Promise<void> {
  await waitFor('the page to have the focus', async () => ((await page.evaluate('document.hasFocus()')) === true ? true : undefined));
}

/** An expression for whether the focus is on an element that matches. */
export function isFocused(selector: string): string {
  return `document.hasFocus() && document.activeElement?.matches(${JSON.stringify(selector)}) === true`;
}

/** Chooses an item of the context menu of the tree's row that has the focus. */
export async function chooseOfFocusedRow(item: string): Promise<void> {
  await workbench.press('Shift+F10');
  await workbench.waitFor({ selector: '.monaco-menu .action-item', text: item });
  await waitFor(`the item ${item} to be chosen`, async () => {
    if ((await workbench.text(CHOSEN_ITEM)).join().includes(item)) return true;
    await workbench.press('ArrowDown');
    return undefined;
  });
  await workbench.press('Enter');
}

/** Rows of the tree of open handles alone. */
export const HANDLES_ROW = `.pane:has(.pane-header:has-text("Open Handles")) ${TREE_ROW}`;

/** The text of its row that has the focus; '' for none. */
export async function focusedHandles(): Promise<string> {
  return (await workbench.text(`${HANDLES_ROW}.focused`)).join();
}
