/** The upper half of the panel: charts on one time axis, tiles and the header, by mouse and by keyboard. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bifrost, debug, evaluate, launchOf, stateOf, stopDebugging, workspaceFile, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { PANEL_TAB, tabTo } from '../../helpers/keyboard';
import { waitFor } from '../../helpers/waitFor';

const SURFACE = '[data-test="timeline-surface"]';
const READOUT = '[data-test="readout"]';
const SELECTION = '.timeline-layer [data-test="selection"]';
const POINTED = '.pointed-value';
const tool = (id: string) => `[data-tool="${id}"]`;

const BLOCKED_MS = 900;
const POINTS = 16;

const attribute = (selector: string, name: string) => `document.querySelector(${JSON.stringify(selector)})?.getAttribute('${name}') ?? null`;
const count = async (selector: string) => Number(await panel.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`));
const isDisabled = (id: string) => panel.evaluate(`document.querySelector('${tool(id)}').disabled`);

async function valueText(): Promise<string> {
  return String(await panel.evaluate(attribute(SURFACE, 'aria-valuetext')));
}

/** How much time the charts show, in seconds. */
async function shownSeconds(): Promise<number> {
  const [least, most] = (await panel.evaluate(`['aria-valuemin', 'aria-valuemax'].map((name) => document.querySelector('${SURFACE}').getAttribute(name))`)) as string[];
  return (Number(most) - Number(least)) / 1000;
}

