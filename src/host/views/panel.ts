import * as vscode from 'vscode';
import type { AllocationQuery } from '../../protocol/allocations';
import type { FromPage, PanelCommand, PanelList, PanelSnapshot, ToPage } from '../../protocol/panel';
import type { Hidden } from '../../protocol/profile';
import { Command, PANEL_TYPE } from '../contributions';
import type { HiddenStore } from '../session/hiddenStore';
import type { Profiler } from '../session/profiler';
import type { ProfilerSettings } from '../session/settings';
import { panelHtml } from './panelHtml';
import { parseFromPage } from './panelMessages';
import { DEFAULT_QUERY } from '../session/allocationStore';
import type { Logger } from '../session/logger';
import { ProcessesFeed } from './processesFeed';
import { StoreListener } from './storeListener';

const PANEL_COMMAND_IDS: Readonly<Record<PanelCommand, string>> = {
  collectGarbage: Command.collectGarbage,
  startAllocationRecording: Command.startAllocationRecording,
  stopAllocationRecording: Command.stopAllocationRecording,
  compareAllocations: Command.compareAllocations,
  exportProfile: Command.exportProfile,
  takeCpuProfile: Command.takeCpuProfile,
  takeHeapSnapshot: Command.takeHeapSnapshot,
};

/**
 * The profiler's panel: one, of the session on show. The page is disposable: whenever it appears it gets a snapshot, then
 * what changes; while it is hidden it gets nothing, and the lists are not read on its account.
 */
export class ProfilerPanel implements vscode.Disposable {
  readonly #profiler: Profiler;
  readonly #hidden: HiddenStore;
  readonly #extensionUri: vscode.Uri;
  readonly #settings: () => ProfilerSettings;
  readonly #log: Logger;
  readonly #listener: StoreListener;
  readonly #processes: ProcessesFeed;
  readonly #onHidden = (hidden: Hidden): void => this.#post({ type: 'hidden', hidden });
  #panel: vscode.WebviewPanel | null = null;
  #isPageReady = false;
  /** A row to be shown once the page is there. */
  #toReveal: Extract<ToPage, { type: 'reveal' }> | null = null;
  /** What the page shows of allocations. */
  #query: AllocationQuery = DEFAULT_QUERY;

