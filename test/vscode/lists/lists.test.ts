/** The panel's lists: tabs, keys, what is remembered, hostile names, by mouse and by keyboard alone. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../../../src/host/contributions';
import { debug, editorAt, evaluate, launchOf, stateOf, stopDebugging, workspaceFile, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { hostileAllocations, hostileHandles } from '../../helpers/hostileNames';
import { openProfile } from '../../helpers/openProfile';
import { waitFor } from '../../helpers/waitFor';

const GROUPS = 40;
/** What only one of the program's timers has in its row, and the line that opened it. */
const DUE = '3600009';
const OPENS_AT = 6;
const ROW = '[data-test="handles"] [data-test="row"]';
const ACTIVE = `${ROW}.active`;
const SELECTED_TAB = '[data-test="tab"][aria-selected="true"]';

/** As emptying the field does. */
const CLEAR_SEARCH = `(() => {
  const input = document.querySelector('[data-test="handle-search"]');
  input.value = '';
  input.dispatchEvent(new Event('input', { bubbles: true }));
})()`;

/** The value of an expression, once it is as wanted. */
async function becomes(what: string, expression: string, isIt: (value: unknown) => boolean): Promise<unknown> {
  let value: unknown;
  return waitFor(
    () => `${what}; it is ${JSON.stringify(value)}`,
    async () => {
      value = await panel.evaluate(expression);
      return isIt(value) ? { value } : undefined;
    },
  );
}

const attribute = (selector: string, name: string) => `document.querySelector(${JSON.stringify(selector)})?.getAttribute(${JSON.stringify(name)}) ?? null`;

describe('the lists of the panel', () => {
  let program: DebuggedProgram;

  before(async () => {
    program = await debug(launchOf('program.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    await evaluate(`open(${GROUPS})`);
    await panel.showTab('overview');
    await panel.waitFor({ selector: '[data-test="top-handles"] [data-test="row"]', timeoutMs: 30_000 });
  });
  after(stopDebugging);

  it('are in tabs, which arrows choose', async () => {
    await screenshot('lists-overview');
    await panel.click({ selector: '[data-test="tab"][data-tab="overview"]' });
    await workbench.press('ArrowRight');
    await becomes('the tab of allocations to be chosen', attribute(SELECTED_TAB, 'data-tab'), (id) => id === 'allocations');
    await panel.waitFor({ selector: '[data-test="allocations"]' });
    await screenshot('lists-allocations');
    await workbench.press('End');
    await becomes('the last tab to be chosen', attribute(SELECTED_TAB, 'data-tab'), (id) => id !== 'allocations');
    await panel.showTab('handles');
    await panel.waitFor({ selector: ROW });
  });

  it('are searched and sorted', async () => {
    await panel.click({ selector: '[data-test="handle-search"]' });
    await workbench.type('timerOf7');
    await becomes('one group', `document.querySelectorAll('${ROW}').length`, (count) => count === 1);
    assert.match((await panel.text(ROW)).join(), /3600007 ms/);
    await screenshot('lists-search');
    for (let typed = 'timerOf7'.length; typed > 0; typed--) await workbench.press('Backspace');
    await becomes('all groups', attribute('[data-test="handles"] .grid', 'aria-rowcount'), (count) => Number(count) > GROUPS);
  });

  it('are used by the keyboard alone: arrows move, Space opens, Enter shows the source', async () => {
    await panel.evaluate(`document.querySelector('[data-test="handles"] .grid').focus()`);
    await workbench.press('Home');
    await becomes('the first row to be active', attribute(ACTIVE, 'data-position'), (position) => position === '0');
    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await becomes('the third row to be active', attribute(ACTIVE, 'data-position'), (position) => position === '2');
    const named = await panel.evaluate(`document.getElementById(document.querySelector('[data-test="handles"] .grid').getAttribute('aria-activedescendant')).getAttribute('aria-label')`);
    assert.match(String(named), /Timer/);
    await workbench.press('Space');
    await panel.waitFor({ selector: `${ACTIVE}.open .row-body` });
    await screenshot('lists-open-row');
    await workbench.press('ArrowLeft');
    await becomes('the row to be closed', `document.querySelectorAll('${ROW}.open').length`, (count) => count === 0);
    await workbench.press('End');
    await becomes('the last row to be active', attribute(ACTIVE, 'data-position'), (position) => Number(position) >= GROUPS);
    assert.equal(await panel.evaluate(`document.activeElement.classList.contains('grid')`), true);
    const rows = Number(await panel.evaluate(`document.querySelectorAll('${ROW}').length`));
    assert(rows < GROUPS + 5, `${rows} rows are drawn`);
  });

  it('copy a row as text', async () => {
    await vscode.env.clipboard.writeText('');
    await workbench.press('Control+c');
    const text = await waitFor('a text in the clipboard', async () => (await vscode.env.clipboard.readText()) || undefined);
    assert.match(text, /Timer|Interval/);
    assert.match(text, /program\.js|evaluate|\(anonymous\)/);
  });

  it('open the source of the active row by Enter', async () => {
    await panel.click({ selector: '[data-test="handle-search"]' });
    await workbench.type(DUE);
    await becomes('one group', `document.querySelectorAll('${ROW}').length`, (count) => count === 1);
    await panel.evaluate(`document.querySelector('[data-test="handles"] .grid').focus()`);
    await workbench.press('Home');
    await workbench.press('Enter');
    await editorAt(workspaceFile('program.js'), OPENS_AT);
  });

  it('have the processes with their figures, the one on show marked', async () => {
    await panel.showTab('processes');
    const live = '[data-test="processes"] [data-test="row"][data-state="live"]';
    await panel.waitFor({ selector: live, text: 'program.js' });
    await becomes('the heap of the program', `document.querySelector('${live} [data-figure="heap"]').textContent`, (text) => /^[\d.]+ MB$/.test(String(text)));
    assert.match((await panel.text(`${live} [aria-current="true"]`)).join(), /program\.js/);
    await screenshot('lists-processes');
    await panel.showTab('handles');
  });

  it('are as they were when the panel was hidden meanwhile', async () => {
    const tab = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE));
    await vscode.window.showTextDocument(workspaceFile('program.js'), { viewColumn: tab?.group.viewColumn ?? vscode.ViewColumn.Active });
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: ROW });
    assert.equal(await panel.evaluate(attribute(SELECTED_TAB, 'data-tab')), 'handles');
    assert.equal(await panel.evaluate(`document.querySelector('[data-test="handle-search"]').value`), DUE);
    assert.equal(Number(await panel.evaluate(`document.querySelectorAll('${ROW}').length`)), 1);
  });
});

