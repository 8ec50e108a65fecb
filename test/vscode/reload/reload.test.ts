/** Windows that are loaded anew, or closed and opened again: the panel comes back by itself, with its state. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../../../src/host/contributions';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { flatAllocations } from '../../helpers/hostileNames';
import { largeHandles } from '../../helpers/largeHandles';
import { openProfile } from '../../helpers/openProfile';
import { reloadWindow, reopenWindow, windowsBefore } from '../../helpers/reloadedWindow';
import { waitFor } from '../../helpers/waitFor';

const SEARCH = '[data-test="handle-search"]';
const SORT = '[data-test="handle-sort"]';
const ROW = '[data-test="handles"] [data-test="row"]';
const GROUPS = 500;
const PLACE = 9_000;

const valueOf = (selector: string) => panel.evaluate(`document.querySelector('${selector}')?.value`);
const open = () => openProfile('reload', flatAllocations(['one', 'two']), largeHandles(GROUPS));

/** An expression for whether VS Code in the browser has written down what the panel remembers: it does so every few seconds. On the desktop it does when it closes. */
const IS_WRITTEN = `(async () => {
  let isInBrowser = false;
  const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    isInBrowser = true;
    const database = await done(indexedDB.open(name));
    const values = await done(database.transaction('ItemTable').objectStore('ItemTable').getAll());
    database.close();
    if (values.some((value) => /Scroll of handles[^a-z]*${PLACE}/.test(value))) return true;
  }
  return !isInBrowser;
})()`;

async function isAt(place: number): Promise<void> {
  let now: unknown;
  await waitFor(
    () => `the page to be scrolled to ${place}; it is at ${String(now)}`,
    async () => {
      now = await panel.evaluate('Math.round(scrollY)');
      return now === place ? true : undefined;
    },
  );
}

const NEW_WINDOWS = [
  { name: 'a window that was loaded anew', picture: 'reload', next: reopenWindow },
  { name: 'a window that was closed and opened again', picture: 'reopen', next: null },
];

if (windowsBefore() === 0) {
  describe('a window that is about to be loaded anew', () => {
    it('has a panel that somebody has arranged', async () => {
      await open();
      await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]', timeoutMs: 30_000 });
      await panel.showTab('handles');
      await panel.waitFor({ selector: ROW });
      await panel.click({ selector: SEARCH });
      await workbench.type('function');
      await panel.click({ selector: SORT });
      await workbench.press('End');
      await workbench.press('Enter');
      await waitFor('the list to be sorted by name', async () => ((await valueOf(SORT)) === 'name' ? true : undefined));
      await panel.evaluate(`scrollTo(0, ${PLACE})`);
      await isAt(PLACE);
      await waitFor('the window to have written it down', async () => ((await workbench.evaluate(IS_WRITTEN)) === true ? true : undefined), 30_000, 500);
    });

    after(reloadWindow);
  });
} else {
  const { name, picture, next } = NEW_WINDOWS[windowsBefore() - 1] ?? assert.fail('There is one window too many.');
  describe(name, () => {
    it('has its panel again, which says that nothing is profiled', async () => {
      await panel.waitFor({ selector: '.empty', timeoutMs: 30_000 });
      const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE));
      assert.equal(tabs.length, 1);
      await screenshot(`${picture}-empty`);
    });

    it('shows the next program as the one before was shown', async () => {
      await open();
      await panel.waitFor({ selector: ROW });
      assert.equal(await panel.evaluate(`document.querySelector('[data-test="tab"][aria-selected="true"]').dataset.tab`), 'handles');
      assert.equal(await valueOf(SEARCH), 'function');
      assert.equal(await valueOf(SORT), 'name');
      await isAt(PLACE);
      await screenshot(`${picture}-state`);
    });

    if (next) after(next);
  });
}
