/** What a program waits for, by keyboard alone, and by mouse what no other test clicks on: tabs, chips, stacks, hiding, the toolbar. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { stateOf, workspaceFile } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { isFocused, tabOnTo, tabTo } from '../../helpers/keyboard';
import { waitFor } from '../../helpers/waitFor';
import { PlantedService } from '../waiting/plantedService';

const ROW = '[data-test="handles"] [data-test="row"]';
const GRID = '[data-test="handles"] .grid';
const PROBLEM = '[data-test="problems"] [data-test="row"]';
const HIDDEN = '[data-test="problems"] [data-test="hidden"]';
const STATUS = '#bifrost\\.bifrost-profiler\\.bifrost\\.figures';
const filter = (id: string) => `[data-test="filter"][data-filter="${id}"]`;
const tab = (id: string) => `[data-test="tab"][data-tab="${id}"]`;
const count = async (selector: string) => (await panel.text(selector)).length;
/** Of the whole list, not of those that are drawn. */
const rowCount = async () => Number(await panel.evaluate(`document.querySelector('${GRID}')?.getAttribute('aria-rowcount') ?? 0`));

async function becomes(what: string, selector: string, wanted: number): Promise<void> {
  let now = -1;
  await waitFor(
    () => `${what}; there are ${now}`,
    async () => {
      now = await count(selector);
      return now === wanted ? true : undefined;
    },
  );
}

