/** Sessions that pause, restart, attach, and have children. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import { bifrost, debug, evaluate, launchOf, stateOf, stopDebugging, workspaceFile } from '../../helpers/debugging';
import { panel, workbench } from '../../helpers/driver';
import { nodeVersions } from '../../helpers/program';
import { waitFor } from '../../helpers/waitFor';

/** The debugger's picker finds processes by a name that newer versions do not have on Linux (theirs is "MainThread"). */
const OLDEST_NODE = nodeVersions()[0]?.[1] ?? '';
/** Can be debugged under the permission model. */
const NEWEST_NODE = nodeVersions().at(-1)?.[1] ?? '';
const QUICK_PICK = '.quick-input-list .monaco-list-row';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

let api: BifrostApi;
before(async () => {
  api = await bifrost();
});
afterEach(stopDebugging);

describe('a paused program', () => {
  it('is shown as paused, answers, and does not wait meanwhile', async () => {
    const program = await debug(launchOf('service.js'));
    await program.printed('ready');
    // With an editor open the panel is beside it, and stays in sight when the debugger shows where it paused.
    await vscode.window.showTextDocument(workspaceFile('service.js'));
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    await evaluate('openTimer()');
    const waited = async () => {
      const { groups } = await api.getHandles(program.sessionId);
      return groups.find(({ label }) => label === 'Timer')?.oldest_ms ?? -1;
    };
    await waitFor('the timer to have waited a while', async () => ((await waited()) > 500 ? true : undefined));

    // By a statement: "Pause" lands in Node's own code, out of which the debugger steps for seconds before it says so.
    await evaluate('pause()');
    await stateOf(program.sessionId, 'paused');
    await panel.waitFor({ selector: '[data-test="state"]', text: 'Paused' });
    const atPause = await waited();
    const pausedAt = Date.now();
    await waitFor('two seconds of pause', () => (Date.now() - pausedAt > 2_000 ? true : undefined));
    const later = await waited();
    assert(later - atPause < 300, `the timer waited ${later - atPause} ms of a pause of 2 s`);
    assert.equal((await api.getProfile(program.sessionId)).session.state, 'paused');

    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await stateOf(program.sessionId, 'live');
    await waitFor('the timer to wait on', async () => ((await waited()) > later + 300 ? true : undefined));
    assert((await waited()) < later + 3_000);
  });
});

describe('a program that is just starting', () => {
  it('is profiled as soon as it is there', async () => {
    const known = new Set(api.sessions.map(({ id }) => id));
    await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], launchOf('service.js'));
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await waitFor('it to be profiled', () => api.sessions.find(({ id, state }) => !known.has(id) && state === 'live'));
  });
});

describe('a restarted program', () => {
  it('is profiled again, and the history of the first run is kept', async () => {
    const first = await debug(launchOf('service.js'));
    await first.printed('ready');
    await api.start(first.sessionId);
    await waitFor('some history', async () => ((await api.getProfile(first.sessionId)).history.length > 2 ? true : undefined));
    await vscode.commands.executeCommand('workbench.action.debug.restart');
    await stateOf(first.sessionId, 'ended');
    const second = await waitFor('the new program to be profiled', () => api.sessions.find(({ id, state }) => id !== first.sessionId && state === 'live'));
    assert.equal((await api.getProfile()).session.id, second.id);
    assert((await api.getProfile(first.sessionId)).history.length > 2);
  });
});