describe('the charts of a program', () => {
  let program: DebuggedProgram;

  before(async () => {
    program = await debug(launchOf('program.js'));
    await program.printed('working');
    // With an editor open the panel is beside it, and stays in sight when the debugger shows where it paused.
    await vscode.window.showTextDocument(workspaceFile('program.js'));
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: `[data-test="chart-loop"]`, timeoutMs: 30_000 });
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await evaluate(`block(${BLOCKED_MS})`);
    await waitFor('enough points', async () => ((await bifrost()).sessions.length > 0 && Number(await panel.evaluate(attribute('[data-test="chart-cpu"]', 'data-points'))) >= POINTS ? true : undefined), 60_000);
  });
  after(stopDebugging);

  it('are above each other, at the same places', async () => {
    const boxes = (await panel.evaluate(`[...document.querySelectorAll('.u-over')].map((over) => over.getBoundingClientRect()).map(({ left, width }) => [left, width].join())`)) as string[];
    assert.equal(boxes.length, 3);
    assert.equal(new Set(boxes).size, 1, boxes.join(' | '));
    await screenshot('charts');
  });

  it('show how long the loop was blocked, also as a table', async () => {
    await panel.click({ selector: tool('table') });
    await panel.waitFor({ selector: '[data-test="history-table"]' });
    const header = await panel.text('[data-test="history-table"] thead th');
    const column = header.indexOf('Delay (p99)');
    assert(column > 0, header.join());
    const delays = (await panel.text(`[data-test="history-row"] > :nth-child(${column + 1})`)).map((text) => Number.parseFloat(text) * (text.endsWith(' s') ? 1000 : 1));
    const longest = Math.max(...delays.filter(Number.isFinite));
    assert(longest > BLOCKED_MS * 0.8 && longest < BLOCKED_MS * 2.5, `${longest} ms of ${BLOCKED_MS}`);
    await screenshot('charts-table');
    await panel.click({ selector: tool('table') });
    await panel.waitFor({ selector: SURFACE });
  });

  it('have one cross-hair under the mouse, which goes with it', async () => {
    await panel.move(SURFACE, [0.97, 0.4]);
    await panel.waitFor({ selector: '[data-test="cross-hair"]' });
    await panel.waitFor({ selector: READOUT, text: 'ago' });
    await waitFor('marked values', async () => ((await count(POINTED)) >= 5 ? true : undefined));
    await screenshot('charts-cross-hair');
    await workbench.click({ selector: PANEL_TAB });
    await panel.waitFor({ selector: READOUT, text: 'Latest' });
  });

  it('select what is dragged over, until they are clicked', async () => {
    await panel.drag(SURFACE, [0.6, 0.5], [0.9, 0.5]);
    await panel.waitFor({ selector: SELECTION });
    await screenshot('charts-selection');
    await panel.click({ selector: SURFACE });
    await waitFor('no selection', async () => ((await count(SELECTION)) === 0 ? true : undefined));
  });

  it('zoom with Ctrl and the wheel, to the selection and by buttons, and go back to live', async () => {
    const whole = await shownSeconds();
    await panel.wheel(SURFACE, [0.9, 0.5], [0, -400], 'Control');
    await waitFor('a closer view', async () => ((await shownSeconds()) < whole * 0.9 ? true : undefined));
    await panel.waitFor({ selector: `${SURFACE}[data-following="false"]` });
    await screenshot('charts-zoomed');
    await panel.click({ selector: tool('live') });
    await panel.waitFor({ selector: `${SURFACE}[data-following="true"]` });
    assert.equal(await shownSeconds(), whole);
    assert.equal(await isDisabled('live'), true);

    await panel.click({ selector: tool('zoom-in') });
    await waitFor('half of it', async () => (Math.abs((await shownSeconds()) - whole / 2) < 0.01 ? true : undefined));
    await panel.click({ selector: tool('zoom-out') });
    await waitFor('all of it', async () => ((await shownSeconds()) === whole ? true : undefined));

    await panel.drag(SURFACE, [0.9, 0.5], [0.98, 0.5]);
    await panel.click({ selector: tool('zoom-selection') });
    await waitFor('what is selected', async () => ((await shownSeconds()) < whole / 8 ? true : undefined));
    await panel.click({ selector: tool('clear-selection') });
    await panel.click({ selector: tool('live') });
    await waitFor('all of it', async () => ((await shownSeconds()) === whole ? true : undefined));
  });

  it('have a line for a mark, and a band while the program is paused', async () => {
    await panel.click({ selector: tool('mark') });
    await panel.waitFor({ selector: '[data-test="event"][data-event="mark"]' });
    // By a statement: "Pause" lands in Node's own code, out of which the debugger steps for seconds before it says so.
    await evaluate('pause()');
    await stateOf(program.sessionId, 'paused');
    await panel.waitFor({ selector: '[data-test="band-name"]', text: 'Paused' });
    await screenshot('charts-paused');
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await stateOf(program.sessionId, 'live');
  });

  it('can be folded', async () => {
    await panel.click({ selector: '[data-test="chart-memory"] .track-toggle' });
    await waitFor('two charts', async () => ((await count('.u-over')) === 2 ? true : undefined));
    await panel.click({ selector: '[data-test="chart-memory"] .track-toggle' });
    await waitFor('three charts', async () => ((await count('.u-over')) === 3 ? true : undefined));
  });

  describe('by keyboard alone', () => {
    before(() => tabTo(SURFACE));

    it('have a cross-hair that arrows move, and that is read out', async () => {
      for (let presses = 0; presses < 3; presses++) await workbench.press('ArrowLeft');
      await panel.waitFor({ selector: '[data-test="cross-hair"]' });
      assert.match(await valueText(), /ago.*CPU [\d.]+%, Open handles \d+, Heap used [\d.]+ MB/);
    });

    it('select with Shift, zoom with Enter, and go back with Escape', async () => {
      for (let presses = 0; presses < 3; presses++) await workbench.press('Shift+PageUp');
      await panel.waitFor({ selector: SELECTION });
      assert.match(await valueText(), /^Selected /);
      const whole = await shownSeconds();
      await workbench.press('Enter');
      await waitFor('a closer view', async () => ((await shownSeconds()) < whole ? true : undefined));
      await workbench.press('Escape');
      await waitFor('no selection', async () => ((await count(SELECTION)) === 0 ? true : undefined));
      await workbench.press('Escape');
      await waitFor('the whole history', async () => ((await shownSeconds()) === whole ? true : undefined));
      await workbench.press('Escape');
      await waitFor('no cross-hair', async () => ((await count('[data-test="cross-hair"]')) === 0 ? true : undefined));
    });

    it('zoom with + and -, and stop at events with Control', async () => {
      const whole = await shownSeconds();
      await workbench.press('+');
      await waitFor('half of it', async () => (Math.abs((await shownSeconds()) - whole / 2) < 0.01 ? true : undefined));
      await workbench.press('0');
      await waitFor('all of it', async () => ((await shownSeconds()) === whole ? true : undefined));
      await waitFor('an event under the cross-hair', async () => {
        await workbench.press('Control+ArrowLeft');
        return /Paused|mark/i.test(await valueText()) ? true : undefined;
      });
    });

    it('have a toolbar with one stop, whose arrows go round', async () => {
      await tabTo('.timeline .tool');
      await workbench.press('End');
      assert.equal(await panel.evaluate('document.activeElement.dataset.tool'), 'table');
      await workbench.press('Enter');
      await panel.waitFor({ selector: '[data-test="history-table"]' });
      await workbench.press('Enter');
      await panel.waitFor({ selector: SURFACE });
      await workbench.press('ArrowRight');
      assert.equal(await panel.evaluate('document.activeElement.dataset.tool'), 'zoom-in');
    });

    it('have actions in the header, and a menu of the others', async () => {
      await tabTo('.header .tool');
      const seen: string[] = [];
      for (let presses = 0; presses < 6; presses++) {
        seen.push(String(await panel.evaluate('document.activeElement.dataset.tool')));
        await workbench.press('ArrowRight');
      }
      for (const id of ['mark', 'stop', 'more']) assert(seen.includes(id), `${id} is not among ${seen.join()}`);
      await workbench.press('End');
      await workbench.press('Enter');
      await panel.waitFor({ selector: '[role="menu"]' });
      // The rest of the tools, where there is no room for them, and what is used less often.
      const offered = (await panel.evaluate(`[...document.querySelectorAll('.header [data-tool]')].map((item) => item.dataset.tool)`)) as string[];
      for (const id of ['export', 'cpu-profile', 'heap-snapshot', 'deep-check', 'raw-dump']) assert(offered.includes(id), `${id} is not among ${offered.join()}`);
      await workbench.press('End');
      assert.equal(await panel.evaluate('document.activeElement.dataset.tool'), 'raw-dump');
      await workbench.press('ArrowUp');
      assert.equal(await panel.evaluate('document.activeElement.dataset.tool'), 'deep-check');
      await screenshot('charts-menu');
      await workbench.press('Escape');
      assert.equal(await count('[role="menu"]'), 0);
      assert.equal(await panel.evaluate('document.activeElement.dataset.tool'), 'more');
      await workbench.press('ArrowLeft');
      await workbench.press('Enter');
      await stateOf(program.sessionId, 'stopped');
      await tabTo('.header .tool');
      await panel.waitFor({ selector: tool('start') });
      await screenshot('charts-stopped');
      await panel.click({ selector: tool('start') });
      await stateOf(program.sessionId, 'live');
    });
  });
});
