/** What a program's allocations are compared with: an earlier run, also one from before the window was opened, or a file. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import { bifrost, debug, evaluate, launchOf, stateOf, stopDebugging, workspaceFile } from '../../helpers/debugging';
import { CHOICE, choose, clearMessages, dialogClosed, message, pressInDialog, runCommand, typePath } from '../../helpers/dialogs';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { reloadWindow, windowsBefore } from '../../helpers/reloadedWindow';
import { waitFor } from '../../helpers/waitFor';

const ROW = '[data-test="allocations"] [data-test="row"]';
const ORDER_BYTES = 2_100;
const measure = (id: string) => ({ selector: `[data-test="choice"][data-choice="${id}"]` });

/** A run of the same launch configuration, which keeps so many orders. */
async function run(orders: number): Promise<string> {
  const { sessionId, printed } = await debug(launchOf('program.js'));
  await printed('ready');
  await vscode.commands.executeCommand('bifrost.showProfiler');
  await stateOf(sessionId, 'live');
  await evaluate(`keep(${orders})`);
  await panel.showTab('allocations');
  await panel.click(measure('inUse'));
  await vscode.commands.executeCommand('bifrost.collectGarbage', sessionId);
  await panel.waitFor({ selector: ROW, text: 'keepOrders' });
  return sessionId;
}

/** `keepOrders` has grown by so many orders, and the list says from where. */
async function hasGrown(by: number, since: string): Promise<void> {
  await panel.click(measure('growth'));
  const rows = () => panel.evaluate(`[...document.querySelectorAll('${ROW}')].map((row) => [row.textContent, Number(row.dataset.bytes)])`) as Promise<[string, number][]>;
  let ratio = 0;
  await waitFor(
    () => `keepOrders to have grown by ${by} orders; it has by ${ratio.toFixed(2)} of that`,
    async () => {
      const [, bytes] = (await rows()).find(([text]) => text.includes('keepOrders')) ?? ['', 0];
      ratio = bytes / (by * ORDER_BYTES);
      return Math.abs(ratio - 1) < 0.2 ? true : undefined;
    },
  );
  await panel.waitFor({ selector: '[data-test="allocations"]', text: since });
}

if (windowsBefore() === 0) {
  describe('the allocations of a program', () => {
    let api: BifrostApi;
    before(async () => {
      api = await bifrost();
      await vscode.workspace.getConfiguration('bifrost').update('allocations.samplingIntervalKiB', 64);
    });
    afterEach(stopDebugging);

    it('are compared with those of an earlier run', async () => {
      const first = await run(10_000);
      const file = workspaceFile('first.bifrost.json');
      await vscode.commands.executeCommand('bifrost.exportProfile', first, file);
      await stopDebugging();
      await run(30_000);
      await runCommand('Bifrost: Compare Allocations With…');
      await workbench.waitFor({ selector: CHOICE, text: 'an earlier run' });
      const texts = await workbench.text(CHOICE);
      assert.match(texts[0] ?? '', /program\.js.*an earlier run/s);
      assert(!texts.some((text) => text.includes('before this window')), texts.join());
      await screenshot('dialogs-compare');
      await choose('an earlier run');
      await hasGrown(20_000, 'than in the run of “program.js');
      await screenshot('dialogs-compared');
    });

    it('are compared with those of a file, and with nothing again', async () => {
      const session = await run(40_000);
      await runCommand('Bifrost: Compare Allocations With…');
      await choose('Saved Profile…');
      await waitFor('the dialog to be there', async () => ((await workbench.text('.quick-input-title')).join().includes('Open a Saved Profile') ? true : undefined));
      await workbench.waitFor({ selector: CHOICE, text: 'first.bifrost.json' });
      await screenshot('dialogs-compare-file');
      await typePath(workspaceFile('first.bifrost.json').fsPath);
      await pressInDialog('Enter');
      await hasGrown(30_000, 'than in first.bifrost.json');
      await runCommand('Bifrost: Compare Allocations With…');
      await choose('Nothing');
      await dialogClosed();
      await panel.waitFor({ selector: '[data-test="allocations"]', text: 'Set a mark first' });
      assert(api.sessions.some(({ id }) => id === session));
    });

    it('are not compared with a file that is none', async () => {
      await vscode.workspace.fs.writeFile(workspaceFile('none.bifrost.json'), Buffer.from('{}'));
      await clearMessages();
      await run(10_000);
      await runCommand('Bifrost: Compare Allocations With…');
      await choose('Saved Profile…');
      await workbench.waitFor({ selector: CHOICE, text: 'none.bifrost.json' });
      await typePath(workspaceFile('none.bifrost.json').fsPath);
      await pressInDialog('Enter');
      await message('none.bifrost.json could not be opened: The file is not a Bifrost profile.');
    });

    after(reloadWindow);
  });
} else {
  describe('the allocations of a program in a window that was loaded anew', () => {
    after(stopDebugging);

    it('are compared with those of the run before', async () => {
      await vscode.workspace.getConfiguration('bifrost').update('allocations.samplingIntervalKiB', 64);
      await run(30_000);
      await runCommand('Bifrost: Compare Allocations With…');
      await workbench.waitFor({ selector: CHOICE, text: 'the run before this window' });
      await screenshot('dialogs-compare-kept');
      await choose('the run before this window');
      await hasGrown(20_000, 'than in the run of “program.js');
    });
  });
}
