/** Where memory goes, in the panel: every grouping and measure, what grew since the mark, recordings, and the editor's annotations. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import { writeBifrostFile } from '../../../src/host/export/formats/bifrostFile';
import { bifrost, debug, editorAt, evaluate, launchOf, stateOf, stopDebugging, workspaceFile, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, viewer, workbench } from '../../helpers/driver';
import { largeProfile } from '../../helpers/largeProfile';
import { savedProfile } from '../../helpers/savedProfiles';
import { TextTable } from '../../helpers/textTable';
import { waitFor } from '../../helpers/waitFor';

const MIB = 1024 * 1024;
const ORDERS_AT = 5;
/** An object with an array of 250 numbers: some 2.1 kB. */
const ORDER_BYTES = 2_100;
const ROW = '[data-test="allocations"] [data-test="row"]';
const choice = (id: string) => `[data-test="choice"][data-choice="${id}"]`;

/** As typing it does. */
async function filterBy(text: string): Promise<void> {
  const input = `document.querySelector('[data-test="allocation-filter"]')`;
  await panel.evaluate(`${input}.value = ${JSON.stringify(text)}; ${input}.dispatchEvent(new Event('input', { bubbles: true }))`);
}

describe('the allocations of a program', () => {
  let api: BifrostApi;
  let program: DebuggedProgram;

  before(async () => {
    api = await bifrost();
    await vscode.workspace.getConfiguration('bifrost').update('allocations.samplingIntervalKiB', 64);
    program = await debug(launchOf('program.js', { runtimeArgs: ['--expose-gc'] }));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    await evaluate('begin()');
    await panel.showTab('allocations');
    await panel.waitFor({ selector: ROW, text: 'keepOrders' });
  });
  after(stopDebugging);

  it('are listed by site, with what is outside of V8’s heap', async () => {
    await vscode.commands.executeCommand('bifrost.collectGarbage');
    const names = await panel.text(`${ROW} .row-name`);
    assert(names.includes('Array buffers'), names.join());
    await panel.click({ selector: `${ROW} .row-toggle` });
    await screenshot('allocations-sites');
    await panel.click({ selector: `${ROW} .row-toggle` });
  });

  for (const [grouping, texts] of [
    ['functions', ['keepOrders', 'cacheSessions']],
    ['files', ['program.js']],
    ['packages', ['your code']],
    ['callTree', ['keepOrders']],
  ] as const) {
    it(`can be grouped by ${grouping}, and opened`, async () => {
      await panel.click({ selector: choice(grouping) });
      await waitFor(`rows of ${grouping}`, async () => {
        const names = (await panel.text(ROW)).join('\n');
        return grouping === 'callTree' || texts.every((text) => names.includes(text)) ? true : undefined;
      });
      const before = (await panel.text(ROW)).length;
      await panel.click({ selector: `${ROW} .row-toggle .codicon` });
      await waitFor('more rows', async () => ((await panel.text(ROW)).length > before ? true : undefined));
      await screenshot(`allocations-${grouping}`);
    });
  }

  it('are narrowed down by a filter', async () => {
    await panel.click({ selector: choice('functions') });
    await filterBy('cachesess');
    await waitFor('one row', async () => {
      const rows = await panel.text(`${ROW} .row-head[aria-level="1"]`);
      return rows.length === 1 && rows[0]?.includes('cacheSessions') === true ? true : undefined;
    });
    await filterBy('');
  });

  it('have grown since the mark by what was kept, and by nothing that was dropped', async () => {
    await vscode.commands.executeCommand('bifrost.collectGarbage');
    await vscode.commands.executeCommand('bifrost.markNow');
    await evaluate('leak(1)');
    await vscode.commands.executeCommand('bifrost.collectGarbage');
    await panel.click({ selector: choice('growth') });
    await panel.waitFor({ selector: ROW, text: 'keepOrders' });
    const rows = (await panel.evaluate(`[...document.querySelectorAll('${ROW}')].map((row) => [row.textContent, Number(row.dataset.bytes)])`)) as [string, number][];
    const [text, bytes] = rows[0] ?? ['', 0];
    assert(text.includes('keepOrders'), text);
    const ratio = bytes / (20_000 * ORDER_BYTES);
    assert(ratio > 0.8 && ratio < 1.2, `grown by ${bytes} bytes, ${ratio.toFixed(2)} of the truth`);
    await screenshot('allocations-growth');
  });

  it('show in the editor when that is asked for', async () => {
    await vscode.commands.executeCommand('bifrost.toggleAllocationAnnotations');
    await vscode.window.showTextDocument(workspaceFile('program.js'), { viewColumn: vscode.ViewColumn.Beside });
    const lenses = await waitFor('annotations of the functions that allocate', async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', workspaceFile('program.js'), 100);
      return all.some(({ command }) => command?.title.includes('in use')) ? all : undefined;
    });
    const lines = lenses.filter(({ command }) => command?.title.includes('in use')).map(({ range }) => range.start.line + 1);
    assert(lines.includes(ORDERS_AT), `annotated lines are ${lines.join()}`);
    await workbench.waitFor({ selector: '.codelens-decoration', text: 'in use' });
    await screenshot('allocations-editor');
    await vscode.commands.executeCommand('bifrost.toggleAllocationAnnotations');
  });

  it('open at the line when a frame is clicked', async () => {
    await panel.click({ selector: choice('inUse') });
    await panel.click({ selector: `${ROW} .frame[data-line="${ORDERS_AT}"]` });
    await editorAt(workspaceFile('program.js'), ORDERS_AT);
  });

  it('and the handles of a stretch of the charts are listed when it is selected', async () => {
    await vscode.commands.executeCommand('bifrost.startAllocationRecording');
    await evaluate('leak(3); for (let i = 0; i < 7; i++) setTimeout(() => {}, 1e9)');
    await vscode.commands.executeCommand('bifrost.getProfile');
    await waitFor('the timers to be read', async () => (((await api.getHandles()).total_goroutines ?? 0) >= 8 ? true : undefined));
    const { timestamp } = await api.getHandles();
    // The chart goes as far as its last point, and a reading belongs to the time when it was taken.
    await waitFor('a point after the reading', async () => (((await api.getProfile()).history.at(-1)?.timestamp ?? '') > timestamp ? true : undefined));
    await panel.drag('[data-test="timeline-surface"]', [0.001, 0.5], [0.999, 0.5]);
    await panel.click({ selector: choice('interval') });
    await panel.waitFor({ selector: ROW, text: 'dropReports' });
    await panel.showTab('handles');
    await panel.waitFor({ selector: '[data-test="filter"][data-filter="appeared"]', text: '7' });
    await panel.showTab('allocations');
    await screenshot('allocations-interval');
    await panel.click({ selector: choice('sites') });
    await vscode.commands.executeCommand('bifrost.stopAllocationRecording');
    await panel.click({ selector: choice('inUse') });
  });

  it('are all counted, live or not, by the API', async () => {
    const { nodeVersion } = (await api.getProfile()).session;
    const isRecorded = Number.parseInt(nodeVersion ?? '', 10) < 26;
    if (isRecorded) await vscode.commands.executeCommand('bifrost.startAllocationRecording');
    const at = async () => (await api.getProfile()).top_allocations.find((entry) => entry.function === 'dropReports')?.bytes ?? 0;
    const counted = await at();
    await evaluate('leak(2)');
    const more = (await at()) - counted;
    const ratio = more / (50_000 * ORDER_BYTES);
    assert(ratio > 0.85 && ratio < 1.15, `${(more / MIB).toFixed(0)} MiB more, ${ratio.toFixed(2)} of the truth`);
    if (isRecorded) {
      assert.deepEqual((await api.getProfile()).inuse_allocations, []);
      await vscode.commands.executeCommand('bifrost.stopAllocationRecording');
      await waitFor('what is in use to be sampled again', async () => ((await api.getProfile()).notes.some((note) => note.startsWith('inuse_allocations is empty')) ? undefined : true));
    }
  });
});