  constructor(
    profiler: Profiler,
    hidden: HiddenStore,
    extensionUri: vscode.Uri,
    settings: () => ProfilerSettings,
    log: Logger,
  ) {
    this.#profiler = profiler;
    this.#hidden = hidden;
    this.#extensionUri = extensionUri;
    this.#settings = settings;
    this.#log = log;
    this.#listener = new StoreListener(profiler, {
      onSession: () => this.#postSnapshot(),
      onSessions: () => this.#post({ type: 'sessions', sessions: profiler.sessions, status: profiler.current?.status ?? null }),
      onPoint: (point, current) => this.#post({ type: 'point', point, current }),
      onBands: (bands) => this.#post({ type: 'bands', bands }),
      onHappenings: (events) => this.#post({ type: 'events', events }),
      onAllocations: (allocations) => this.#post({ type: 'allocations', allocations: allocations.view(this.#query) }),
      onHandles: (handles) => this.#post({ type: 'handles', handles }),
      onCleared: () => this.#postSnapshot(),
    });
    this.#processes = new ProcessesFeed(profiler, (processes) => this.#post({ type: 'processes', processes }));
    hidden.events.on('change', this.#onHidden);
  }

  /** Shows the panel beside the editor, or brings the one there is to the front. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    // Also beside an empty column: where a breakpoint's editor would open over the panel.
    const column = vscode.ViewColumn.Beside;
    const panel = vscode.window.createWebviewPanel(
      PANEL_TYPE,
      vscode.l10n.t('Bifrost Profiler'),
      { viewColumn: column, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [dist] },
    );
    const icon = (theme: string) => vscode.Uri.joinPath(this.#extensionUri, 'media', `panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidChangeViewState(() => this.#onVisibility());
    panel.onDidDispose(() => {
      this.#panel = null;
      this.#onVisibility();
    });
    panel.webview.html = panelHtml(panel.webview, dist);
    this.#panel = panel;
    this.#onVisibility();
  }

  /** Shows the panel with a row of one of its lists open. */
  reveal(list: PanelList, id: string): void {
    this.show();
    this.#toReveal = { type: 'reveal', list, id };
    this.#postReveal();
  }

  dispose(): void {
    this.#hidden.events.off('change', this.#onHidden);
    this.#listener.dispose();
    this.#processes.dispose();
    this.#panel?.dispose();
  }

  /** A hidden page is gone: when it is shown again it starts anew and says that it is ready. */
  #onVisibility(): void {
    const isVisible = this.#panel?.visible === true;
    if (!isVisible) this.#isPageReady = false;
    this.#listener.setActive(isVisible);
    this.#processes.setActive(isVisible);
  }

  #receive(message: unknown): void {
    const parsed = parseFromPage(message);
    if (parsed === null) {
      this.#log.warn('The panel’s page sent a message of an unknown form; it was ignored.');
      return;
    }
    this.#handle(parsed);
  }

  #handle(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.#isPageReady = true;
        this.#postSnapshot();
        this.#postReveal();
        return;
      case 'openFrame':
        void vscode.commands.executeCommand(Command.openFrame, message.frame, message.sessionId, { preview: message.preview === true });
        return;
      case 'selectSession': {
        const session = this.#profiler.find(message.sessionId);
        if (session) void this.#profiler.start(session);
        return;
      }
      case 'start':
        void vscode.commands.executeCommand(Command.startProfiler, message.sessionId);
        return;
      case 'stop':
        void vscode.commands.executeCommand(Command.stopProfiler, message.sessionId);
        return;
      case 'showProfiler':
        void vscode.commands.executeCommand(Command.showProfiler);
        return;
      case 'openRawHandleDump':
        void vscode.commands.executeCommand(Command.openRawHandleDump);
        return;
      case 'markNow':
        void vscode.commands.executeCommand(Command.markNow, message.sessionId);
        return;
      case 'deepCheck':
        void vscode.commands.executeCommand(Command.deepCheck, message.sessionId);
        return;
      case 'command':
        void vscode.commands.executeCommand(PANEL_COMMAND_IDS[message.command], message.sessionId);
        return;
      case 'allocationQuery': {
        this.#query = message.query;
        const allocations = this.#profiler.current?.store.allocations;
        if (allocations) this.#post({ type: 'allocations', allocations: allocations.view(message.query) });
        return;
      }
      case 'selectInterval':
        this.#profiler.find(message.sessionId)?.store.selectInterval(message.interval);
        return;
      case 'clearInterval':
        this.#profiler.find(message.sessionId)?.store.selectInterval(null);
        return;
      case 'hideFile':
        this.#hidden.hideFile(message.file);
        return;
      case 'hideGroup':
        this.#hidden.hideGroup(message.group);
        return;
      case 'unhideFile':
        this.#hidden.unhideFile(message.file);
        return;
      case 'unhideGroup':
        this.#hidden.unhideGroup(message.groupId);
        return;
      case 'unhideAll':
        this.#hidden.unhideAll();
        return;
    }
  }

  #postReveal(): void {
    if (!this.#isPageReady || this.#toReveal === null) return;
    this.#post(this.#toReveal);
    this.#toReveal = null;
  }

  #postSnapshot(): void {
    this.#post({ type: 'snapshot', snapshot: snapshotOf(this.#profiler, this.#query, this.#hidden.hidden, this.#settings()) });
  }

  #post(message: ToPage): void {
    if (this.#isPageReady) void this.#panel?.webview.postMessage(message);
  }
}

function snapshotOf(profiler: Profiler, query: AllocationQuery, hidden: Hidden, settings: ProfilerSettings): PanelSnapshot {
  const session = profiler.current;
  return {
    sessions: profiler.sessions,
    processes: profiler.processes,
    status: session?.status ?? null,
    intervalSeconds: settings.interval / 1000,
    windowSeconds: settings.window / 1000,
    history: session?.store.history ?? [],
    bands: session?.store.bands ?? [],
    events: session?.store.happenings ?? [],
    current: session?.store.current ?? null,
    allocations: session?.store.allocations.view(query) ?? null,
    handles: session?.store.handles ?? null,
    hidden,
    workspaceFolders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
  };
}