describe('a program that waits', () => {
  let service: PlantedService;

  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    service = await PlantedService.start();
    await service.stuck();
    await panel.showTab('overview');
    await becomes('the planted problems', PROBLEM, 5);
  });
  after(async () => {
    await vscode.commands.executeCommand('bifrost.unhideAll');
    await service.stop();
  });

  describe('by mouse', () => {
    it('has frames that unfold', async () => {
      await panel.click({ selector: `${PROBLEM} .row-toggle` });
      await panel.waitFor({ selector: `${PROBLEM}.open .unfold`, text: 'frames of Node.js' });
      const before = await count(`${PROBLEM}.open .stack-item`);
      await panel.click({ selector: `${PROBLEM}.open .unfold` });
      await waitFor('more frames', async () => ((await count(`${PROBLEM}.open .stack-item`)) > before ? true : undefined));
      assert.equal(await panel.evaluate(isFocused('.stack-item .frame, .stack-item')), true);
      await panel.click({ selector: `${PROBLEM}.open .row-toggle` });
      await becomes('no open row', `${PROBLEM}.open`, 0);
    });

    it('has a menu whose items do what they say', async () => {
      await panel.click({ selector: '.header [data-tool="more"]' });
      await panel.click({ selector: '.header [data-tool="raw-dump"]' });
      await waitFor('the raw dump', () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'bifrost-dump'));
      await vscode.commands.executeCommand('bifrost.showProfiler');
      await panel.click({ selector: '.header [data-tool="export"]' });
      await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row', text: 'pprof' });
      await workbench.press('Escape');
    });
  });

  describe('by keyboard alone', () => {
    it('has tabs that arrows, Home and End choose', async () => {
      await tabTo('[role="tab"]');
      await workbench.press('Home');
      assert.equal(await panel.evaluate(isFocused(`${tab('overview')}[aria-selected="true"]`)), true);
      await workbench.press('ArrowLeft');
      await panel.waitFor({ selector: '[data-test="processes"]' });
      await workbench.press('ArrowRight');
      await workbench.press('ArrowRight');
      await panel.waitFor({ selector: '[data-test="allocations"]' });
      await workbench.press('End');
      await workbench.press('ArrowLeft');
      await panel.waitFor({ selector: GRID });
      assert.equal(await panel.evaluate(isFocused(`${tab('handles')}[aria-selected="true"]`)), true);
    });

    it('has chips that Space and Enter press', async () => {
      const all = await rowCount();
      await tabOnTo(filter('handle'));
      await workbench.press('Space');
      await panel.waitFor({ selector: `${filter('handle')}[aria-pressed="true"]` });
      await waitFor('fewer rows', async () => ((await rowCount()) < all ? true : undefined));
      assert.deepEqual(new Set((await panel.evaluate(`[...document.querySelectorAll('${ROW}')].map((row) => row.dataset.kind)`)) as string[]), new Set(['handle']));
      await workbench.press('Enter');
      await panel.waitFor({ selector: `${filter('all')}[aria-pressed="true"]` });
      await waitFor('all rows', async () => ((await rowCount()) >= all ? true : undefined));
    });

    it('has a list that is sorted and searched', async () => {
      const all = await rowCount();
      await tabTo('[data-test="handle-search"]');
      await workbench.type('loadorder');
      await waitFor('the rows that have it', async () => ((await rowCount()) < all && (await panel.text(ROW)).join().includes('loadOrder') ? true : undefined));
      await workbench.press('Control+A');
      await workbench.press('Delete');
      await workbench.press('Tab');
      assert.equal(await panel.evaluate(isFocused('[data-test="handle-sort"]')), true);
      await workbench.press('End');
      assert.equal(await panel.evaluate(`document.querySelector('[data-test="handle-sort"]').value`), 'name');
      await workbench.press('Home');
      assert.equal(await panel.evaluate(`document.querySelector('[data-test="handle-sort"]').value`), 'urgency');
    });

    it('has frames that unfold, the first of which has the focus then', async () => {
      await tabTo('[role="tab"]');
      await workbench.press('Home');
      await panel.waitFor({ selector: PROBLEM });
      await tabOnTo('[data-test="problems"] .grid');
      await workbench.press('Home');
      await workbench.press('Space');
      await panel.waitFor({ selector: `${PROBLEM}.active.open .unfold` });
      const before = await count(`${PROBLEM}.open .stack-item`);
      await tabOnTo('.unfold');
      await workbench.press('Enter');
      await waitFor('more frames', async () => ((await count(`${PROBLEM}.open .stack-item`)) > before ? true : undefined));
      assert.equal(await panel.evaluate(isFocused('.stack-item .frame, .stack-item')), true);
      await screenshot('panel-unfolded');
    });

    it('has a group that is hidden and shown again', async () => {
      await tabOnTo('.hide-buttons .button');
      await workbench.press('Enter');
      await becomes('one problem less', PROBLEM, 4);
      assert.equal(await panel.evaluate(isFocused('[data-test="problems"] .grid')), true);
      await panel.waitFor({ selector: HIDDEN, text: '1 hidden' });
      await tabOnTo(`${HIDDEN} summary`, panel, 'Shift+Tab');
      await workbench.press('Enter');
      await tabOnTo(`${HIDDEN} .button`);
      await workbench.press('Enter');
      await becomes('all problems', PROBLEM, 5);
      assert.deepEqual(await panel.text(HIDDEN), []);
      assert.equal(await panel.evaluate(isFocused('[data-test="problems"] .grid')), true);
    });

    it('is shown from the status bar', async () => {
      await vscode.window.showTextDocument(workspaceFile('service.js'), { viewColumn: panelTab()?.group.viewColumn ?? vscode.ViewColumn.Active });
      assert.equal(panelTab()?.isActive, false);
      await vscode.commands.executeCommand('workbench.action.focusStatusBar');
      await waitFor('the item of Bifrost to have the focus', async () => {
        if ((await workbench.evaluate(`document.activeElement?.closest('${STATUS.replaceAll('\\', '\\\\')}') !== null`)) === true) return true;
        await workbench.press('ArrowRight');
        return undefined;
      });
      await workbench.press('Enter');
      await waitFor('the panel to be in front', () => (panelTab()?.isActive === true ? true : undefined));
    });

    it('says of a source that is not there what the program calls it, and makes no link of it', async () => {
      const frame = { functionName: 'loadStock', file: '/built/[away](command:workbench.action.toggleZenMode)/stock.ts', line: 2, column: 1, origin: 'user' };
      const opened = vscode.commands.executeCommand('bifrost.openFrame', frame, service.sessionId);
      await vscode.commands.executeCommand('notifications.showList');
      await workbench.waitFor({ selector: '.notification-list-item-message', text: 'There is no file /built/[away] (command:' });
      assert.deepEqual(await workbench.text('.notification-list-item-message a'), []);
      await vscode.commands.executeCommand('notifications.clearAll');
      await opened;
    });
  });

  // The last: what was open before is listed without its stack from then on.
  describe('in the end', () => {
    it('is stopped and started by mouse', async () => {
      await panel.click({ selector: '.header [data-tool="stop"]' });
      await stateOf(service.sessionId, 'stopped');
      await panel.click({ selector: '.header [data-tool="start"]' });
      await stateOf(service.sessionId, 'live');
      await service.handlesWith('the requests to be found again', ({ groups }) => groups.length > 0);
    });
  });
});

function panelTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('bifrost.profiler'));
}