describe('a profile that is saved', () => {
  it('opens in VS Code’s own viewer with a link to the source, and again in the panel', async () => {
    const program = await debug(launchOf('program.js', { runtimeArgs: ['--expose-gc'] }));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.startProfiler', program.sessionId);
    await evaluate('begin()');
    const saveAs = async (name: string) => vscode.commands.executeCommand<vscode.Uri | undefined>('bifrost.exportProfile', program.sessionId, workspaceFile(name));
    const files = ['out.heapprofile', 'out.pb.gz', 'out.speedscope.json', 'out.folded.txt', 'out.bifrost.json'];
    for (const name of files) assert.equal((await saveAs(name))?.path, workspaceFile(name).path);
    assert.equal(await saveAs('out.heapprofile'), undefined, 'it is there already');
    await stopDebugging();

    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('out.heapprofile'));
    // The viewer shows the call tree, closed.
    for (const caller of ['(anonymous)', 'global.begin']) {
      await viewer.click({ selector: `text=${caller}`, timeoutMs: 20_000 });
      await workbench.press('ArrowRight');
    }
    const link = { selector: 'a', text: `program.js:${ORDERS_AT}`, timeoutMs: 20_000 };
    await viewer.waitFor(link);
    await screenshot('allocations-heapprofile');
    await viewer.click(link);
    await editorAt(workspaceFile('program.js'), ORDERS_AT);

    await vscode.commands.executeCommand('bifrost.openSavedProfile', workspaceFile('out.bifrost.json'));
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]' });
    await panel.showTab('allocations');
    await panel.waitFor({ selector: ROW, text: 'keepOrders' });
    await screenshot('allocations-saved');
  });
});

describe('a profile of 50,000 stacks of depth 64', () => {
  it('is shown without a pause: the times are printed', async () => {
    const profile = largeProfile();
    const frames = profile.frames.map(({ functionName, url: file, line, column }) => ({ functionName, file, line, column, origin: 'user' as const }));
    const saved = savedProfile({ program: { name: 'large', pid: null, nodeVersion: null }, allocations: { ...profile, frames }, allocationsReadAt: new Date().toISOString() });
    const file = workspaceFile('large.bifrost.json');
    await vscode.workspace.fs.writeFile(file, Buffer.from(writeBifrostFile(saved)));
    const table = new TextTable('50,000 stacks');
    const begin = performance.now();
    await vscode.commands.executeCommand('bifrost.openSavedProfile', file);
    table.set('opened', 'ms', (performance.now() - begin).toFixed(0));
    await panel.showTab('allocations');
    await panel.waitFor({ selector: ROW, text: 'function' });
    await panel.evaluate(`window.longest = 0; new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration); }).observe({ type: 'longtask' })`);
    for (const [grouping, kind] of [['functions', 'function'], ['files', 'file'], ['packages', 'package'], ['callTree', 'function'], ['sites', 'site']] as const) {
      const clicked = performance.now();
      await panel.click({ selector: choice(grouping) });
      await panel.waitFor({ selector: `${ROW}[data-kind="${kind}"]` });
      table.set(`shown by ${grouping}, with the click`, 'ms', (performance.now() - clicked).toFixed(0));
    }
    const longest = Number(await panel.evaluate('window.longest'));
    table.set('longest task of the page, 0 for none above 50', 'ms', longest.toFixed(0));
    table.print();
    // Machines are shared: a page that drew all rows would take seconds.
    assert(longest < 500, `a task of the page took ${longest.toFixed(0)} ms`);
  });
});
