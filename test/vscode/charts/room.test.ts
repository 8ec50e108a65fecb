/** The charts in every theme, in little room, on other screens, and with an hour of four points a second. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { debug, launchOf, stopDebugging } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { TextTable } from '../../helpers/textTable';
import { waitFor } from '../../helpers/waitFor';

const SURFACE = '[data-test="timeline-surface"]';
const WINDOW = [1600, 1000] as const;

/** By how many pixels the page is wider than what is seen of it. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const PIXELS_PER_CSS_PIXEL = `(() => { const canvas = document.querySelector('.plot canvas'); return canvas.width / canvas.getBoundingClientRect().width; })()`;

/** A page of so many points, and how long each of forty frames with another point took, in milliseconds. */
const framesWith = (points: number) => `(async () => {
  const now = Date.now();
  const at = (time, index) => ({ time, usedHeapBytes: 5e7 + ((index * 7919) % 1000) * 2e4, committedHeapBytes: 9e7, heapLimitBytes: 4e9, rssBytes: 1.5e8,
    cpuPercent: (index * 31) % 100, openHandles: index % 700, loopDelayP99: (index * 17) % 40, loopUtilization: ((index * 13) % 100) / 100,
    gcCount: index % 3, gcPause: index % 3, gcLastPause: 1 });
  const current = { ...at(now, 1), cpuUserSeconds: 0, cpuSystemSeconds: 0, externalBytes: 0, arrayBufferBytes: 0, totalAllocatedBytes: 1e9,
    totalAllocatedIsEstimate: false, heapObjects: null, gcCount: 1, gcTotalPause: 1, cpuCount: 2, threadPoolSize: 4 };
  const session = { id: 'hour', name: 'hour.js', state: 'live', pid: 1, nodeVersion: 'v24.0.0' };
  const snapshot = { sessions: [session], status: { session, notice: null }, intervalSeconds: 0.25, windowSeconds: ${points} / 4,
    history: Array.from({ length: ${points} }, (_, index) => at(now - (${points} - index) * 250, index)), bands: [], events: [], current,
    allocations: null, handles: null, processes: null, hidden: { files: [], groups: [] }, workspaceFolders: [] };
  const frame = () => new Promise((resolve) => raf(() => setTimeout(resolve)));
  const raf = window.requestAnimationFrame.bind(window);
  window.postMessage({ type: 'snapshot', snapshot }, '*');
  while (document.querySelector('[data-test="chart-cpu"]')?.dataset.points !== '${points}') await frame();
  const name = 'frame of ${points}';
  // A drawing goes on in the microtasks of its frame.
  window.requestAnimationFrame = (draw) => raf((time) => {
    const start = performance.now();
    draw(time);
    queueMicrotask(() => queueMicrotask(() => performance.measure(name, { start })));
  });
  for (let index = 1; index <= 40; index++) {
    window.postMessage({ type: 'point', point: at(now + index * 250, index), current }, '*');
    await frame();
    await frame();
  }
  window.requestAnimationFrame = raf;
  return performance.getEntriesByName(name).map(({ duration }) => duration);
})()`;

describe('the charts', () => {
  before(async () => {
    const program = await debug(launchOf('program.js'));
    await program.printed('working');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: SURFACE, timeoutMs: 30_000 });
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
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
      await screenshot(`charts-${className}`);
      assert.equal(await panel.evaluate(OVERFLOW), 0);
      await panel.click({ selector: SURFACE });
    }
  });

  it('are sharp on a screen of another resolution', async () => {
    await workbench.resize(...WINDOW, 2);
    await waitFor('two pixels for each', async () => (Math.abs(Number(await panel.evaluate(PIXELS_PER_CSS_PIXEL)) - 2) < 0.02 ? true : undefined));
    await workbench.resize(...WINDOW, 1);
    await waitFor('one pixel for each', async () => (Math.abs(Number(await panel.evaluate(PIXELS_PER_CSS_PIXEL)) - 1) < 0.02 ? true : undefined));
  });

  it('keep to their width at 200 per cent, and in a panel of 320 pixels, with all actions in reach', async () => {
    await workbench.resize(800, 500, 2);
    await waitFor('the panel to be narrower', async () => (Number(await panel.evaluate('innerWidth')) <= 800 ? true : undefined));
    await screenshot('charts-200-per-cent');
    assert.equal(await panel.evaluate(OVERFLOW), 0);
    await workbench.resize(368, 900, 1);
    await waitFor('the panel to be narrow', async () => (Number(await panel.evaluate('innerWidth')) <= 330 ? true : undefined));
    await screenshot('charts-narrow');
    assert.equal(await panel.evaluate(OVERFLOW), 0);
    await panel.click({ selector: '.header [data-tool="more"]' });
    const offered = (await panel.evaluate(`[...document.querySelectorAll('.header [data-tool]')].map((tool) => tool.dataset.tool)`)) as string[];
    for (const id of ['mark', 'collect-garbage', 'export', 'stop', 'cpu-profile', 'heap-snapshot', 'deep-check', 'raw-dump']) assert(offered.includes(id), `${id} is not among ${offered.join()}`);
    await screenshot('charts-narrow-menu');
    await workbench.press('Escape');
    await workbench.resize(...WINDOW, 1);
  });

  it('draw 14,400 points nearly as fast as 300: the times are printed', async () => {
    const table = new TextTable('points');
    const medians: number[] = [];
    for (const points of [300, 14_400]) {
      const durations = ((await panel.evaluate(framesWith(points))) as number[]).sort((one, other) => one - other);
      const median = durations[Math.floor(durations.length / 2)] ?? Number.NaN;
      medians.push(median);
      table.set(String(points), 'frames', String(durations.length));
      table.set(String(points), 'median ms', median.toFixed(1));
      table.set(String(points), 'longest ms', (durations.at(-1) ?? Number.NaN).toFixed(1));
    }
    table.print();
    await screenshot('charts-hour');
    const ratio = (medians[1] ?? Number.NaN) / (medians[0] ?? Number.NaN);
    assert(ratio < 8, `${ratio.toFixed(1)} times as long`);
  });
});
