/** 10,000 groups and a call tree of 50,000 rows in the panel: a few of them are drawn. How long frames take is measured in `measured`. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { debug, evaluate, launchOf, stateOf, stopDebugging } from '../../helpers/debugging';
import { panel, screenshot } from '../../helpers/driver';
import { scrolledFrames } from '../../helpers/frames';
import { GROUPS, largeHandles } from '../../helpers/largeHandles';
import { largeProfile } from '../../helpers/largeProfile';
import { openProfile } from '../../helpers/openProfile';
import { waitFor } from '../../helpers/waitFor';

const ROWS = '.tab-content [data-test="row"]';

describe('large lists in the panel', () => {
  const scroll = async () => {
    const { intervals } = await scrolledFrames(1_000, 60);
    assert(intervals.length > 10, `${intervals.length} frames`);
  };
  const drawn = async () => Number(await panel.evaluate(`document.querySelectorAll('${ROWS}').length`));

  before(async () => {
    await openProfile('large', largeProfile(), largeHandles());
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]', timeoutMs: 30_000 });
  });
  after(stopDebugging);

  it('scroll through 10,000 groups with a few of them drawn', async () => {
    await panel.showTab('handles');
    await panel.waitFor({ selector: ROWS });
    assert.equal(Number(await panel.evaluate(`document.querySelector('.tab-content .grid').getAttribute('aria-rowcount')`)), GROUPS);
    await scroll();
    const rows = await drawn();
    assert(rows > 0 && rows < 150, `${rows} rows are drawn`);
    await screenshot('lists-large-handles');
  });

  it('scroll through all rows of a call tree that is open', async () => {
    await panel.evaluate('scrollTo(0, 0)');
    await panel.showTab('allocations');
    await panel.click({ selector: '[data-test="choice"][data-choice="callTree"]' });
    await panel.click({ selector: '.allocation-tools .button', text: 'Expand all' });
    await waitFor('50,000 rows', async () => {
      const rows = Number(await panel.evaluate(`document.querySelector('.tab-content .grid')?.getAttribute('aria-rowcount') ?? 0`));
      return rows >= 50_000 ? rows : undefined;
    });
    await scroll();
    const rows = await drawn();
    assert(rows > 0 && rows < 200, `${rows} rows are drawn`);
    await screenshot('lists-large-tree');
    await panel.click({ selector: '.allocation-tools .button', text: 'Collapse all' });
  });

  it('scroll while a program is read every second', async () => {
    const program = await debug(launchOf('program.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.startProfiler', program.sessionId);
    await stateOf(program.sessionId, 'live');
    await evaluate('open(1000)');
    await panel.showTab('handles');
    await waitFor('a thousand groups', async () => (Number(await panel.evaluate(`document.querySelector('.tab-content .grid')?.getAttribute('aria-rowcount') ?? 0`)) >= 400 ? true : undefined));
    await scroll();
  });
});
