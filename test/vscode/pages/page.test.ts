/** A page in a real browser, launched by VS Code's own debugger. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import { CdpConnection, type CdpAddress } from '../../../src/host/session/cdpConnection';
import { PAGE_MISSING } from '../../../src/model/pageTexts';
import type { SessionInfo } from '../../../src/protocol/reports';
import { bifrost, editorAt, stateOf, stopDebugging, workspaceFile, workspaceFolder } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { PageServer } from '../../helpers/pageServer';
import { waitFor } from '../../helpers/waitFor';

const MIB = 1024 * 1024;
const KEEPS_AT = 4;
const TIMEOUT = 10_000;
const ROW = '[data-test="allocations"] [data-test="row"]';
const NOTIFICATION = '.notification-list-item-message';
const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern', 'high-contrast': 'Default High Contrast' };

function browserConfiguration(url: string): vscode.DebugConfiguration {
  const executable = process.env.BIFROST_CHROMIUM;
  if (executable === undefined) throw new Error('BIFROST_CHROMIUM is not set: run the tests with `npm test`.');
  return {
    type: 'chrome',
    request: 'launch',
    name: 'A Page',
    url,
    webRoot: workspaceFolder().uri.fsPath,
    runtimeExecutable: executable,
    runtimeArgs: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    browserLaunchLocation: 'workspace',
  };
}

describe('a page in a browser', () => {
  let api: BifrostApi;
  let server: PageServer;
  let page: SessionInfo;

  before(async () => {
    api = await bifrost();
    server = await PageServer.listen(workspaceFolder().uri.fsPath);
    const known = new Set(api.sessions.map(({ id }) => id));
    assert(await vscode.debug.startDebugging(workspaceFolder(), browserConfiguration(server.url)), 'debugging did not start');
    page = await waitFor('the page', () => api.sessions.find(({ id }) => !known.has(id)));
    await waitFor('the page to live', () => (server.beats > 0 ? true : undefined));
  });
  after(async () => {
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
    await stopDebugging();
    await server.close();
  });

  it('is profiled when it is asked for, and its history moves', async () => {
    assert.equal(page.state, 'available');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    const { pid, nodeVersion } = await stateOf(page.id, 'live');
    assert.deepEqual([pid, nodeVersion], [null, null]);
    const before = (await api.getProfile(page.id)).history.length;
    await waitFor('three more points', async () => ((await api.getProfile(page.id)).history.length >= before + 3 ? true : undefined));
  });

  it('has the figures that a browser tells, and says why there are no others', async () => {
    // It works for 40 ms in each 200, if the machine lets it.
    const { memory, cpu, runtime, dom, history, notes } = await waitFor('the page to have been busy', async () => {
      const profile = await api.getProfile(page.id);
      return (profile.runtime.loop_utilization ?? 0) > 0.05 ? profile : undefined;
    });
    assert(memory.alloc > 30 * MIB && memory.alloc < 200 * MIB, `${memory.alloc} bytes in use`);
    assert(memory.heap_inuse >= memory.alloc && (memory.heap_limit ?? 0) > memory.heap_inuse);
    const share = Math.max(...history.map(({ cpu_percent }) => cpu_percent ?? 0));
    assert(share > 3 && share <= 100, `at most ${share}% of the main thread`);
    assert((runtime.loop_utilization ?? 0) <= 1);
    assert(dom !== null && dom.nodes >= 5);
    assert.deepEqual([memory.sys, memory.total_alloc, cpu.user_time, runtime.num_gc, runtime.num_goroutine, runtime.loop_delay_p99_ms], [null, null, null, null, null, null]);
    for (const reason of ['rss', 'collections', 'loopDelay', 'handles'] as const) assert(notes.includes(PAGE_MISSING[reason]), `${reason} is not among ${notes.join(' ')}`);
  });

  it('lists the function that keeps its memory first, at its line in the file', async () => {
    server.order = 'keep';
    const before = server.beats;
    await waitFor('the page to keep more', () => (server.order === '' && server.beats > before + 2 ? true : undefined));
    const { inuse_allocations } = await api.getProfile(page.id);
    const top = inuse_allocations.slice(0, 5).map((site) => `${site.function} ${site.file}:${site.line}`);
    const expected = `keepThirtyMegabytes ${workspaceFile('app.js').fsPath}:${KEEPS_AT}`;
    assert(top.includes(expected), `${expected} is not among ${top.join(', ')}`);
    const bytes = inuse_allocations.filter((site) => site.function === 'keepThirtyMegabytes').reduce((sum, site) => sum + site.bytes, 0);
    assert(Math.abs(bytes / (30 * MIB) - 1) < 0.2, `${(bytes / MIB).toFixed(1)} MiB of 30`);
  });

  it('shows that in the panel, and its frames open', async () => {
    await vscode.commands.executeCommand('bifrost.collectGarbage', page.id);
    await panel.showTab('allocations');
    await panel.waitFor({ selector: ROW, text: 'keepThirtyMegabytes' });
    await panel.click({ selector: `${ROW} .frame[data-line="${KEEPS_AT}"]` });
    await editorAt(workspaceFile('app.js'), KEEPS_AT);
  });

  it('says in the panel what is missing and why, in every theme', async () => {
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await panel.showTab('handles');
    await panel.waitFor({ selector: '[data-test="handles"]', text: PAGE_MISSING.handles });
    const titles = (await panel.evaluate(
      `['rss', 'allocated', 'handles', 'loop'].map((id) => document.querySelector('[data-test="tile-' + id + '"] .tile-value')).map((value) => [value.textContent, value.title])`,
    )) as [string, string][];
    assert.deepEqual(titles, [PAGE_MISSING.rss, PAGE_MISSING.totalAllocated, PAGE_MISSING.handles, PAGE_MISSING.loopDelay].map((reason) => ['–', reason]));
    for (const [name, theme] of Object.entries(THEMES)) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      for (const tab of ['overview', 'allocations', 'handles'] as const) {
        await panel.showTab(tab);
        await screenshot(`page-${tab}-${name}`);
      }
      assert.deepEqual(await panel.accessibility(), [], name);
    }
    await panel.click({ selector: '[data-tool="more"]' });
    const refused = (await panel.evaluate(`[...document.querySelectorAll('[role="menu"] button:disabled')].map((item) => [item.dataset.tool, item.title])`)) as [string, string][];
    // Beside an editor the panel is narrow, and more of the tools are in the menu.
    assert.deepEqual(refused.filter(([tool]) => tool !== 'record'), [['deep-check', PAGE_MISSING.deepCheck], ['raw-dump', PAGE_MISSING.rawDump]]);
    await screenshot('page-menu');
    await workbench.press('Escape');
  });

  it('refuses what it cannot give, in a sentence', async () => {
    const handles = await api.getHandles(page.id);
    assert.deepEqual([handles.total_goroutines, handles.groups, handles.notes], [null, [], [PAGE_MISSING.handles, PAGE_MISSING.pending]]);
    await assert.rejects(api.deepCheck(page.id), new RegExp(PAGE_MISSING.deepCheck));
    await vscode.commands.executeCommand('bifrost.startAllocationRecording', page.id);
    await vscode.commands.executeCommand('bifrost.openRawHandleDump', page.id);
    await vscode.commands.executeCommand('notifications.showList');
    await workbench.waitFor({ selector: NOTIFICATION, text: PAGE_MISSING.rawDump });
    await workbench.waitFor({ selector: NOTIFICATION, text: PAGE_MISSING.recording });
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('has a CPU profile and a heap snapshot', async () => {
    const profile = workspaceFile('page.cpuprofile');
    await vscode.commands.executeCommand('bifrost.takeCpuProfile', page.id, { seconds: 1, file: profile });
    const { nodes } = JSON.parse((await vscode.workspace.fs.readFile(profile)).toString()) as { nodes: { callFrame: { functionName: string } }[] };
    assert(nodes.some(({ callFrame }) => callFrame.functionName === 'work'), 'the function that works is not in the profile');
    const snapshot = workspaceFile('page.heapsnapshot');
    await vscode.commands.executeCommand('bifrost.takeHeapSnapshot', page.id, snapshot);
    assert((await vscode.workspace.fs.stat(snapshot)).size > 100_000);
  });

  it('goes on when it loads anew, which its history tells', async () => {
    const before = (await api.getProfile(page.id)).history.length;
    server.order = 'reload';
    await waitFor('the page to load', async () => ((await api.getProfile(page.id)).history_events.some(({ kind }) => kind === 'loaded') ? true : undefined));
    await waitFor('more points', async () => ((await api.getProfile(page.id)).history.length >= before + 2 ? true : undefined));
    const { inuse_allocations } = await api.getProfile(page.id);
    assert(inuse_allocations.slice(0, 5).some(({ file, line }) => path.basename(file) === 'app.js' && line === KEEPS_AT));
    assert.equal(api.sessions.find(({ id }) => id === page.id)?.state, 'live');
  });

  it('goes on when profiling stops, and nothing samples it then', async () => {
    await vscode.commands.executeCommand('bifrost.stopProfiler', page.id);
    await stateOf(page.id, 'stopped');
    const beats = server.beats;
    await waitFor('the page to go on', () => (server.beats > beats + 3 ? true : undefined));
    const address = await vscode.commands.executeCommand<CdpAddress>('extension.js-debug.requestCDPProxy', page.id);
    const connection = await CdpConnection.open(address, TIMEOUT);
    try {
      await assert.rejects(connection.send('HeapProfiler.getSamplingProfile', undefined, TIMEOUT), /not started/);
    } finally {
      connection.close();
    }
    await api.start(page.id);
    await stateOf(page.id, 'live');
  });
});