const SITES = '[data-test="choice"][data-choice="sites"]';

describe('hostile names', () => {
  it('are shown as text everywhere, and keep to their rows', async () => {
    await openProfile('hostile', hostileAllocations(), hostileHandles());
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]' });
    for (const tab of ['overview', 'allocations', 'handles'] as const) {
      await panel.showTab(tab);
      if (tab === 'allocations') {
        await panel.click({ selector: SITES });
        // The rows of what was chosen before stay until the answer is there.
        await panel.waitFor({ selector: `${SITES}[aria-pressed="true"]` });
        await panel.waitFor({ selector: '[data-test="allocations"]:not([aria-busy="true"]) [data-test="row"]' });
      }
      if (tab === 'handles') await panel.evaluate(CLEAR_SEARCH);
      await panel.waitFor({ selector: `.tab-content [data-test="row"]` });
      await panel.click({ selector: '.tab-content [data-test="row"] .row-toggle' });
      await panel.waitFor({ selector: '.tab-content .row-body' });
      await screenshot(`lists-hostile-${tab}`);
      assert.equal(await panel.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0, `${tab} is wider than the page`);
      assert.equal(await panel.evaluate(`document.querySelectorAll('.tab-content img, .tab-content script').length`), 0);
      const invisible = await panel.evaluate(`/[\\u202A-\\u202E\\u200B\\u2066-\\u2069]/.test([...document.querySelectorAll('.tab-content *')].map((element) => element.title + element.getAttribute('aria-label')).join() + document.querySelector('.tab-content').textContent)`);
      assert.equal(invisible, false, `${tab} has invisible characters`);
    }
    assert.equal(await panel.evaluate('window.hacked ?? false'), false);
  });
});
