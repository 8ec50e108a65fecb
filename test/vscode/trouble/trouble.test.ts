/** What can go wrong: each gives a clear message and loses nothing. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import { COLLECTOR_PROTOCOL } from '../../../src/protocol/collector';
import { bifrost, debug, evaluate, launchOf, stateOf, stopDebugging, workspaceFile } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

const QUICK_PICK = '.quick-input-list .monaco-list-row';

let api: BifrostApi;
before(async () => {
  api = await bifrost();
});
afterEach(async () => {
  await stopDebugging();
  await vscode.workspace.getConfiguration('bifrost').update('profileOnLaunch', undefined);
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

describe('without a debug session', () => {
  it('says so through the API', async () => {
    await assert.rejects(api.getProfile(), /No Node\.js program or page is being debugged/);
    await assert.rejects(api.getHandles(), /No Node\.js program or page is being debugged/);
    await assert.rejects(api.start(), /No Node\.js program or page is being debugged/);
    await assert.rejects(api.getProfile('no such id'), /no such debug session/);
  });

  it('offers to debug the current file, and profiles it from its first line', async () => {
    await vscode.window.showTextDocument(workspaceFile('steady.js'));
    void vscode.commands.executeCommand('bifrost.showProfiler');
    await workbench.waitFor({ selector: QUICK_PICK, text: 'Attach to a Node.js Process' });
    await screenshot('trouble-no-session');
    await workbench.click({ selector: QUICK_PICK, text: 'Debug the Current File' });
    const session = await waitFor('the file to be profiled', () => api.sessions.find(({ state }) => state === 'live'));
    const handles = await api.getHandles(session.id);
    assert.deepEqual(
      handles.groups.map(({ count, label, stack }) => `${count} ${label} ${stack.find((line) => line.includes('steady.js'))?.split(':').at(-1) ?? ''}`),
      ['1 Interval 2'],
    );
    await panel.waitFor({ selector: '[data-test="state"]', text: 'Live' });
  });
});

describe('a program that exits at once', () => {
  it('is shown as ended', async () => {
    await vscode.workspace.getConfiguration('bifrost').update('profileOnLaunch', true);
    const known = new Set(api.sessions.map(({ id }) => id));
    await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], launchOf('endsAtOnce.js'));
    const session = await waitFor('the session to end', () => api.sessions.find(({ id, state }) => !known.has(id) && state === 'ended'));
    const outcome = await api.getProfile(session.id).then(
      ({ notes }) => notes.join(' '),
      (error: unknown) => String(error),
    );
    assert.match(outcome, /has not been profiled yet|is ended/);
  });
});

describe('a session that ends while a call is under way', () => {
  it('answers the call, and keeps what was read', async () => {
    const program = await debug(launchOf('exitsOnCall.js'));
    await program.printed('ready');
    await api.start(program.sessionId);
    await waitFor('some history', async () => ((await api.getProfile()).history.length > 2 ? true : undefined));
    await evaluate('block(5000)');
    await program.printed('blocking');
    const call = api.getProfile().then(
      () => 'answered',
      (error: unknown) => String(error),
    );
    await stateOf(program.sessionId, 'busy');
    await stateOf(program.sessionId, 'ended');
    assert.match(await call, /answered|connection to the program ended|does not answer/);
    const last = await api.getProfile(program.sessionId);
    assert(last.history.length > 2);
    assert(last.notes.some((note) => note.includes('ended')), last.notes.join());
  });
});

describe('a second “Show Profiler”', () => {
  it('brings the same panel to the front and goes on with the same history', async () => {
    const program = await debug(launchOf('steady.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await waitFor('some history', async () => ((await api.getProfile()).history.length > 2 ? true : undefined));
    const before = (await api.getProfile()).history;
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    const panels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label === 'Bifrost Profiler');
    assert.equal(panels.length, 1);
    assert.deepEqual((await api.getProfile()).history.slice(0, before.length), before);
  });
});

describe('a debuggee that answers with garbage', () => {
  it('is refused with a reason', async () => {
    const program = await debug(launchOf('answersGarbage.js', { args: [String(COLLECTOR_PROTOCOL)] }));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    assert.equal((await stateOf(program.sessionId, 'failed')).state, 'failed');
    await panel.waitFor({ selector: '[data-test="notice"]', text: 'data that Bifrost does not understand' });
    await screenshot('trouble-garbage');
    await assert.rejects(api.start(program.sessionId), /does not understand/);
  });

  it('keeps what was read before it did', async () => {
    const program = await debug(launchOf('turnsToGarbage.js'));
    await program.printed('ready');
    await api.start(program.sessionId);
    await waitFor('some history', async () => ((await api.getProfile()).history.length > 2 ? true : undefined));
    const before = (await api.getProfile()).history.length;
    await evaluate('corrupt()');
    await assert.rejects(api.getProfile(), /data that Bifrost does not understand/);
    await stateOf(program.sessionId, 'failed');
    const last = await api.getProfile(program.sessionId);
    assert(last.history.length >= before);
    assert(last.notes.some((note) => note.includes('failed')), last.notes.join());
  });
});
