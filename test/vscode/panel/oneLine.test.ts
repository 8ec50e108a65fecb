/** The collapsed form of the panel and of its compact form in the sidebar, with all that the latter offers: by mouse and by keyboard. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../../../src/host/contributions';
import { editorAt, evaluate, workspaceFile } from '../../helpers/debugging';
import { panel, screenshot, summary, workbench } from '../../helpers/driver';
import { isFocused, tabInSummaryTo, tabOnTo, tabTo } from '../../helpers/keyboard';
import { waitFor } from '../../helpers/waitFor';
import { lineOf, PlantedService } from '../waiting/plantedService';

const LINE = '[data-test="one-line"]';
const TOGGLE = '[data-tool="one-line"]';
const FIGURES = `${LINE} .line-figure`;
const PROBLEM = '[data-test="problems"] [data-test="row"]';
/** Two lines of text would be higher. */
const ONE_LINE_PX = 44;

const isGone = async (page: Pick<typeof panel, 'text'>, selector: string) => waitFor(`no ${selector}`, async () => ((await page.text(selector)).length === 0 ? true : undefined));

describe('a panel in one line', () => {
  let service: PlantedService;

  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    service = await PlantedService.start();
    await service.stuck();
    await vscode.window.showTextDocument(workspaceFile('service.js'), { viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: '[data-test="tile-cpu"]' });
  });
  after(async () => {
    await vscode.commands.executeCommand('bifrost.unhideAll');
    await service.stop();
  });

  it('has the six figures in the place of tiles and charts, and its lists below', async () => {
    await panel.click({ selector: TOGGLE });
    await panel.waitFor({ selector: LINE });
    assert.equal((await panel.text(FIGURES)).length, 6);
    assert.match((await panel.text(FIGURES)).join(), /CPU\s*[\d.]+%.*Heap used\s*[\d.]+ MB.*Open handles\s*\d+/s);
    assert.deepEqual(await panel.text('.tiles, .timeline'), []);
    assert(Number(await panel.evaluate(`document.querySelector('${LINE}').offsetHeight`)) < ONE_LINE_PX);
    await panel.showTab('overview');
    await panel.waitFor({ selector: PROBLEM });
    await screenshot('panel-one-line');
  });

  it('says when the heap is growing', async () => {
    await evaluate('void (globalThis.planted = Array.from({ length: 500 }, () => new Array(20_000).fill(1.5)))');
    await panel.waitFor({ selector: `[data-test="line-heap"] .growth`, text: 'Growing' });
    await screenshot('panel-one-line-growing');
  });

  it('stays so when it was hidden meanwhile, and opens again', async () => {
    await vscode.window.showTextDocument(workspaceFile('service.js'), { viewColumn: panelColumn() });
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: LINE });
    await panel.click({ selector: TOGGLE });
    await panel.waitFor({ selector: '[data-test="tile-cpu"]' });
    await panel.waitFor({ selector: '[data-test="timeline"]' });
  });

  it('is made so by keyboard alone', async () => {
    await tabTo('.header .tool');
    await tabOnTo(TOGGLE, panel, 'ArrowRight');
    await workbench.press('Enter');
    await panel.waitFor({ selector: LINE });
    assert.equal(await panel.evaluate(isFocused(`${TOGGLE}[aria-pressed="true"]`)), true);
    await workbench.press('Space');
    await isGone(panel, LINE);
  });

  describe('in the sidebar', () => {
    before(async () => {
      await vscode.commands.executeCommand('workbench.view.debug');
      await vscode.commands.executeCommand('bifrost.summary.focus');
      await summary.waitFor({ selector: PROBLEM });
    });

    it('has state, health, tiles and problems', async () => {
      await summary.waitFor({ selector: '[data-test="state"][data-state="live"]' });
      await summary.waitFor({ selector: '[data-test="health"][data-health="stuck"]' });
      assert.equal((await summary.text('.tile')).length, 6);
      assert.equal((await summary.text(PROBLEM)).length, 5);
      assert.equal(await summary.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0);
      await screenshot('panel-summary');
    });

    it('opens a problem by a click, and its source', async () => {
      await summary.click({ selector: `${PROBLEM} .row-toggle` });
      await summary.waitFor({ selector: `${PROBLEM}.open .stack` });
      await summary.click({ selector: `${PROBLEM}.open .stack .frame.origin-user` });
      await editorAt(workspaceFile('service.js'), await lineOf('server.listen(0'));
      await summary.click({ selector: `${PROBLEM} .row-toggle` });
      await isGone(summary, `${PROBLEM}.open`);
    });

    it('is one line by a click, with the health before the figures', async () => {
      await summary.click({ selector: TOGGLE });
      await summary.waitFor({ selector: `.collapsed ${LINE}` });
      await isGone(summary, `.tile, ${PROBLEM}`);
      await summary.waitFor({ selector: '[data-test="health"]', text: 'Stuck' });
      assert(Number(await summary.evaluate(`document.querySelector('[data-test="summary"]').offsetHeight`)) < ONE_LINE_PX);
      await screenshot('panel-summary-line');
      await vscode.commands.executeCommand('workbench.view.explorer');
      await vscode.commands.executeCommand('bifrost.summary.focus');
      await summary.waitFor({ selector: `.collapsed ${LINE}` });
    });

    it('is opened again, gone through and left by keyboard alone', async () => {
      await tabInSummaryTo(TOGGLE);
      await workbench.press('Enter');
      await summary.waitFor({ selector: PROBLEM });
      await tabInSummaryTo('[data-test="problems"] .grid');
      await workbench.press('Home');
      await workbench.press('Space');
      await summary.waitFor({ selector: `${PROBLEM}.active.open` });
      await workbench.press('Space');
      await isGone(summary, `${PROBLEM}.open`);
      await vscode.window.tabGroups.close(panelTabs());
      await tabInSummaryTo('.summary-bar .button');
      await workbench.press('Enter');
      await panel.waitFor({ selector: '[data-test="tile-cpu"]' });
    });

    it('shows the panel by a click', async () => {
      await vscode.window.tabGroups.close(panelTabs());
      await summary.click({ selector: '.summary-bar .button', text: 'Show profiler' });
      await panel.waitFor({ selector: '[data-test="tile-cpu"]' });
    });
  });
});

function panelTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE));
}

function panelColumn(): vscode.ViewColumn {
  return panelTabs()[0]?.group.viewColumn ?? vscode.ViewColumn.Active;
}
