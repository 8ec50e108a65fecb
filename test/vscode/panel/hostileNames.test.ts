/** Names as bad as a program can make them up, in the trees of the sidebar: text in labels, descriptions and tooltips. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { stopDebugging } from '../../helpers/debugging';
import { panel, screenshot, TREE_ROW, workbench } from '../../helpers/driver';
import { HOSTILE, hostileAllocations, hostileHandles, INVISIBLE } from '../../helpers/hostileNames';
import { openProfile } from '../../helpers/openProfile';
import { waitFor } from '../../helpers/waitFor';

const HOVER = '.workbench-hover';
/** What would be there if a name were more than text. */
const MARKUP = [`${TREE_ROW} :is(img, script, strong, code, a[href])`, `${TREE_ROW} :is(.label-name, .label-description) .codicon`];
/** How some of them are written. */
const VISIBLE = ['<img src=x onerror=', '\\u{202e}gnp.exe\\u{202c}', 'zero\\u{200b}width', 'line\\u{a}break', '{{constructor', '[link](command:workbench.action.toggleZenMode) **bold** `code` $(error)'];
const ROW_HEIGHT_PX = 30;

const TITLES = { handles: 'Open Handles', allocations: 'Allocations In Use' } as const;
const rowsOf = (view: keyof typeof TITLES) => `.pane:has(.pane-header:has-text("${TITLES[view]}")) ${TREE_ROW}`;

/** Gives the focus to the first row of a tree, once that has rows. */
async function begin(view: keyof typeof TITLES): Promise<void> {
  // A view that was only just opened has its rows a little later, and no row that could have the focus.
  await waitFor(`a row of ${view} to have the focus`, async () => {
    await vscode.commands.executeCommand(`bifrost.${view}.focus`);
    await workbench.press('Home');
    return (await workbench.text(`${rowsOf(view)}.focused`)).length > 0 ? true : undefined;
  });
}

describe('hostile names in the sidebar', () => {
  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.debug');
    await openProfile('hostile <b>name</b> $(error) [x](command:workbench.action.toggleZenMode)'.replace(/[<>/:]/g, '-'), hostileAllocations(), hostileHandles());
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]' });
  });
  after(stopDebugging);

  for (const view of ['handles', 'allocations'] as const) {
    it(`are text in the tree of ${view}`, async () => {
      await begin(view);
      // A tree has only those rows that are in sight.
      const seen = new Set<string>();
      for (const name of HOSTILE) {
        await workbench.waitFor({ selector: `${rowsOf(view)}.focused .label-name` });
        for (const text of await workbench.text(`${rowsOf(view)} .label-name`)) seen.add(text);
        assert(seen.size > 0, name);
        await workbench.press('ArrowDown');
      }
      const all = [...seen].join('\n');
      for (const name of VISIBLE) assert(all.includes(name), `${name} is not in ${all}`);
      for (const selector of MARKUP) assert.equal(await workbench.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`), 0, selector);
      const spoken = (await workbench.evaluate(`[...document.querySelectorAll('${TREE_ROW}')].map((row) => [row.getAttribute('aria-label'), row.textContent, row.offsetHeight])`)) as [string, string, number][];
      for (const [label, text, height] of spoken) {
        assert.doesNotMatch(label + text, INVISIBLE);
        assert(height < ROW_HEIGHT_PX, `${label} is ${height} pixels high`);
      }
      await screenshot(`panel-hostile-${view}`);
    });

    it(`are text in the tooltips and the opened rows of ${view}`, async () => {
      await begin(view);
      for (const name of HOSTILE) {
        await workbench.press('ArrowRight');
        await vscode.commands.executeCommand('list.showHover');
        const text = await waitFor(`a tooltip of ${name.slice(0, 20)}`, async () => {
          const shown = (await workbench.text(HOVER)).join('\n');
          return shown === '' || shown.startsWith('Loading') ? undefined : shown;
        });
        assert.doesNotMatch(text, INVISIBLE);
        assert.equal(await workbench.evaluate(`document.querySelectorAll('${HOVER} :is(img, script, strong, em, code, a[href^="command"], .codicon)').length`), 0, text);
        await workbench.press('Escape');
        await workbench.press('ArrowLeft');
        await workbench.press('ArrowDown');
      }
      await screenshot(`panel-hostile-tooltips-${view}`);
      for (const selector of MARKUP.slice(0, 1)) assert.equal(await workbench.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`), 0, selector);
    });
  }

  it('have run nothing', async () => {
    assert.equal(await workbench.evaluate('window.hacked ?? false'), false);
    assert.equal(await panel.evaluate('window.hacked ?? false'), false);
  });
});
