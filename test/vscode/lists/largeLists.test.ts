/** 10,000 groups and a call tree of 50,000 rows in the panel: how long its frames take while it scrolls. Prints the times. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { debug, evaluate, launchOf, stateOf, stopDebugging } from '../../helpers/debugging';
import { panel, screenshot } from '../../helpers/driver';
import { GROUPS, largeHandles } from '../../helpers/largeHandles';
import { largeProfile } from '../../helpers/largeProfile';
import { openProfile } from '../../helpers/openProfile';
import { TextTable } from '../../helpers/textTable';
import { waitFor } from '../../helpers/waitFor';

interface Frames {
  readonly intervals: number[];
  /** From the begin of a frame's work to the task after it has been laid out. */
  readonly work: number[];
  readonly long: number[];
}

const ROWS = '.tab-content [data-test="row"]';

/** Scrolls the page with every frame, as a wheel does, and gives what each frame took. */
const scrolled = (milliseconds: number, pixels: number) => `new Promise((resolve) => {
  const intervals = [], work = [], long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const begin = performance.now();
  let last = begin, direction = 1;
  const frame = (now) => {
    const started = performance.now();
    intervals.push(now - last);
    last = now;
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) direction = -1;
    if (scrollY === 0) direction = 1;
    scrollBy(0, direction * ${pixels});
    const channel = new MessageChannel();
    channel.port1.onmessage = () => work.push(performance.now() - started);
    channel.port2.postMessage(null);
    if (now - begin < ${milliseconds}) requestAnimationFrame(frame);
    else setTimeout(() => { observer.disconnect(); resolve({ intervals: intervals.slice(1), work, long }); }, 50);
  };
  requestAnimationFrame(frame);
})`;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const most = (values: readonly number[]) => values.reduce((max, value) => Math.max(max, value), 0);

describe('large lists in the panel', () => {
  const table = new TextTable('frames of the panel, in milliseconds');

  const measure = async (name: string, pixels: number): Promise<Frames> => {
    const frames = (await panel.evaluate(scrolled(4_000, pixels))) as Frames;
    table.set(name, 'frames', String(frames.intervals.length));
    table.set(name, 'median interval', median(frames.intervals).toFixed(1));
    table.set(name, 'longest', most(frames.intervals).toFixed(1));
    table.set(name, 'median work', median(frames.work).toFixed(1));
    table.set(name, 'most work', most(frames.work).toFixed(1));
    table.set(name, 'tasks over 50', String(frames.long.length));
    return frames;
  };
  const drawn = async () => Number(await panel.evaluate(`document.querySelectorAll('${ROWS}').length`));

  before(async () => {
    const begin = performance.now();
    await openProfile('large', largeProfile(), largeHandles());
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]', timeoutMs: 30_000 });
    table.set('opened', 'ms', (performance.now() - begin).toFixed(0));
  });
  after(async () => {
    table.print();
    await stopDebugging();
  });

  it('scroll through 10,000 groups with a few of them drawn', async () => {
    await panel.showTab('handles');
    await panel.waitFor({ selector: ROWS });
    assert.equal(Number(await panel.evaluate(`document.querySelector('.tab-content .grid').getAttribute('aria-rowcount')`)), GROUPS);
    const frames = await measure('10,000 groups', 60);
    assert(frames.intervals.length > 10);
    const rows = await drawn();
    assert(rows > 0 && rows < 150, `${rows} rows are drawn`);
    await screenshot('lists-large-handles');
  });

  it('scroll through all rows of a call tree that is open', async () => {
    await panel.evaluate('scrollTo(0, 0)');
    await panel.showTab('allocations');
    await panel.click({ selector: '[data-test="choice"][data-choice="callTree"]' });
    await panel.click({ selector: '.allocation-tools .button', text: 'Expand all' });
    const count = await waitFor('50,000 rows', async () => {
      const rows = Number(await panel.evaluate(`document.querySelector('.tab-content .grid')?.getAttribute('aria-rowcount') ?? 0`));
      return rows >= 50_000 ? rows : undefined;
    });
    const frames = await measure(`${count.toLocaleString('en-US')} nodes`, 60);
    assert(frames.intervals.length > 10);
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
    const frames = await measure('live, read every second', 60);
    assert(frames.intervals.length > 10);
  });
});
