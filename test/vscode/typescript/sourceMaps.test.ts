/** A TypeScript program, compiled to ES modules and profiled from its first line: everything shows and opens the .ts source. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import { bifrost, debug, editorAt, evaluate, stateOf, stopDebugging, workspaceFile, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, TREE_ROW, viewer, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

const NOTIFICATION = '.notification-list-item-message';
const RECORDS_AT = 20;
const RECORD_AT = 49;
const CALCULATES_AT = 41;
const FORGETS_AT = 27;
const LISTENS_AT = 35;

describe('a TypeScript program', () => {
  const source = workspaceFile('src', 'service.ts');
  let api: BifrostApi;
  let program: DebuggedProgram;

  before(async () => {
    api = await bifrost();
    program = await debug('Service');
    await program.printed('ready');
    await stateOf(program.sessionId, 'live');
    await evaluate('record()');
  });
  after(stopDebugging);

  it('names the .ts source of an allocation site', async () => {
    const { inuse_allocations } = await api.getProfile();
    const site = inuse_allocations.find((entry) => entry.function === 'record');
    assert.equal(site?.file, source.fsPath);
    assert.equal(site.line, RECORDS_AT);
  });

  it('knows the handles of its start, and which a request opened', async () => {
    const groups = await waitFor('the five timers to have waited for 2 s', async () => {
      const handles = await api.getHandles();
      return handles.summary.potentially_stuck === 5 ? handles.groups : undefined;
    });
    const at = (line: number) => groups.find((group) => group.stack.includes(`\t${source.fsPath}:${line}`));
    const timers = at(FORGETS_AT);
    assert.deepEqual([timers?.count, timers?.label, timers?.category, timers?.stuck, timers?.top_func], [5, 'Timer', 'per_request', true, timers?.top_func]);
    const server = groups.find(({ type }) => type === 'TCPSERVERWRAP');
    assert(server?.stack.includes(`\t${source.fsPath}:${LISTENS_AT}`), server?.stack.join('\n'));
    assert.equal(server?.category, 'background');
    // R10: what is stuck comes first.
    assert.equal(groups[0], timers);
  });

  it('opens the .ts source from the panel and from both trees', async () => {
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: '#bifrost[data-ready="true"]', timeoutMs: 40_000 });
    await panel.showTab('allocations');
    await panel.click({ selector: `[data-test="allocations"] .frame[data-file$="service.ts"][data-line="${RECORDS_AT}"]` });
    await editorAt(source, RECORDS_AT);
    await panel.showTab('handles');
    await panel.click({ selector: `[data-test="handles"] .frame[data-file$="service.ts"][data-line="${FORGETS_AT}"]` });
    await editorAt(source, FORGETS_AT);

    await vscode.commands.executeCommand('bifrost.allocations.focus');
    await workbench.click({ selector: TREE_ROW, text: 'record' });
    await workbench.click({ selector: `${TREE_ROW}[aria-level="2"]`, text: 'record' });
    await editorAt(source, RECORDS_AT);
    await vscode.commands.executeCommand('bifrost.handles.focus');
    await workbench.click({ selector: TREE_ROW, text: '5 × Timer' });
    await workbench.click({ selector: `${TREE_ROW}[aria-level="2"]`, text: 'forgetTimer' });
    await editorAt(source, FORGETS_AT);
    await screenshot('typescript-trees');
  });

  it('has a heap profile that VS Code’s own viewer opens, with links to the .ts source', async () => {
    const file = workspaceFile('out.heapprofile');
    await vscode.commands.executeCommand('bifrost.exportProfile', program.sessionId, file);
    await linkInViewer(file, `service.ts:${RECORDS_AT}`, RECORDS_AT, ['(anonymous)', `service.ts:${RECORD_AT}`]);
  });

  it('has a CPU profile that VS Code’s own viewer opens, with links to the .ts source', async () => {
    const file = workspaceFile('out.cpuprofile');
    // A program that is busy is asked late: its time counts from when it is sampled.
    const busy = evaluate("console.log('busy'); for (const until = Date.now() + 1500; Date.now() < until; );");
    await program.printed('busy');
    const ended = new AbortController();
    const taken = vscode.commands.executeCommand<vscode.Uri | undefined>('bifrost.takeCpuProfile', program.sessionId, { seconds: 2, file }).then((saved) => {
      ended.abort();
      return saved;
    });
    await busy;
    // Not before: the time of a function that was optimized before the start goes to its caller.
    await vscode.commands.executeCommand('notifications.showList');
    await workbench.waitFor({ selector: NOTIFICATION, text: '« Service”: cancel to stop and keep it' });
    while (!ended.signal.aborted) await evaluate('calculate(100)');
    assert.equal((await taken)?.path, file.path);
    await vscode.commands.executeCommand('notifications.hideList');
    const { startTime, endTime } = JSON.parse((await vscode.workspace.fs.readFile(file)).toString()) as { startTime: number; endTime: number };
    assert(endTime - startTime >= 1_900_000, `${endTime - startTime} µs of 2 s are in the profile`);
    await linkInViewer(file, `service.ts:${CALCULATES_AT}`, CALCULATES_AT);
  });

  /** Clicks a place in the viewer's list, below callers that are to be opened. */
  async function linkInViewer(file: vscode.Uri, place: string, line: number, callers: readonly string[] = []): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.open', file);
    if (callers.length === 0) {
      // The list of the CPU profile is long.
      await viewer.fill({ selector: 'input, textarea', timeoutMs: 20_000 }, 'service');
    }
    for (const caller of callers) {
      await viewer.click({ selector: '[role="treeitem"]', text: caller, timeoutMs: 20_000 });
      await workbench.press('ArrowRight');
    }
    await viewer.waitFor({ selector: 'a', text: place, timeoutMs: 20_000 });
    await screenshot(`typescript-${file.path.split('.').at(-1) ?? ''}`);
    await viewer.click({ selector: 'a', text: place });
    await editorAt(source, line);
  }

  it('is shown as stuck', async () => {
    await vscode.commands.executeCommand('bifrost.showProfiler');
    const [health] = await panel.text('[data-test="health"]');
    assert.match(health ?? '', /stuck/i);
  });

  for (const [theme, bodyClass] of [
    ['Default Light Modern', 'vscode-light'],
    ['Default High Contrast', 'vscode-high-contrast'],
    ['Default High Contrast Light', 'vscode-high-contrast-light'],
  ] as const) {
    it(`takes on the colours of ${theme}`, async () => {
      const text = () => panel.evaluate('getComputedStyle(document.querySelector("#bifrost")).color');
      const before = await text();
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Workspace);
      await panel.waitFor({ selector: `body.${bodyClass}` });
      await waitFor('the text to change its colour', async () => ((await text()) === before ? undefined : true));
      await vscode.commands.executeCommand('workbench.action.closePanel');
      await screenshot(`typescript-${bodyClass}`);
    });
  }
});
