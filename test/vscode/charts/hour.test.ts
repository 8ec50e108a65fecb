/** The charts with an hour of four points a second. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelSnapshot, ToPage } from '../../../src/protocol/panel';
import type { CurrentFigures } from '../../../src/protocol/profile';
import type { SessionInfo } from '../../../src/protocol/reports';
import { initialState } from '../../../src/webview/state';
import { debug, launchOf, stopDebugging } from '../../helpers/debugging';
import { panel, screenshot } from '../../helpers/driver';
import { historyPointAt } from '../../helpers/historyPoints';
import { TextTable } from '../../helpers/textTable';

const INTERVAL_SECONDS = 0.25;
const HOUR = 14_400;
const FEW = 300;
const FRAMES = 20;
/** A machine without a graphics processor takes long for each frame to be seen, whatever it took to draw. */
const TIMEOUT_MS = 150_000;
/** A frame may take so many times as long with the hour as with the few: there are 48 times as many points. */
const TIMES_AS_LONG = 8;

const SESSION: SessionInfo = { id: 'hour', name: 'hour.js', state: 'live', pid: 1, nodeVersion: 'v24.0.0' };

const POINT = historyPointAt(0, { committedHeapBytes: 9e7, heapLimitBytes: 4e9, rssBytes: 1.5e8, gcLastPause: 1 });

const CURRENT: CurrentFigures = {
  cpuPercent: 10,
  cpuUserSeconds: 0,
  cpuSystemSeconds: 0,
  usedHeapBytes: 5e7,
  committedHeapBytes: 9e7,
  heapLimitBytes: 4e9,
  externalBytes: 0,
  arrayBufferBytes: 0,
  rssBytes: 1.5e8,
  totalAllocatedBytes: 1e9,
  totalAllocatedIsEstimate: false,
  heapObjects: null,
  openHandles: 1,
  gcCount: 1,
  gcLastPause: 1,
  gcTotalPause: 1,
  loopDelayP99: 1,
  loopUtilization: 0.5,
  cpuCount: 2,
  threadPoolSize: 4,
  dom: null,
  overheadPercent: null,
  overheadLimit: '',
};

function snapshotOf(points: number): PanelSnapshot {
  return {
    sessions: [SESSION],
    processes: initialState.processes,
    status: { session: SESSION, notice: null, missing: {} },
    intervalSeconds: INTERVAL_SECONDS,
    windowSeconds: points * INTERVAL_SECONDS,
    history: [],
    bands: [],
    events: [],
    current: CURRENT,
    allocations: null,
    handles: null,
    hidden: { files: [], groups: [] },
    workspaceFolders: [],
  };
}

/** Posts a history as the host does, then one more point at a time. Gives how long each frame drew, in milliseconds. */
function frames(points: number): string {
  const message: ToPage = { type: 'snapshot', snapshot: snapshotOf(points) };
  return `(async () => {
    const now = Date.now();
    const at = (index) => ({ ...${JSON.stringify(POINT)}, time: now + (index - ${points}) * ${INTERVAL_SECONDS * 1000},
      usedHeapBytes: 5e7 + ((index * 7919) % 1000) * 2e4, cpuPercent: (index * 31) % 100, openHandles: index % 700,
      loopDelayP99: (index * 17) % 40, loopUtilization: ((index * 13) % 100) / 100, gcCount: index % 3, gcPause: index % 3 });
    const requestFrame = window.requestAnimationFrame;
    const frame = () => new Promise((resolve) => requestFrame(() => setTimeout(resolve)));
    const message = ${JSON.stringify(message)};
    message.snapshot.history = Array.from({ length: ${points} }, (_, index) => at(index));
    window.postMessage(message, '*');
    for (let waited = 0; document.querySelector('[data-test="chart-cpu"]')?.dataset.points !== '${points}'; waited++) {
      if (waited === 300) throw new Error('The page does not show ${points} points.');
      await frame();
    }
    // A drawing goes on in the microtasks of its frame.
    window.requestAnimationFrame = (draw) => requestFrame((time) => {
      const start = performance.now();
      draw(time);
      queueMicrotask(() => queueMicrotask(() => performance.measure('frame of ${points}', { start })));
    });
    for (let index = 0; index < ${FRAMES}; index++) {
      window.postMessage({ type: 'point', point: at(${points} + index), current: message.snapshot.current }, '*');
      await frame();
      await frame();
    }
    window.requestAnimationFrame = requestFrame;
    return performance.getEntriesByName('frame of ${points}').map(({ duration }) => duration);
  })()`;
}

describe('an hour of four points a second', () => {
  // Of a program that has ended, so that the host posts nothing in between.
  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const program = await debug(launchOf('program.js'));
    await program.printed('working');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: '[data-test="timeline-surface"]', timeoutMs: 30_000 });
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await stopDebugging();
    await panel.waitFor({ selector: '[data-test="state"][data-state="ended"]' });
  });

  it('is drawn nearly as fast as a minute: the times are printed', async function () {
    this.timeout(TIMEOUT_MS);
    const table = new TextTable('points');
    const medians = new Map<number, number>();
    for (const points of [FEW, HOUR]) {
      const durations = ((await panel.evaluate(frames(points))) as number[]).sort((one, other) => one - other);
      const median = durations[Math.floor(durations.length / 2)] ?? Number.NaN;
      medians.set(points, median);
      table.set(String(points), 'frames', String(durations.length));
      table.set(String(points), 'median ms', median.toFixed(1));
      table.set(String(points), 'longest ms', (durations.at(-1) ?? Number.NaN).toFixed(1));
    }
    table.print();
    await screenshot('charts-hour');
    const ratio = (medians.get(HOUR) ?? Number.NaN) / (medians.get(FEW) ?? Number.NaN);
    assert(ratio < TIMES_AS_LONG, `${ratio.toFixed(1)} times as long`);
  });
});
