/** How long the frames of the panel take while 10,000 groups and 50,000 nodes are scrolled through, and while a program is read. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { debug, evaluate, launchOf, stateOf, stopDebugging } from '../../helpers/debugging';
import { panel } from '../../helpers/driver';
import type { MeasuredFigure } from '../../helpers/driverProtocol';
import { frameFigures, scrolledFrames } from '../../helpers/frames';
import { largeHandles } from '../../helpers/largeHandles';
import { largeProfile } from '../../helpers/largeProfile';
import { keepFigures } from '../../helpers/measured';
import { openProfile } from '../../helpers/openProfile';
import { waitFor } from '../../helpers/waitFor';

const GRID_ROWS = `Number(document.querySelector('.tab-content .grid')?.getAttribute('aria-rowcount') ?? 0)`;
const SCROLLED_MS = 4_000;
const PIXELS = 60;

describe('the panel’s lists', () => {
  const figures: MeasuredFigure[] = [];

  const rows = (least: number) =>
    waitFor(`${least} rows`, async () => {
      const count = Number(await panel.evaluate(GRID_ROWS));
      return count >= least ? count : undefined;
    });
  const measure = async (subject: string) => {
    const frames = await scrolledFrames(SCROLLED_MS, PIXELS);
    assert(frames.intervals.length > 10, `${frames.intervals.length} frames`);
    figures.push(...frameFigures(subject, frames));
  };

  before(async () => {
    await openProfile('large', largeProfile(), largeHandles());
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]', timeoutMs: 30_000 });
  });
  after(async () => {
    await keepFigures('frames', figures);
    await stopDebugging();
  });

  it('scroll through 10,000 groups', async () => {
    await panel.showTab('handles');
    await rows(10_000);
    await measure('10,000 groups');
  });

  it('scroll through 50,000 nodes', async () => {
    await panel.evaluate('scrollTo(0, 0)');
    await panel.showTab('allocations');
    await panel.click({ selector: '[data-test="choice"][data-choice="callTree"]' });
    await panel.click({ selector: '.allocation-tools .button', text: 'Expand all' });
    await rows(50_000);
    await measure('50,000 nodes');
    await panel.click({ selector: '.allocation-tools .button', text: 'Collapse all' });
  });

  it('scroll while a program is read every second', async () => {
    const program = await debug(launchOf('program.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.startProfiler', program.sessionId);
    await stateOf(program.sessionId, 'live');
    await evaluate('open(1000)');
    await panel.showTab('handles');
    await rows(400);
    await measure('a live program, read every second');
  });
});
