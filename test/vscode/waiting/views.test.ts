/** What a program waits for, in the panel and in the sidebar: problems first, narrowed down by filters, hidden on request. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../../../src/host/contributions';
import { workspaceFile } from '../../helpers/debugging';
import { panel, screenshot, TREE_ROW, workbench } from '../../helpers/driver';
import { chooseOfFocusedRow } from '../../helpers/keyboard';
import { waitFor } from '../../helpers/waitFor';
import { NEVER, PlantedService, STUCK, UNENDED } from './plantedService';

const PROBLEM = '[data-test="problems"] [data-test="row"]';
const STUCK_PROBLEM = `${PROBLEM}[data-stuck="true"]`;
const ROW = '[data-test="handles"] [data-test="row"]';
const HEALTH = '[data-test="health"]';
const NOTIFICATION = '.notification-list-item-message';

/** By how many pixels the page is wider than what is seen of it. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

const filter = (id: string) => `[data-test="filter"][data-filter="${id}"]`;

describe('the panel and the sidebar of a program that waits', () => {
  let service: PlantedService;

  before(async () => {
    service = await PlantedService.start();
    await service.stuck();
  });
  after(async () => {
    await vscode.commands.executeCommand('bifrost.unhideAll');
    await service.stop();
  });

  it('have a badge that says stuck, and the planted groups as the first problems', async () => {
    await shownProblems(4, 1);
    await panel.waitFor({ selector: `${HEALTH}[data-health="stuck"]`, text: 'Stuck' });
    assert.match(await healthTitle(), new RegExp(`waiting for long: ${STUCK}\\.$`));
    const counts = await panel.evaluate(attributes(PROBLEM, 'data-count'));
    assert.deepEqual(counts, [UNENDED, NEVER, NEVER, 1, UNENDED + NEVER].map(String));
    const texts = await panel.text(STUCK_PROBLEM);
    for (const [index, text] of ['GET /unended/:id', 'GET /never/:id', 'loadOrder', 'outlived its request'].entries()) {
      assert(texts[index]?.includes(text), `${texts[index] ?? 'nothing'} does not have ${text}`);
    }
    await screenshot('waiting-panel');
  });

  it('give advice in an open row', async () => {
    await panel.click({ selector: `${STUCK_PROBLEM} .row-toggle`, nth: 3 });
    await panel.waitFor({ selector: `${STUCK_PROBLEM} [data-test="advice"]`, text: 'Stop it with clearInterval()' });
    const open = await panel.text(`${STUCK_PROBLEM}.open .facts`);
    assert.match(open.join(), /GET \/leak/);
    assert.match(open.join(), /still open although its request is over/);
    await screenshot('waiting-advice');
  });

  it('show the rows that the chosen filters leave, also when the panel was hidden meanwhile', async () => {
    await panel.showTab('handles');
    await panel.waitFor({ selector: ROW });
    const all = await rowCount();
    await panel.click({ selector: filter('per_request') });
    await waitFor('the rows caused by requests', async () => ((await rowCount()) === 4 ? true : undefined));
    await panel.click({ selector: filter('pending') });
    await waitFor('the one pending row', async () => ((await rowCount()) === 1 ? true : undefined));
    assert.deepEqual(await panel.evaluate(attributes(ROW, 'data-kind')), ['pending']);
    await screenshot('waiting-filters');

    await hidePanel();
    await vscode.commands.executeCommand('bifrost.showProfiler');
    for (const id of ['per_request', 'pending']) await panel.waitFor({ selector: `${filter(id)}[aria-pressed="true"]` });
    await panel.waitFor({ selector: ROW });
    assert.equal(await rowCount(), 1);
    await panel.click({ selector: filter('all') });
    await waitFor('all rows', async () => ((await rowCount()) === all ? true : undefined));
  });

  it('have a group that was hidden neither among the problems nor in the badge, until it is shown again', async () => {
    await panel.showTab('overview');
    await panel.click({ selector: '[data-test="problems"] .open .hide-buttons .button', text: 'Hide this group' });
    await shownProblems(3, 1);
    assert.match(await healthTitle(), new RegExp(`waiting for long: ${STUCK - 1}\\.$`));
    await panel.showTab('handles');
    await panel.waitFor({ selector: '[data-test="handles"] [data-test="hidden"]', text: '1 hidden' });
    await panel.click({ selector: '[data-test="handles"] [data-test="hidden"] summary' });
    await panel.waitFor({ selector: '[data-test="handles"] .hidden-entry', text: 'Interval, opened by refreshForever' });
    await screenshot('waiting-hidden');
    await panel.click({ selector: '[data-test="handles"] .hidden-entry .button', text: 'Show again' });
    await panel.showTab('overview');
    await shownProblems(4, 1);
    assert.deepEqual(await panel.text('[data-test="hidden"]'), []);
  });

  it('remember a hidden file when the panel is closed and shown again', async () => {
    await panel.click({ selector: `${STUCK_PROBLEM}.open .hide-buttons .button`, text: 'Hide this file' });
    await allHidden();
    await screenshot('waiting-file-hidden');
    const tabs = panelTabs();
    assert.equal(tabs.length, 1);
    await vscode.window.tabGroups.close(tabs);
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await allHidden();
    await panel.click({ selector: '[data-test="problems"] [data-test="hidden"] summary' });
    await panel.click({ selector: '[data-test="problems"] .hidden-entry .button', text: 'Show again' });
    await shownProblems(4, 1);
    await panel.waitFor({ selector: `${HEALTH}[data-health="stuck"]` });
  });

  it('mark what is stuck in the tree, and hide it by its context menu', async () => {
    await vscode.commands.executeCommand('bifrost.handles.focus');
    const row = `${UNENDED} × HTTP request in`;
    await workbench.waitFor({ selector: `${TREE_ROW}:has(.codicon-error)`, text: row });
    const description = (await workbench.text(`${TREE_ROW}:has(.codicon-error)`)).find((text) => text.includes(row));
    assert.match(description ?? '', /\d+ s\s+GET \/unended\/:id\s+service\.js:\d+/);
    await workbench.waitFor({ selector: '.pane-header', text: `${STUCK} stuck` });
    await screenshot('waiting-tree');

    await hide(row, 'Hide This Group');
    await workbench.waitFor({ selector: '.pane-header', text: `${STUCK - UNENDED} stuck` });
    await shownProblems(3, 1);

    await hide(`${NEVER} × Await`, 'Hide Groups of This File');
    await allHidden();

    await vscode.commands.executeCommand('bifrost.unhideAll');
    await workbench.waitFor({ selector: TREE_ROW, text: row });
    await workbench.waitFor({ selector: '.pane-header', text: `${STUCK} stuck` });
    await shownProblems(4, 1);
  });

  it('keep to their width in every theme', async () => {
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    const themes = [
      ['Default Light Modern', 'vscode-light'],
      ['Default High Contrast', 'vscode-high-contrast'],
      ['Default High Contrast Light', 'vscode-high-contrast-light'],
      ['Default Dark Modern', 'vscode-dark'],
    ] as const;
    for (const [theme, className] of themes) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Workspace);
      await panel.waitFor({ selector: `body.${className}` });
      await panel.evaluate(`document.querySelector('[data-test="problems"]').scrollIntoView()`);
      await screenshot(`waiting-${className}-problems`);
      await panel.showTab('handles');
      await panel.evaluate(`document.querySelector('[data-test="handles"]').scrollIntoView()`);
      await screenshot(`waiting-${className}-handles`);
      await panel.showTab('overview');
      assert.equal(await panel.evaluate(OVERFLOW), 0);
    }
  });

  it('keep to their width where there is little room', async () => {
    for (const viewColumn of [vscode.ViewColumn.Three, vscode.ViewColumn.Four]) {
      await vscode.window.showTextDocument(workspaceFile('service.js'), { viewColumn });
    }
    await waitFor('the panel to be narrow', async () => (Number(await panel.evaluate('innerWidth')) < 450 ? true : undefined));
    await panel.click({ selector: `${STUCK_PROBLEM}:not(.open) .row-toggle` });
    await panel.waitFor({ selector: `${STUCK_PROBLEM}.open [data-test="advice"]` });
    await panel.evaluate(`document.querySelector('[data-test="problems"]').scrollIntoView()`);
    await screenshot('waiting-narrow-problems');
    await panel.showTab('handles');
    await panel.evaluate(`document.querySelector('[data-test="handles"]').scrollIntoView()`);
    await screenshot('waiting-narrow-handles');
    assert.equal(await panel.evaluate(OVERFLOW), 0);
  });
});

/** Waits until so many problems are stuck, and so many wait for long. */
async function shownProblems(stuck: number, long: number): Promise<void> {
  let counts: unknown;
  await waitFor(
    () => `${stuck} stuck problems and ${long} others; there are ${JSON.stringify(counts)}`,
    async () => {
      const flags = (await panel.evaluate(attributes(PROBLEM, 'data-stuck'))) as string[];
      counts = { stuck: flags.filter((flag) => flag === 'true').length, long: flags.filter((flag) => flag === 'false').length };
      return JSON.stringify(counts) === JSON.stringify({ stuck, long }) ? true : undefined;
    },
  );
}

