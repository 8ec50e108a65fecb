/** Lists of more than a thousand rows: a row of the sidebar that is shown in the panel, places that are kept, and little room. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../../../src/host/contributions';
import { stopDebugging, workspaceFile } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { flatAllocations } from '../../helpers/hostileNames';
import { chooseOfFocusedRow, focusedHandles, HANDLES_ROW, isFocused, PANEL_TAB, tabTo } from '../../helpers/keyboard';
import { largeHandles } from '../../helpers/largeHandles';
import { openProfile } from '../../helpers/openProfile';
import { waitFor } from '../../helpers/waitFor';

const GROUPS = 2_000;
const SITES = 400;
const ROW = '[data-test="handles"] [data-test="row"]';
const GRID = '[data-test="handles"] .grid';
const WINDOW = [1600, 1000] as const;
const TABS = ['overview', 'allocations', 'handles', 'processes'] as const;

/** An expression for whether a row is where it can be seen, below what stays on top. */
const isInSight = (selector: string) => `(() => {
  const box = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect();
  return box !== undefined && box.top >= document.querySelector('.tabs').getBoundingClientRect().bottom - 1 && box.top + 40 <= innerHeight;
})()`;

async function becomes(what: string, expression: string, wanted: unknown): Promise<void> {
  let now: unknown;
  await waitFor(
    () => `${what}; it is ${JSON.stringify(now)}`,
    async () => {
      now = await panel.evaluate(expression);
      return now === wanted ? true : undefined;
    },
  );
}

describe('lists of more than a thousand rows', () => {
  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openProfile('long', flatAllocations(Array.from({ length: SITES }, (_, index) => `site${index}`)), largeHandles(GROUPS));
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]' });
    await vscode.commands.executeCommand('workbench.view.debug');
  });
  after(async () => {
    await workbench.resize(...WINDOW);
    await stopDebugging();
  });

  it('show the last row of the sidebar, by keyboard alone', async () => {
    await vscode.commands.executeCommand('bifrost.handles.focus');
    await workbench.waitFor({ selector: HANDLES_ROW });
    await workbench.press('End');
    // It alone has waited for no longer than a second.
    await waitFor('the last row to have the focus', async () => (/(?<!\d)1 s\b/.test(await focusedHandles()) ? true : undefined));
    await chooseOfFocusedRow('Show in Profiler');
    const row = `${ROW}.open[data-position="${GROUPS - 1}"]`;
    await panel.waitFor({ selector: `${row} .row-body` });
    await becomes('the row to be in sight', isInSight(`${row} .row-head`), true);
    await becomes('the list to have the focus', isFocused(GRID), true);
    assert.equal(await panel.evaluate(`document.querySelector('${row}').dataset.rowId`), `group${GROUPS - 1}`);
    await screenshot('panel-revealed-far');
  });

  it('show a row of the sidebar by a click on its button, and stay where they are afterwards', async () => {
    await vscode.commands.executeCommand('bifrost.handles.focus');
    for (let pages = 0; pages < 3; pages++) await workbench.press('PageUp');
    await workbench.hover({ selector: `${HANDLES_ROW}.focused` });
    await workbench.click({ selector: `${HANDLES_ROW}.focused .action-label[aria-label^="Show in Profiler"]` });
    await waitFor('another row to be open', async () => ((await panel.text(`${ROW}.open`)).length > 0 && (await panel.evaluate(`document.querySelector('${ROW}.active.open')?.dataset.position`)) !== String(GROUPS - 1) ? true : undefined));
    await becomes('the row to be in sight', isInSight(`${ROW}.active .row-head`), true);
    // It was asked for once: who comes back to the tab is where he was.
    await panel.evaluate('scrollBy(0, -3000)');
    await panel.showTab('processes');
    await panel.showTab('handles');
    await panel.waitFor({ selector: ROW });
    await becomes('the row to be elsewhere', isInSight(`${ROW}.active .row-head`), false);
  });

  describe('have a place in each tab', () => {
    let places: Readonly<Record<string, number>>;
    const isAt = (tab: string) => becomes(`the place of ${tab}`, 'Math.round(scrollY)', places[tab]);

    before(async () => {
      await panel.showTab('handles');
      await panel.evaluate('scrollTo(0, 40_000)');
      await becomes('rows there', `[...document.querySelectorAll('${ROW}')].some((row) => Math.abs(row.getBoundingClientRect().top - innerHeight / 2) < 100)`, true);
      await panel.showTab('allocations');
      await panel.waitFor({ selector: '[data-test="allocations"] [data-test="row"]' });
      assert(Number(await panel.evaluate('scrollY')) < 3_000, 'a tab that nobody has seen begins at its top');
      await panel.wheel('[data-test="allocations"] .grid', [0.5, 0.01], [0, 2_500]);
      await waitFor('the page to stand', async () => {
        const [before, later] = (await panel.evaluate('new Promise((resolve) => { const before = scrollY; setTimeout(() => resolve([before, scrollY]), 100); })')) as [number, number];
        return before === later && before > 1_000 ? true : undefined;
      });
      places = { handles: 40_000, allocations: Math.round(Number(await panel.evaluate('scrollY'))) };
    });

    it('over tab switches, by mouse and by keyboard', async () => {
      await panel.showTab('handles');
      await isAt('handles');
      assert(await panel.evaluate(`document.querySelectorAll('${ROW}').length > 0`));
      await panel.showTab('allocations');
      await isAt('allocations');
      // The click has left the focus on the tab: to press Tab until it is there would scroll.
      await workbench.press('ArrowRight');
      await isAt('handles');
      await screenshot('panel-scrolled');
    });

    it('when the panel was hidden meanwhile', async () => {
      await hidePanel();
      await workbench.click({ selector: PANEL_TAB });
      await panel.waitFor({ selector: ROW });
      await isAt('handles');
      await panel.showTab('allocations');
      await isAt('allocations');
    });

    it('until somebody asks for all of a list', async () => {
      await panel.showTab('overview');
      await panel.click({ selector: '[data-test="top-handles"] .show-more' });
      await panel.waitFor({ selector: `${ROW}[data-position="0"]` });
      await becomes('the first row to be in sight', isInSight(`${ROW}[data-position="0"] .row-head`), true);
    });
  });

  describe('in little room', () => {
    it('keep to their width at 200 per cent, with everything in reach', async () => {
      await workbench.resize(800, 500, 2);
      await waitFor('the panel to be narrower', async () => (Number(await panel.evaluate('innerWidth')) <= 800 ? true : undefined));
      for (const tab of TABS) {
        await panel.showTab(tab);
        await panel.waitFor({ selector: '.tab-content [data-test="row"]' });
        assert.equal(await panel.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0, `${tab} is wider than the page`);
        await tabTo('.tab-content .grid');
        await workbench.press('End');
        await becomes(`the last row of ${tab} to be in sight`, isInSight('.tab-content .grid .row.active .row-head'), true);
        await screenshot(`panel-200-per-cent-${tab}`);
      }
      await panel.click({ selector: '.header [data-tool="one-line"], .header [data-tool="more"]' });
      await panel.waitFor({ selector: '[data-test="one-line"], [role="menu"]' });
      await workbench.press('Escape');
    });
  });
});

/** Shows a file in its place. */
async function hidePanel(): Promise<void> {
  const tab = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE));
  await vscode.window.showTextDocument(workspaceFile('service.js'), { viewColumn: tab()?.group.viewColumn ?? vscode.ViewColumn.Active });
  await waitFor('the panel to be hidden', () => (tab()?.isActive === false ? true : undefined));
}
