import './translation';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Hidden } from '../protocol/profile';
import type { SessionInfo } from '../protocol/reports';
import type { Actions } from './actions';
import type { BifrostApi } from './api';
import { readSettings } from './configuration';
import { Command, ContextKey, PANEL_TYPE, View, type CommandHandlers, type Settings } from './contributions';
import { processesReport } from './export/processesReport';
import { HiddenStore } from './session/hiddenStore';
import { withPreload } from './session/launchPreload';
import { LogMemory } from './session/logMemory';
import { Profiler } from './session/profiler';
import { sourceMapsOnDemand } from './session/sourceMapsOnDemand';
import { StuckWatch } from './session/stuckWatch';
import { allocationsContent } from './views/allocationsTree';
import { handlesContent, stuckBadge } from './views/handlesTree';
import { registerLanguageModelTools } from './views/languageModelTools';
import { PageFiles } from './views/pageFiles';
import { ProfilerPanel } from './views/panel';
import { ProfileTree } from './views/profileTree';
import { StatusBar } from './views/statusBar';
import { SummaryView } from './views/summaryView';

/** Launches with an environment that reaches the program: of a file, and of a command in a terminal. */
const PRELOADED_TYPES = ['pwa-node', 'node-terminal'];

const PENDING_MODE: `bifrost.${keyof Settings}` = 'bifrost.pendingOperations.mode';

let profiler: Profiler | null = null;
/** What is being written of programs that are over. */
let keeping: Promise<unknown> = Promise.resolve();

/** Wires the parts together; all logic is theirs. */
export function activate(context: vscode.ExtensionContext): BifrostApi {
  const channel = vscode.window.createOutputChannel('Bifrost', { log: true });
  const log = new LogMemory(channel);
  const file = (...parts: string[]) => path.join(context.extensionPath, ...parts);
  let collectorBundle: string | undefined;
  const current = new Profiler(vscode.debug, vscode.commands.executeCommand, {
    get collectorBundle() {
      return (collectorBundle ??= readFileSync(file('dist', 'collector.js'), 'utf8'));
    },
    addonPackage: file('node_modules', '@datadog', 'pprof'),
    settings: readSettings,
    isTrusted: () => vscode.workspace.isTrusted,
    sourceMaps: sourceMapsOnDemand({ workspaceFolders: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath) }),
    log,
  });
  profiler = current;
  const hidden = new HiddenStore(context.workspaceState, log);
  const preload = file('dist', 'bifrost-preload.cdp');
  const page = {
    profiler: current,
    hidden,
    files: new PageFiles(vscode.Uri.joinPath(context.extensionUri, 'dist')),
    settings: readSettings,
    log,
    load: async () => (await import('./actions')).ProfilerPage,
  };
  const panel = new ProfilerPanel(page, vscode.Uri.joinPath(context.extensionUri, 'media'));
  let loading: Promise<Actions> | undefined;
  const actions = () =>
    (loading ??= import('./actions').then(({ Actions }) => {
      const made = new Actions({ profiler: current, settings: readSettings, hidden, panel, preload, log, context });
      context.subscriptions.push(made);
      return made;
    }));
  const handlesTree = new ProfileTree(View.handles, current, 'handles', (session) => handlesContent(session, hidden.hidden));
  hidden.events.on('change', () => handlesTree.refresh());
  const stuck = new StuckWatch(current, hidden);
  stuck.events.on('change', () => handlesTree.setBadge(stuckBadge(stuck.groups)));
  const onDidUpdate = new vscode.EventEmitter<SessionInfo>();
  context.subscriptions.push(
    channel,
    panel,
    onDidUpdate,
    new ProfileTree(View.allocations, current, 'allocations', allocationsContent),
    handlesTree,
    stuck,
    new StatusBar(current, stuck),
    ...registerLanguageModelTools(async (name, input) => (await actions()).toolAnswer(name, input)),
    ...registerCommands(async () => (await actions()).commands),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, panel),
    vscode.window.registerWebviewViewProvider(View.summary, new SummaryView(page)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(PENDING_MODE)) void current.updatePendingMode();
    }),
    ...PRELOADED_TYPES.map((type) =>
      vscode.debug.registerDebugConfigurationProvider(type, {
        resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) => (current.isProgramExpected ? withPreload(configuration, preload) : configuration),
      }),
    ),
  );
  current.events.on('outOfHeap', (session) => void actions().then((loaded) => loaded.saveLastProfile(session)));
  current.events.on('over', (session) => {
    if (session.store.allocations.readAt !== null) keeping = Promise.all([keeping, actions().then((loaded) => loaded.keepRun(session))]);
  });
  announce(current, hidden, onDidUpdate);
  return {
    get sessions() {
      return current.sessions;
    },
    get processes() {
      return processesReport(current.processes, Date.now());
    },
    start: async (sessionId) => (await actions()).requests.start(sessionId),
    stop: async (sessionId) => (await actions()).requests.stop(sessionId),
    getProfile: async (sessionId) => (await actions()).requests.getProfile(sessionId),
    getHandles: async (sessionId, options) => (await actions()).requests.getHandles(sessionId, options),
    markNow: async (sessionId) => (await actions()).requests.markNow(sessionId),
    deepCheck: async (sessionId, options = {}) => (await actions()).requests.deepCheck(sessionId, { seconds: options.seconds, signal: options.signal }),
    onDidUpdate: onDidUpdate.event,
  };
}

/** Programs that go on without the debugger are left as they were found. */
export async function deactivate(): Promise<void> {
  await profiler?.dispose();
  await keeping;
  profiler = null;
}

/** Every command, whether what it does is loaded yet or not. */
function registerCommands(handlers: () => Promise<CommandHandlers>): vscode.Disposable[] {
  return Object.values(Command).map((id) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      const handler = (await handlers())[id] as (...args: unknown[]) => unknown;
      return handler(...args);
    }),
  );
}

/** Tells the editor and other extensions what the sessions are doing. */
function announce(profiler: Profiler, hidden: HiddenStore, onDidUpdate: vscode.EventEmitter<SessionInfo>): void {
  let isProfiling = false;
  const update = () => {
    const now = profiler.current?.isRunning === true;
    if (now !== isProfiling) void vscode.commands.executeCommand('setContext', ContextKey.profiling, now);
    isProfiling = now;
    if (profiler.current) onDidUpdate.fire(profiler.current.info);
  };
  profiler.events.on('sessions', update).on('current', update);
  profiler.events.on('point', (session: SessionInfo) => onDidUpdate.fire(session));
  const updateHidden = ({ files, groups }: Hidden) =>
    void vscode.commands.executeCommand('setContext', ContextKey.hasHidden, files.length + groups.length > 0);
  updateHidden(hidden.hidden);
  hidden.events.on('change', updateHidden);
}
