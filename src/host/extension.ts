import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SessionInfo } from '../protocol/reports';
import type { BifrostApi } from './api';
import { readSettings } from './configuration';
import { Command, ContextKey, View, type CommandHandlers } from './contributions';
import { ProfilerRequests } from './export/profilerRequests';
import { withPreload } from './session/launchPreload';
import { Profiler } from './session/profiler';
import { allocationsContent } from './views/allocationsTree';
import { handlesContent } from './views/handlesTree';
import { openFrame } from './views/openFrame';
import { ProfilerPanel } from './views/panel';
import { ProfileTree } from './views/profileTree';
import { RawDumps } from './views/rawDump';
import { showProfiler } from './views/showProfiler';

let profiler: Profiler | null = null;

/** Wires the parts together; all logic is theirs. */
export function activate(context: vscode.ExtensionContext): BifrostApi {
  const log = vscode.window.createOutputChannel('Bifrost', { log: true });
  const file = (...parts: string[]) => path.join(context.extensionPath, ...parts);
  const current = new Profiler(vscode.debug, vscode.commands.executeCommand, {
    collectorBundle: readFileSync(file('dist', 'collector.js'), 'utf8'),
    addonPackage: file('node_modules', '@datadog', 'pprof'),
    settings: readSettings,
    log,
  });
  profiler = current;
  const requests = new ProfilerRequests(current, readSettings);
  const panel = new ProfilerPanel(current, context.extensionUri, readSettings, log);
  const dumps = new RawDumps();
  const onDidUpdate = new vscode.EventEmitter<SessionInfo>();
  context.subscriptions.push(
    log,
    panel,
    dumps,
    onDidUpdate,
    new ProfileTree(View.allocations, current, 'allocations', allocationsContent),
    new ProfileTree(View.handles, current, 'handles', handlesContent),
    ...registerCommands(current, requests, panel, dumps),
    vscode.debug.registerDebugConfigurationProvider('pwa-node', {
      resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) =>
        current.isProgramExpected ? withPreload(configuration, file('dist', 'bifrost-preload.cdp')) : configuration,
    }),
  );
  announce(current, onDidUpdate);
  return {
    get sessions() {
      return current.sessions;
    },
    start: (sessionId) => requests.start(sessionId),
    stop: (sessionId) => requests.stop(sessionId),
    getProfile: (sessionId) => requests.getProfile(sessionId),
    getHandles: (sessionId, options) => requests.getHandles(sessionId, options),
    onDidUpdate: onDidUpdate.event,
  };
}

/** Programs that go on without the debugger are left as they were found. */
export async function deactivate(): Promise<void> {
  await profiler?.dispose();
  profiler = null;
}

function registerCommands(profiler: Profiler, requests: ProfilerRequests, panel: ProfilerPanel, dumps: RawDumps): vscode.Disposable[] {
  const handlers: CommandHandlers = {
    [Command.showProfiler]: () => showProfiler(profiler, panel),
    [Command.startProfiler]: (sessionId) => reported(requests.start(sessionId)),
    [Command.stopProfiler]: (sessionId) => reported(requests.stop(sessionId)),
    [Command.openRawHandleDump]: (sessionId) =>
      reported(requests.getDump(sessionId).then((text) => dumps.open(profiler.find(sessionId)?.info.name ?? 'handles', text))),
    [Command.clearHistory]: (sessionId) => profiler.find(sessionId)?.store.clearHistory(),
    [Command.getProfile]: (sessionId) => requests.getProfile(sessionId),
    [Command.getHandles]: (sessionId, options) => requests.getHandles(sessionId, options),
    [Command.openFrame]: (frame, sessionId) => openFrame(frame, profiler.debugSession(sessionId)),
  };
  return Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler as (...args: unknown[]) => unknown));
}

/** A command's failure is one sentence to the user. */
async function reported(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** Tells the editor and other extensions what the sessions are doing. */
function announce(profiler: Profiler, onDidUpdate: vscode.EventEmitter<SessionInfo>): void {
  let isProfiling = false;
  const update = () => {
    const now = profiler.current?.isRunning === true;
    if (now !== isProfiling) void vscode.commands.executeCommand('setContext', ContextKey.profiling, now);
    isProfiling = now;
    if (profiler.current) onDidUpdate.fire(profiler.current.info);
  };
  profiler.events.on('sessions', update).on('current', update);
  profiler.events.on('point', (session: SessionInfo) => onDidUpdate.fire(session));
}
