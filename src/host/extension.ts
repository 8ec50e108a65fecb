import './translation';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Hidden } from '../protocol/profile';
import type { SessionInfo } from '../protocol/reports';
import type { BifrostApi } from './api';
import { registerCommands } from './commands';
import { readSettings } from './configuration';
import { ContextKey, PANEL_TYPE, View, type Settings } from './contributions';
import type { EarlierRuns } from './export/earlierRuns';
import { processesReport } from './export/processesReport';
import { ProfilerRequests } from './export/profilerRequests';
import { FileSourceMaps } from './session/fileSourceMaps';
import { HiddenStore } from './session/hiddenStore';
import { withPreload } from './session/launchPreload';
import { LocatedSources } from './session/locatedSources';
import { LogMemory } from './session/logMemory';
import { Profiler } from './session/profiler';
import { StuckWatch } from './session/stuckWatch';
import { AllocationAnnotations } from './views/allocationAnnotations';
import { allocationsContent } from './views/allocationsTree';
import { handlesContent, stuckBadge } from './views/handlesTree';
import { registerLanguageModelTools } from './views/languageModelTools';
import { keepRuns } from './views/keepRuns';
import { ProfilerPanel } from './views/panel';
import { ProfileTree } from './views/profileTree';
import { ReadOnlyTexts } from './views/readOnlyTexts';
import { StatusBar } from './views/statusBar';
import { SummaryView } from './views/summaryView';

/** Launches with an environment that reaches the program: of a file, and of a command in a terminal. */
const PRELOADED_TYPES = ['pwa-node', 'node-terminal'];

const PENDING_MODE: `bifrost.${keyof Settings}` = 'bifrost.pendingOperations.mode';

let profiler: Profiler | null = null;
let runs: EarlierRuns | null = null;

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
    sourceMaps: new FileSourceMaps({ workspaceFolders: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath) }),
    log,
  });
  profiler = current;
  runs = keepRuns(current, context.storageUri, log);
  const requests = new ProfilerRequests(current, readSettings);
  const hidden = new HiddenStore(context.workspaceState, log);
  const located = new LocatedSources(context.workspaceState, log);
  const preload = file('dist', 'bifrost-preload.cdp');
  const page = { profiler: current, hidden, extensionUri: context.extensionUri, settings: readSettings, log };
  const panel = new ProfilerPanel(page);
  const texts = new ReadOnlyTexts();
  const annotations = new AllocationAnnotations(current);
  const handlesTree = new ProfileTree(View.handles, current, 'handles', (session) => handlesContent(session, hidden.hidden));
  hidden.events.on('change', () => handlesTree.refresh());
  const stuck = new StuckWatch(current, hidden);
  stuck.events.on('change', () => handlesTree.setBadge(stuckBadge(stuck.groups)));
  const onDidUpdate = new vscode.EventEmitter<SessionInfo>();
  context.subscriptions.push(
    channel,
    panel,
    texts,
    annotations,
    onDidUpdate,
    new ProfileTree(View.allocations, current, 'allocations', allocationsContent),
    handlesTree,
    stuck,
    new StatusBar(current, stuck),
    ...registerLanguageModelTools(requests),
    ...registerCommands({ profiler: current, requests, runs, hidden, located, panel, texts, preload, annotations, log, extension: context.extension }),
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
  current.events.on('outOfHeap', (session) => void import('./views/onDemand').then(({ saveLastProfile }) => saveLastProfile(session, context.globalStorageUri)));
  announce(current, hidden, onDidUpdate);
  return {
    get sessions() {
      return current.sessions;
    },
    get processes() {
      return processesReport(current.processes, Date.now());
    },
    start: (sessionId) => requests.start(sessionId),
    stop: (sessionId) => requests.stop(sessionId),
    getProfile: (sessionId) => requests.getProfile(sessionId),
    getHandles: (sessionId, options) => requests.getHandles(sessionId, options),
    markNow: (sessionId) => requests.markNow(sessionId),
    deepCheck: (sessionId, options = {}) => requests.deepCheck(sessionId, { seconds: options.seconds, signal: options.signal }),
    onDidUpdate: onDidUpdate.event,
  };
}

/** Programs that go on without the debugger are left as they were found. */
export async function deactivate(): Promise<void> {
  await profiler?.dispose();
  await runs?.settle();
  profiler = null;
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