describe('a program with children', () => {
  it('has a session of its own for each process and worker', async () => {
    const program = await debug(launchOf('service.js'));
    await program.printed('ready');
    await api.start(program.sessionId);
    await evaluate('startOthers()');
    const others = await waitFor('two more sessions', () => {
      const found = api.sessions.filter(({ id, state }) => id !== program.sessionId && state === 'live');
      return found.length === 2 ? found : undefined;
    });
    const tree = await waitFor('figures of all three', () => (api.processes.processes.filter(({ is_current }) => is_current).length === 3 ? api.processes : undefined));
    const rows = tree.processes.filter(({ is_current }) => is_current);
    assert.deepEqual(rows.map(({ kind, parent_id }) => `${kind} ${parent_id === program.sessionId ? 'below' : 'top'}`).sort(), ['process below', 'process top', 'worker below']);
    assert.deepEqual([tree.total.processes, tree.total.workers], [2, 1]);
    assert.equal(tree.total.sys, rows.reduce((sum, { sys }) => sum + (sys ?? 0), 0));
    const profiles = await Promise.all([program.sessionId, ...others.map(({ id }) => id)].map((id) => api.getProfile(id)));
    const pids = profiles.map(({ session }) => session.pid);
    assert.equal(new Set(pids).size, 2, `the worker shares the process of the program: ${pids.join()}`);
    assert(profiles.every(({ memory }) => memory.alloc > 0));
  });
});

