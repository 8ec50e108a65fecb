/** The charts in every theme, in little room and on other screens. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { debug, launchOf, stopDebugging } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

const SURFACE = '[data-test="timeline-surface"]';
const WINDOW = [1600, 1000] as const;

/** By how many pixels the page is wider than what is seen of it. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const PIXELS_PER_CSS_PIXEL = `(() => { const canvas = document.querySelector('.plot canvas'); return canvas.width / canvas.getBoundingClientRect().width; })()`;

describe('the charts', () => {
  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const program = await debug(launchOf('program.js'));
    await program.printed('working');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: SURFACE, timeoutMs: 30_000 });
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
  after(async () => {
    await workbench.resize(...WINDOW);
    await stopDebugging();
  });

  it('keep to their width in every theme', async () => {
    for (const [theme, className] of [
      ['Default Light Modern', 'vscode-light'],
      ['Default High Contrast', 'vscode-high-contrast'],
      ['Default High Contrast Light', 'vscode-high-contrast-light'],
      ['Default Dark Modern', 'vscode-dark'],
    ] as const) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Workspace);
      await panel.waitFor({ selector: `body.${className}` });
      await panel.drag(SURFACE, [0.9, 0.5], [0.97, 0.5]);
      assert.equal(await panel.evaluate(OVERFLOW), 0);
      await screenshot(`charts-${className}`);
      await panel.click({ selector: SURFACE });
    }
  });

  it('are sharp on a screen of another resolution', async () => {
    // As with the zoom of a window, its size in CSS pixels changes too.
    await workbench.resize(1400, 900, 2);
    await waitFor('two pixels for each', async () => (Math.abs(Number(await panel.evaluate(PIXELS_PER_CSS_PIXEL)) - 2) < 0.02 ? true : undefined));
    await workbench.resize(...WINDOW, 1);
    await waitFor('one pixel for each', async () => (Math.abs(Number(await panel.evaluate(PIXELS_PER_CSS_PIXEL)) - 1) < 0.02 ? true : undefined));
  });

  it('keep to their width at 200 per cent, and in a panel of 320 pixels, with all actions in reach', async () => {
    await workbench.resize(800, 500, 2);
    await waitFor('the panel to be narrower', async () => (Number(await panel.evaluate('innerWidth')) <= 800 ? true : undefined));
    assert.equal(await panel.evaluate(OVERFLOW), 0);
    await screenshot('charts-200-per-cent');
    await workbench.resize(368, 900, 1);
    await waitFor('the panel to be narrow', async () => (Number(await panel.evaluate('innerWidth')) <= 330 ? true : undefined));
    assert.equal(await panel.evaluate(OVERFLOW), 0);
    await screenshot('charts-narrow');
    await panel.click({ selector: '.header [data-tool="more"]' });
    const offered = (await panel.evaluate(`[...document.querySelectorAll('.header [data-tool]')].map((tool) => tool.dataset.tool)`)) as string[];
    for (const id of ['mark', 'export', 'stop', 'cpu-profile', 'heap-snapshot', 'deep-check', 'raw-dump']) assert(offered.includes(id), `${id} is not among ${offered.join()}`);
    await screenshot('charts-narrow-menu');
    await workbench.press('Escape');
    await workbench.resize(...WINDOW, 1);
  });
});
