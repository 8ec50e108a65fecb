/** The main job on a JavaScript program: figures against what the program did, and frames that open. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import type { SessionInfo } from '../../../src/protocol/reports';
import { bifrost, debug, editorAt, evaluate, launchOf, stateOf, stopDebugging, workspaceFile, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, TREE_ROW, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

const MIB = 1024 * 1024;
const KEEPS_AT = 8;
const SOCKETS_AT = 13;
const TIMERS_AT = 17;
const LISTENS_AT = 29;

describe('a JavaScript program', () => {
  let api: BifrostApi;
  let program: DebuggedProgram;

  before(async () => {
    api = await bifrost();
    program = await debug(launchOf('program.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    await evaluate('begin()');
    await program.printed('all is open');
  });
  after(stopDebugging);

  it('is listed with its process and state', () => {
    const session = api.sessions.find(({ id }) => id === program.sessionId);
    assert.equal(session?.state, 'live');
    assert.match(session.nodeVersion ?? '', /^2\d\./);
    assert((session.pid ?? 0) > 0);
  });

  it('has its 50 MiB live array at the function that allocates it, within 15%', async () => {
    await evaluate('global.gc && gc()');
    const profile = await api.getProfile();
    const site = profile.inuse_allocations[0];
    assert.equal(site?.function, 'keepFiftyMegabytes');
    assert.equal(site.file, workspaceFile('program.js').fsPath);
    assert.equal(site.line, KEEPS_AT);
    assert.deepEqual(site.stack.slice(0, 2), ['keepFiftyMegabytes', `\t${site.file}:${KEEPS_AT}`]);
    const ratio = site.bytes / (50 * MIB);
    assert(Math.abs(ratio - 1) < 0.15, `the site has ${ratio.toFixed(3)} of the truth`);
    assert(profile.memory.alloc > 50 * MIB);
    assert((profile.memory.total_alloc ?? 0) >= profile.memory.alloc);
    assert(profile.memory.heap_inuse >= profile.memory.alloc);
    assert((profile.memory.sys ?? 0) > profile.memory.alloc);
    assert((profile.memory.heap_objects ?? 0) > 0);
    assert((profile.runtime.num_cpu ?? 0) >= 1 && profile.runtime.gomaxprocs === 4);
  });

  it('has its handles in groups of the right size at their exact lines', async () => {
    const handles = await api.getHandles(program.sessionId, { raw: true });
    const rows = handles.groups.map((group) => {
      const own = group.stack.find((line) => line.includes('program.js:'));
      return `${group.count} ${group.label}, ${group.state}: line ${own?.split(':').at(-1) ?? 'unknown'}`;
    });
    assert.deepEqual(rows.sort(), [
      `1 TCP server, listening: line ${LISTENS_AT}`,
      // What keeps the program alive, set before anybody looked.
      '1 Timer, scheduled or repeating: line unknown',
      `200 TCP socket, open: line ${SOCKETS_AT}`,
      `200 TCP socket, open: line ${LISTENS_AT}`,
      `200 Timer, scheduled: line ${TIMERS_AT}`,
    ]);
    assert.equal(handles.total_goroutines, 602);
    assert.equal((handles.raw_profile?.match(/^handle \d+ /gm) ?? []).length, 602);
    assert.equal(handles.summary.potentially_stuck, 0);
  });

  it('gives the same by command', async () => {
    const profile = await vscode.commands.executeCommand<{ inuse_allocations: unknown[] }>('bifrost.getProfile');
    const handles = await vscode.commands.executeCommand<{ total_goroutines: number }>('bifrost.getHandles', program.sessionId);
    assert(profile.inuse_allocations.length > 0);
    assert.equal(handles.total_goroutines, 602);
  });

  it('has a history that grows by a point per second', async () => {
    const before = (await api.getProfile()).history.length;
    await waitFor('three more points', async () => ((await api.getProfile()).history.length >= before + 3 ? true : undefined));
    const { history } = await api.getProfile();
    const times = history.map(({ timestamp }) => Date.parse(timestamp));
    assert.deepEqual(times, [...times].sort((a, b) => a - b));
    assert(history.every(({ alloc, heap_inuse, cpu_percent }) => alloc > 0 && heap_inuse >= alloc && (cpu_percent ?? -1) >= 0));
  });

  it('tells of every update', async () => {
    const update = await new Promise<SessionInfo>((resolve) => {
      const subscription = api.onDidUpdate((session) => {
        subscription.dispose();
        resolve(session);
      });
    });
    assert.equal(update.id, program.sessionId);
  });

  it('fills the panel, whose frames open the source line', async () => {
    await panel.waitFor({ selector: '#bifrost[data-ready="true"]', timeoutMs: 40_000 });
    await panel.showTab('allocations');
    await panel.click({ selector: '[data-test="allocations"] .frame[data-file$="program.js"]' });
    await editorAt(workspaceFile('program.js'), KEEPS_AT);
    await panel.showTab('handles');
    await panel.click({ selector: `[data-test="handles"] .frame[data-line="${TIMERS_AT}"]` });
    await editorAt(workspaceFile('program.js'), TIMERS_AT);
    await screenshot('javascript-panel');
  });

  it('is in the trees, whose frames open the source line', async () => {
    await vscode.commands.executeCommand('bifrost.allocations.focus');
    // Room for the rows: one at the edge of a view moves away under the click.
    for (const title of ['Variables', 'Watch', 'Call Stack']) {
      await workbench.click({ selector: '.pane-header[aria-expanded="true"]', text: title });
    }
    await workbench.click({ selector: TREE_ROW, text: 'keepFiftyMegabytes' });
    await workbench.click({ selector: `${TREE_ROW}[aria-level="2"]`, text: 'keepFiftyMegabytes' });
    await editorAt(workspaceFile('program.js'), KEEPS_AT);
    await vscode.commands.executeCommand('bifrost.handles.focus');
    await workbench.click({ selector: TREE_ROW, text: '200 × Timer' });
    await workbench.click({ selector: `${TREE_ROW}[aria-level="2"]`, text: 'openTimers' });
    await editorAt(workspaceFile('program.js'), TIMERS_AT);
    await screenshot('javascript-trees');
  });

  it('opens every handle as text', async () => {
    await vscode.commands.executeCommand('bifrost.openRawHandleDump');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'bifrost-dump');
    assert.match(document.getText(), /^602 open handles/);
    assert(document.getText().includes(`openTimers\n\t${workspaceFile('program.js').fsPath}:${TIMERS_AT}`));
  });

  it('is left as it was found after stop, and can be profiled again', async () => {
    await api.stop();
    assert.equal((await stateOf(program.sessionId, 'stopped')).state, 'stopped');
    const left = await evaluate('Object.getOwnPropertySymbols(globalThis).map(String).join() + "|" + Object.keys(globalThis).join()');
    assert(!left.toLowerCase().includes('addbinding'), left);
    assert.equal(await evaluate('typeof globalThis[Symbol.for("bifrost.collector")]?.collector'), "'undefined'");
    const history = (await api.getProfile()).history.length;
    assert(history > 0, 'the history outlives the stop');
    await api.start();
    await stateOf(program.sessionId, 'live');
    await waitFor('the history to go on', async () => ((await api.getProfile()).history.length > history ? true : undefined));
  });
});

describe('the test program', () => {
  it('has its functions where the tests expect them', async () => {
    const text = (await vscode.workspace.openTextDocument(workspaceFile('program.js'))).getText().split('\n');
    const at = (line: number) => text[line - 1]?.trim() ?? '';
    assert.match(at(KEEPS_AT), /^function keepFiftyMegabytes/);
    assert.match(at(SOCKETS_AT), /net\.connect/);
    assert.match(at(TIMERS_AT), /setTimeout/);
    assert.match(at(LISTENS_AT), /server\.listen/);
    assert.equal(path.basename(workspaceFile('program.js').fsPath), 'program.js');
  });
});
