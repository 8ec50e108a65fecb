/** VS Code's own surfaces: the trees of the sidebar, the status bar, and editors that open. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Frame } from '../../../src/protocol/frames';
import { editorAt, workspaceFile } from '../../helpers/debugging';
import { panel, screenshot, TREE_ROW, workbench } from '../../helpers/driver';
import { chooseOfFocusedRow } from '../../helpers/keyboard';
import { waitFor } from '../../helpers/waitFor';
import { lineOf, PlantedService, UNENDED } from '../waiting/plantedService';

const STATUS = '#bifrost\\.bifrost-profiler\\.bifrost\\.figures';
const UNENDED_ROW = `${UNENDED} × HTTP request in`;
const STUCK_GROUPS = 4;
const THEMES = [
  ['Default Light Modern', 'vs'],
  ['Default High Contrast', 'hc-black'],
  ['Default High Contrast Light', 'hc-light'],
  ['Default Dark Modern', 'vs-dark'],
] as const;
/** Of all views there: debugging counts its sessions. */
const DEBUG_BADGE = '.activitybar .action-item:has(.codicon-debug-alt) .badge, .activitybar .action-item:has([aria-label^="Run and Debug"]) .badge';

describe('the sidebar and the status bar', () => {
  let service: PlantedService | undefined;

  before(() => vscode.commands.executeCommand('workbench.view.debug'));
  after(async () => {
    await vscode.commands.executeCommand('bifrost.unhideAll');
    await service?.stop();
  });

  it('offer to begin when nothing is profiled', async () => {
    await vscode.commands.executeCommand('bifrost.handles.focus');
    await workbench.waitFor({ selector: '.welcome-view-content .monaco-button', text: 'Show Profiler' });
    assert.deepEqual(await workbench.text(STATUS), []);
    await screenshot('native-welcome');
  });

  it('show CPU, heap and handles of the program that is profiled', async () => {
    service = await PlantedService.start();
    await service.stuck();
    await workbench.waitFor({ selector: STATUS, text: ' MB' });
    const [text = ''] = await workbench.text(STATUS);
    assert.match(text, /\d+(\.\d)?%\s+\d+(\.\d)? MB\s+\d+/);
  });

  it('warn of what is stuck, with a badge of the groups', async () => {
    await workbench.waitFor({ selector: `${STATUS}.warning-kind`, timeoutMs: 30_000 });
    await workbench.waitFor({ selector: '.pane-header', text: 'stuck', timeoutMs: 20_000 });
    await workbench.waitFor({ selector: DEBUG_BADGE, text: String(STUCK_GROUPS + 1) });
    await screenshot('native-stuck');
  });

  it('bring the panel to the front by a click', async () => {
    await vscode.window.showTextDocument(workspaceFile('service.js'), { viewColumn: panelColumn() });
    await workbench.click({ selector: `${STATUS} a` });
    await waitFor('the panel to be in front', () => (panelTab()?.isActive === true ? true : undefined));
  });

  it('keep a row open and selected while the tree is read anew', async () => {
    await workbench.click({ selector: TREE_ROW, text: UNENDED_ROW });
    await workbench.waitFor({ selector: `${TREE_ROW}.selected[aria-expanded="true"]`, text: UNENDED_ROW });
    await workbench.waitFor({ selector: TREE_ROW, text: 'frames of Node.js' });
    const first = await descriptionOf(UNENDED_ROW);
    let readings = 0;
    let last = first;
    await waitFor('three more readings of the row', async () => {
      const now = await descriptionOf(UNENDED_ROW);
      if (now !== last) readings++;
      last = now;
      return readings >= 3 ? true : undefined;
    });
    await workbench.waitFor({ selector: `${TREE_ROW}.selected[aria-expanded="true"]`, text: UNENDED_ROW });
    await workbench.waitFor({ selector: TREE_ROW, text: 'service.js:' });
    await screenshot('native-tree-open');
  });

  it('open the source of a row by its context menu', async () => {
    await choose(UNENDED_ROW, 'Open Source');
    await editorAt(workspaceFile('service.js'), await lineOf('server.listen(0'));
  });

  it('copy the stack of a row', async () => {
    await vscode.env.clipboard.writeText('nothing yet');
    await choose(UNENDED_ROW, 'Copy Stack');
    const text = await waitFor('the stack on the clipboard', async () => {
      const copied = await vscode.env.clipboard.readText();
      return copied === 'nothing yet' ? undefined : copied;
    });
    const [head, ...frames] = text.split('\n');
    assert.match(head ?? '', new RegExp(`^${UNENDED_ROW}`));
    assert.ok(frames.length > 0);
    for (const frame of frames) assert.match(frame, /^ {4}at .+ \(.+\)$/);
  });

  it('show a row of the tree in the panel', async () => {
    await choose(UNENDED_ROW, 'Show in Profiler');
    await panel.waitFor({ selector: '[data-test="handles"] [data-test="row"].open', text: 'HTTP request in' });
    assert.equal(await panel.evaluate(`document.querySelector('[data-test="tab"][data-tab="handles"]').getAttribute('aria-selected')`), 'true');
    await screenshot('native-revealed');
  });

  it('hide a row at the first try, however often the tree is read meanwhile', async () => {
    await choose(UNENDED_ROW, 'Hide This Group');
    await waitFor('the row to be gone', async () => ((await workbench.text(TREE_ROW)).join().includes(UNENDED_ROW) ? undefined : true));
    await vscode.commands.executeCommand('bifrost.unhideAll');
    await workbench.waitFor({ selector: TREE_ROW, text: UNENDED_ROW });
  });

  it('show in every theme what is stuck', async () => {
    for (const [theme, className] of THEMES) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Workspace);
      await workbench.waitFor({ selector: `.monaco-workbench.${className}` });
      await workbench.waitFor({ selector: `${TREE_ROW} .codicon-error` });
      await workbench.waitFor({ selector: `${STATUS}.warning-kind` });
      await screenshot(`native-${className}`);
    }
  });

  for (const [way, locate] of [
    ['the mouse', () => workbench.click({ selector: '.notification-list-item .monaco-button', text: 'Locate File…' })],
    [
      'the keyboard',
      async () => {
        // The newest is the first, whatever else VS Code has to say.
        await workbench.press('Home');
        await waitFor('Tab to come to the button', async () => {
          await workbench.press('Tab');
          return (await workbench.evaluate('document.activeElement?.textContent')) === 'Locate File…' ? true : undefined;
        });
        await workbench.press('Enter');
      },
    ],
  ] as const) {
    it(`ask where a source is that is not there, answered by ${way}, and remember it`, async () => {
      const elsewhere = await mkdtemp(path.join(tmpdir(), 'bifrost-elsewhere-'));
      const built = `/built/by ${way}`;
      try {
        const there = path.join(elsewhere, 'orders.ts');
        await writeFile(there, 'one\ntwo\nthree\n');
        await writeFile(path.join(elsewhere, 'stock.ts'), 'one\ntwo\n');
        const opened = vscode.commands.executeCommand('bifrost.openFrame', frameAt(`${built}/orders.ts`, 3), service?.sessionId);
        // A toast is shown for some seconds only.
        await vscode.commands.executeCommand('notifications.showList');
        await workbench.waitFor({ selector: '.notification-list-item-message', text: `There is no file ${built}/orders.ts.` });
        await screenshot('native-locate');
        await locate();
        // Until it lists the folder that it begins in, it would put that into what is typed.
        await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row', text: 'service.js' });
        await workbench.press('Control+A');
        await workbench.type(there);
        await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row', text: 'orders.ts' });
        await workbench.press('Enter');
        await opened;
        await editorAt(vscode.Uri.file(there), 3);
        await vscode.commands.executeCommand('bifrost.openFrame', frameAt(`${built}/stock.ts`, 2), service?.sessionId);
        await editorAt(vscode.Uri.file(path.join(elsewhere, 'stock.ts')), 2);
      } finally {
        await rm(elsewhere, { recursive: true });
      }
    });
  }

  it('have a look at a frame without leaving the panel', async () => {
    await vscode.workspace.getConfiguration('workbench.editor').update('enablePreview', true, vscode.ConfigurationTarget.Workspace);
    // One that no test has opened: what is open for good stays so.
    const frame = frameAt(workspaceFile('.vscode', 'settings.json').fsPath, 2);
    await vscode.commands.executeCommand('bifrost.openFrame', frame, service?.sessionId, { preview: true });
    const shown = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input, isPreview }) => isPreview && input instanceof vscode.TabInputText);
    assert.equal((await waitFor('a preview', shown)).label, 'settings.json');
  });

  it('leave the status bar when profiling ends', async () => {
    await service?.stop();
    await waitFor('the status bar to be empty of Bifrost', async () => ((await workbench.text(STATUS)).length === 0 ? true : undefined));
  });
});

function frameAt(file: string, line: number): Frame {
  return { functionName: 'loadOrder', file, line, column: 1, origin: 'user' };
}

function panelTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('bifrost.profiler'));
}

function panelColumn(): vscode.ViewColumn {
  return panelTab()?.group.viewColumn ?? vscode.ViewColumn.Active;
}

/** What the row says, its age among it. */
async function descriptionOf(row: string): Promise<string | undefined> {
  return (await workbench.text(TREE_ROW)).find((text) => text.includes(row));
}

/** By keys: a menu that has just appeared ignores the mouse. */
async function choose(row: string, item: string): Promise<void> {
  await vscode.commands.executeCommand('bifrost.handles.focus');
  await workbench.click({ selector: TREE_ROW, text: row });
  await workbench.waitFor({ selector: `${TREE_ROW}.focused`, text: row });
  await chooseOfFocusedRow(item);
}
