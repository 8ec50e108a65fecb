/** The tab of all programs, with a program that has a child process and a worker: by mouse and by keyboard. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bifrost, debug, launchOf, stateOf, stopDebugging, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { isFocused, tabOnTo, tabTo } from '../../helpers/keyboard';
import { waitFor } from '../../helpers/waitFor';

const ROW = '[data-test="processes"] [data-test="row"]';
const ACTIVE = `${ROW}.active`;
const GRID = '[data-test="processes"] .grid';
const SEARCH = '[data-test="process-search"]';
const SORT = '[data-test="process-sort"]';
const SHOWN = `${ROW}:has([aria-current="true"])`;
const head = (sort: string) => `[data-test="column"][data-sort="${sort}"]`;

interface Row {
  readonly kind: string;
  readonly level: number;
  readonly name: string;
  /** In MB; null for a worker, which has none of its own. */
  readonly rss: number | null;
}

/** The rows as they stand, without what has ended. */
async function rows(): Promise<readonly Row[]> {
  return (await panel.evaluate(`[...document.querySelectorAll('${ROW}[data-current="true"]')]
    .sort((a, b) => a.dataset.position - b.dataset.position)
    .map((row) => ({
      kind: row.dataset.kind,
      level: Number(row.querySelector('[role="row"]').getAttribute('aria-level')),
      name: row.querySelector('.row-name').textContent,
      rss: Number.parseFloat(row.querySelector('[data-figure="rss"]').textContent) * (row.querySelector('[data-figure="rss"]').textContent.endsWith('GB') ? 1024 : 1),
    }))`)) as Row[];
}

async function rowsAre(what: string, isIt: (rows: readonly Row[]) => boolean): Promise<readonly Row[]> {
  let now: readonly Row[] = [];
  return waitFor(
    () => `${what}; they are ${JSON.stringify(now)}`,
    async () => {
      now = await rows();
      return isIt(now) ? now : undefined;
    },
  );
}

const isFamily = (found: readonly Row[]) => found.map(({ kind, level }) => `${kind} ${level}`).sort().join() === 'process 1,process 2,worker 2';
const descending = (found: readonly Row[]) => found.every(({ rss }, index) => index === 0 || (rss ?? -1) <= (found[index - 1]?.rss ?? -1));
const sortOf = (sort: string) => panel.evaluate(`document.querySelector('${head(sort)}').parentElement.getAttribute('aria-sort')`);