/** Everything that waits for long is in the one file of the program. */
async function allHidden(): Promise<void> {
  await panel.waitFor({ selector: '[data-test="problems"]', text: 'Nothing but what you have hidden' });
  await panel.waitFor({ selector: `${HEALTH}[data-health="healthy"]`, text: 'Healthy' });
}

/** What the badge says when the mouse is over it. */
async function healthTitle(): Promise<string> {
  return String(await panel.evaluate(`document.querySelector('${HEALTH}').title`));
}

async function rowCount(): Promise<number> {
  return Number(await panel.evaluate(`document.querySelectorAll('${ROW}').length`));
}

/** An expression for the values of an attribute of all elements that match. */
function attributes(selector: string, name: string): string {
  return `[...document.querySelectorAll('${selector}')].map((element) => element.getAttribute('${name}'))`;
}

function panelTabs(): vscode.Tab[] {
  const isPanel = ({ input }: vscode.Tab) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE);
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isPanel);
}

/** Shows a file in its place. */
async function hidePanel(): Promise<void> {
  const viewColumn = panelTabs()[0]?.group.viewColumn ?? vscode.ViewColumn.Active;
  await vscode.window.showTextDocument(workspaceFile('service.js'), { viewColumn });
  await waitFor('the panel to be hidden', () => (panelTabs().every(({ isActive }) => !isActive) ? true : undefined));
}

/** Hides the group of a row by an item of its context menu; again, where the tree was being drawn anew and the group not known. */
async function hide(row: string, item: string): Promise<void> {
  for (let outcome = ''; outcome !== 'hidden'; ) {
    await choose(row, item);
    outcome = await waitFor(`${row} to be hidden`, async () => {
      if (!(await workbench.text(TREE_ROW)).join().includes(row)) return 'hidden';
      return (await workbench.text(NOTIFICATION)).join().includes('choose the row once more') ? 'not known' : undefined;
    });
    await vscode.commands.executeCommand('notifications.clearAll');
  }
}

/** By keys: a menu that has just appeared ignores the mouse. */
async function choose(row: string, item: string): Promise<void> {
  await workbench.click({ selector: TREE_ROW, text: row });
  await workbench.waitFor({ selector: `${TREE_ROW}.focused`, text: row });
  await chooseOfFocusedRow(item);
}