describe('a process that is attached to', () => {
  let service: ChildProcess;
  let lines: string[];
  /** Gives the service's process id, which is a child of the shell's. */
  const startService = (...nodeArguments: string[]): Promise<number> => startServiceOn(OLDEST_NODE, ...nodeArguments);
  const startServiceOn = async (node: string, ...nodeArguments: string[]): Promise<number> => {
    lines = [];
    const command = ['node', ...nodeArguments, workspaceFile('service.js').fsPath].join(' ');
    service = spawn('/bin/sh', ['-c', `${command} & wait`], { detached: true, env: { PATH: path.dirname(node) } });
    for (const stream of [service.stdout, service.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
    }
    return waitFor('the service', () => {
      const pid = /^ready (\d+)/m.exec(lines.join('\n'))?.[1];
      return pid === undefined ? undefined : Number(pid);
    });
  };
  // The shell and the service are a process group of their own.
  afterEach(() => process.kill(-(service.pid ?? 0), 'SIGKILL'));

  it('is profiled, and lives on as it was when debugging stops', async () => {
    const pid = await startService('--inspect=127.0.0.1:0');
    const port = await waitFor('the inspector', () => /ws:\/\/127\.0\.0\.1:(\d+)/.exec(lines.join('\n'))?.[1]);
    const program = await debug({ type: 'node', request: 'attach', name: 'Attached', address: '127.0.0.1', port: Number(port) });
    await api.start(program.sessionId);
    const { session } = await api.getProfile(program.sessionId);
    assert.equal(session.pid, pid);
    await api.stop(program.sessionId);
    const gone = await evaluate('typeof globalThis[Symbol.for("bifrost.collector")]?.collector');
    assert.equal(gone, "'undefined'");
    await vscode.commands.executeCommand('workbench.action.debug.disconnect');
    await stateOf(program.sessionId, 'ended');
    assert(process.kill(pid, 0), 'the service is still there');
  });

  it('is among the machine’s processes that are offered', async () => {
    const pid = await startService();
    void vscode.commands.executeCommand('bifrost.showProfiler');
    await workbench.click({ selector: QUICK_PICK, text: 'Attach to a Node.js Process' });
    // Going on would open the inspector's default port, which another run of this test may have.
    await workbench.waitFor({ selector: QUICK_PICK, text: `process id: ${pid}` });
    await workbench.press('Escape');
  });

  for (const [major, node] of nodeVersions()) {
    it(`is profiled when a signal opens its inspector, on Node ${major}`, async () => {
      // What js-debug does with a process id, at any port: by itself it takes the default one, which may be another program's.
      const port = await freePort();
      const pid = await startServiceOn(node, `--inspect-port=127.0.0.1:${port}`);
      process.kill(pid, 'SIGUSR1');
      await waitFor('the inspector', () => (lines.join('\n').includes(`ws://127.0.0.1:${port}`) ? true : undefined));
      const program = await debug({ type: 'node', request: 'attach', name: 'By pid', processId: `${pid}:${port}`, address: '127.0.0.1' });
      await api.start(program.sessionId);
      const { session, memory } = await api.getProfile(program.sessionId);
      assert.deepEqual([session.pid, session.nodeVersion?.split('.')[0]], [pid, major]);
      assert(memory.alloc > 0);
    });
  }

  it('can be named by its inspector’s port', async () => {
    const pid = await startService('--inspect=127.0.0.1:0');
    const port = await waitFor('the inspector', () => /ws:\/\/127\.0\.0\.1:(\d+)/.exec(lines.join('\n'))?.[1]);
    void vscode.commands.executeCommand('bifrost.showProfiler');
    // By keyboard: where the mouse was left, a row's hover may lie over this one.
    await workbench.waitFor({ selector: QUICK_PICK, text: 'Attach by Port' });
    await workbench.type('Attach by Port');
    await workbench.waitFor({ selector: `${QUICK_PICK}.focused`, text: 'Attach by Port' });
    await workbench.press('Enter');
    await workbench.waitFor({ selector: '.quick-input-widget', text: 'Port of the program’s inspector' });
    // The panel opens at the same time; what is typed must not go there.
    await workbench.click({ selector: '.quick-input-widget input' });
    await workbench.waitFor({ selector: '.quick-input-widget input:focus' });
    await workbench.press('Control+A');
    await workbench.type(port);
    await workbench.press('Enter');
    const session = await waitFor('the process to be profiled', () => api.sessions.find(({ state }) => state === 'live'));
    assert.equal(session.pid, pid);
  });
});

describe('a process on another machine', () => {
  let remoteRoot: string;
  let service: ChildProcess;
  let said: string;
  before(async () => {
    remoteRoot = await realpath(await mkdtemp(path.join(tmpdir(), 'bifrost-remote-')));
    const program = path.join(remoteRoot, 'service.js');
    await copyFile(workspaceFile('service.js').fsPath, program);
    // It can read what is in its own folder, and nothing of the extension.
    service = spawn(NEWEST_NODE, ['--inspect=127.0.0.1:0', '--permission', '--allow-inspector', `--allow-fs-read=${remoteRoot}`, program]);
    said = '';
    for (const stream of [service.stdout, service.stderr]) stream?.on('data', (text: Buffer) => (said += text.toString()));
  });
  after(async () => {
    service.kill('SIGKILL');
    await rm(remoteRoot, { recursive: true });
  });

  it('is profiled without the files of the extension, and its frames are those of the local source', async () => {
    const port = await waitFor(() => `the inspector; it says ${said}`, () => /ws:\/\/127\.0\.0\.1:(\d+)[^]*ready/.exec(said)?.[1]);
    const localRoot = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const program = await debug({ type: 'node', request: 'attach', name: 'Remote', address: '127.0.0.1', port: Number(port), localRoot, remoteRoot });
    await api.start(program.sessionId);
    await evaluate('openTimer()');
    const profile = await api.getProfile(program.sessionId);
    assert.equal(profile.session.pid, service.pid);
    assert(profile.memory.alloc > 0);
    assert.match(profile.notes.join(' '), /native heap sampler is not used, as it could not be loaded/);
    const timer = (await api.getHandles(program.sessionId)).groups.find(({ label, stack }) => label === 'Timer' && stack.some((line) => line.includes('openTimer')));
    assert(timer?.stack.some((line) => line.includes(`${workspaceFile('service.js').fsPath}:5`)), timer?.stack.join('\n') ?? 'no timer');
  });
});

describe('a run without debugging', () => {
  it('is profiled too', async () => {
    const known = new Set(api.sessions.map(({ id }) => id));
    await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], launchOf('service.js'), { noDebug: true });
    const session = await waitFor('its session', () => api.sessions.find(({ id }) => !known.has(id)));
    assert.equal((await api.start(session.id)).state, 'live');
    await waitFor('some history', async () => ((await api.getProfile(session.id)).history.length > 2 ? true : undefined));
  });
});