describe('the programs of a launch', () => {
  let program: DebuggedProgram;

  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    program = await debug(launchOf('family.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    const api = await bifrost();
    await waitFor('three programs with figures', () => (api.processes.processes.filter(({ is_current }) => is_current).length === 3 ? true : undefined));
    await panel.showTab('processes');
  });
  after(stopDebugging);

  it('are a tree with sums', async () => {
    const found = await rowsAre('a program with a child and a worker', isFamily);
    assert.equal(found[0]?.level, 1);
    await panel.waitFor({ selector: '[data-test="process-total"]', text: 'MB' });
    assert.equal(await panel.evaluate(`document.querySelector('${GRID}').getAttribute('aria-rowcount')`), await panel.evaluate(`String(document.querySelectorAll('${ROW}').length + 2)`));
    await screenshot('panel-processes');
  });

  it('are searched, with those that started what is found, by mouse', async () => {
    await panel.click({ selector: SEARCH });
    await workbench.type('worker');
    await rowsAre('the worker and its program', (found) => found.map(({ kind }) => kind).join() === 'process,worker');
    await screenshot('panel-processes-search');
    await workbench.press('Control+A');
    await workbench.type('no such program');
    await panel.waitFor({ selector: '[data-test="processes"] .list-text', text: 'No program is left' });
    await workbench.press('Control+A');
    await workbench.press('Delete');
    await rowsAre('all three', isFamily);
  });

  it('are sorted by a click on the head of a column', async () => {
    assert.equal(await sortOf('rss'), 'none');
    await panel.click({ selector: head('rss') });
    await rowsAre('the largest first', (found) => found.length === 3 && found.every(({ level }) => level === 1) && descending(found) && found[2]?.kind === 'worker');
    assert.equal(await sortOf('rss'), 'descending');
    assert.equal(await panel.evaluate(`document.querySelector('${SORT}').value`), 'rss');
    await panel.click({ selector: head('name') });
    await waitFor('the order of the names', async () => ((await sortOf('name')) === 'ascending' ? true : undefined));
    assert.equal(await sortOf('rss'), 'none');
    await screenshot('panel-processes-sorted');
  });

  it('are put on show by a click', async () => {
    await panel.click({ selector: `${ROW}[data-kind="process"][data-current="true"] .process:not([aria-current])` });
    await waitFor('the child to be on show', async () => ((await panel.evaluate(`document.querySelector('${SHOWN}')?.dataset.process`)) === program.sessionId ? undefined : true));
    await panel.click({ selector: `${ROW}[data-process="${program.sessionId}"] .process` });
    await shown(program.sessionId);
  });

  describe('by keyboard alone', () => {
    it('are searched and sorted', async () => {
      await tabTo(SEARCH);
      await workbench.type('work');
      await rowsAre('the worker alone, in a list by name', (found) => found.map(({ kind }) => kind).join() === 'worker');
      for (let typed = 0; typed < 4; typed++) await workbench.press('Backspace');
      await rowsAre('all three', (found) => found.length === 3);
      await workbench.press('Tab');
      assert.equal(await panel.evaluate(isFocused(SORT)), true);
      await workbench.press('Home');
      await rowsAre('the tree', isFamily);
      await tabOnTo(head('rss'));
      await workbench.press('Enter');
      await rowsAre('the largest first', (found) => found.every(({ level }) => level === 1) && descending(found));
      await tabOnTo(head('name'), panel, 'Shift+Tab');
      await workbench.press('Space');
      await waitFor('the order of the names', async () => ((await sortOf('name')) === 'ascending' ? true : undefined));
    });

    it('are gone through by arrows, copied, and put on show by Enter', async () => {
      await tabTo(SEARCH);
      await workbench.type('family');
      await rowsAre('the two processes', (found) => found.map(({ kind }) => kind).join() === 'process,process');
      await tabTo(GRID);
      await workbench.press('End');
      await workbench.press('Home');
      const first = String(await panel.evaluate(`document.querySelector('${ACTIVE}')?.dataset.process`));
      assert.equal(await panel.evaluate(`document.querySelector('${ACTIVE}').dataset.position`), '0');
      await workbench.press('ArrowDown');
      await waitFor('the second row to be active', async () => ((await panel.evaluate(`document.querySelector('${ACTIVE}')?.dataset.position`)) === '1' ? true : undefined));
      await vscode.env.clipboard.writeText('');
      await workbench.press('Control+c');
      const text = await waitFor('a text in the clipboard', async () => (await vscode.env.clipboard.readText()) || undefined);
      assert.match(text, /: CPU .*, RSS .*, Heap used [\d.]+ MB, Handles \d+/);
      const second = String(await panel.evaluate(`document.querySelector('${ACTIVE}').dataset.process`));
      assert.notEqual(second, first);
      await workbench.press('Enter');
      await shown(second);
      await tabTo(GRID);
      await workbench.press('Home');
      await workbench.press('Enter');
      await shown(first);
    });
  });
});

/** Waits until a program is the one on show, as its row and the rest of the panel say. */
async function shown(sessionId: string): Promise<void> {
  let now: unknown;
  await waitFor(
    () => `${sessionId} to be on show; it is ${String(now)}`,
    async () => {
      now = await panel.evaluate(`document.querySelector('${SHOWN}')?.dataset.process`);
      return now === sessionId ? true : undefined;
    },
  );
  assert.equal(await panel.evaluate(`document.querySelector('[data-test="session-select"]').value`), sessionId);
}
