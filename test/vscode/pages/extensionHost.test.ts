/** An extension host that is debugged, as far as that can be had without a second window: a program of Node.js that is attached to as one. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import * as vscode from 'vscode';
import { bifrost, stateOf, stopDebugging, workspaceFile, workspaceFolder } from '../../helpers/debugging';
import { waitFor } from '../../helpers/waitFor';

const KEEPS_AT = 6;

/** Starts the program, and gives the port of its inspector. */
async function startHost(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn('node', ['--inspect=127.0.0.1:0', workspaceFile('host.js').fsPath], { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.on('data', (data: Buffer) => (text += data.toString()));
  const port = await waitFor(() => `the inspector's port in: ${text}`, () => /ws:\/\/127\.0\.0\.1:(\d+)\//.exec(text)?.[1]);
  return { child, port: Number(port) };
}

/**
 * js-debug asks `localhost` for the inspector, at both its addresses, and leaves the refusal of one unhandled, which would fail the
 * test: so there is an answer at both. Node.js listens at one.
 */
async function alsoAtIpv6(port: number): Promise<Server> {
  const server = createServer((socket) => {
    const onward = connect(port, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
    // Either may break off when the debugger leaves.
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  server.listen(port, '::1');
  await once(server, 'listening');
  return server;
}

describe('an extension host', () => {
  let child: ChildProcess;
  let ipv6: Server;
  after(async () => {
    await stopDebugging();
    ipv6.close();
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });

  it('and its worker are profiled as what they are, although js-debug gives them the type of a page', async () => {
    const api = await bifrost();
    const started = await startHost();
    child = started.child;
    ipv6 = await alsoAtIpv6(started.port);
    const known = new Set(api.sessions.map(({ id }) => id));
    const types: string[] = [];
    const subscription = vscode.debug.onDidStartDebugSession(({ type }) => types.push(type));
    assert(await vscode.debug.startDebugging(workspaceFolder(), { type: 'extensionHost', request: 'attach', name: 'A Host', port: started.port }));
    const host = await waitFor('the host', () => api.sessions.find(({ id }) => !known.has(id)));
    await api.start(host.id);
    const { pid, nodeVersion } = await stateOf(host.id, 'live');
    subscription.dispose();
    assert.equal(pid, child.pid);
    assert.match(nodeVersion ?? '', /^\d+\./);
    assert(types.includes('pwa-extensionHost') && types.includes('pwa-chrome'), types.join());

    const site = await waitFor('what it keeps', async () => (await api.getProfile(host.id)).inuse_allocations.find((entry) => entry.function === 'keepInHost'));
    assert.deepEqual([site.file, site.line], [workspaceFile('host.js').fsPath, KEEPS_AT]);
    const { memory, runtime } = await api.getProfile(host.id);
    assert((memory.sys ?? 0) > 0 && (runtime.num_goroutine ?? 0) > 0);
    const { processes } = api.processes;
    const worker = await waitFor('its worker', () => api.processes.processes.find(({ session, kind }) => kind === 'worker' && session.state === 'live'));
    assert.equal(worker.parent_id, host.id);
    assert(processes.some(({ session, kind }) => session.id === host.id && kind === 'process'));
  });
});
