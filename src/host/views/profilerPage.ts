import * as vscode from 'vscode';
import { handlesFacts } from '../../model/handlesFacts';
import type { FromPage, HandlesFacts, PanelCommand, PanelList, PanelSnapshot, ToPage } from '../../protocol/panel';
import type { Hidden } from '../../protocol/profile';
import { Command } from '../contributions';
import type { PageForm, PageParts } from './pageOnDemand';
import { panelHtml } from './panelHtml';
import { PanelLists } from './panelLists';
import { parseFromPage } from './panelMessages';
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
 * The page of the session on show in one webview. It is disposable: whenever it appears it gets a snapshot, then what changes
 * in the lists that it watches; while it is hidden it gets nothing, and the lists are not read on its account.
 */
export class ProfilerPage implements vscode.Disposable {
  readonly #parts: PageParts;
  readonly #webview: vscode.Webview;
  readonly #listener: StoreListener;
  readonly #processes: ProcessesFeed;
  readonly #lists: PanelLists;
  readonly #subscription: vscode.Disposable;
  readonly #onHidden = (hidden: Hidden): void => {
    this.#post({ type: 'hidden', hidden });
    this.#postHandles();
  };
  #isReady = false;
  /** A row to be shown once the page is there. */
  #toReveal: Extract<ToPage, { type: 'reveal' }> | null = null;

  constructor(webview: vscode.Webview, form: PageForm, parts: PageParts) {
    const { profiler, hidden, files } = parts;
    this.#parts = parts;
    this.#webview = webview;
    this.#lists = new PanelLists(
      { handles: () => profiler.current?.store.handles ?? null, allocations: () => profiler.current?.store.allocations ?? null, hidden: () => hidden.hidden },
      (message) => this.#post(message),
    );
    this.#listener = new StoreListener(profiler, {
      onSession: () => this.#postSnapshot(),
      onSessions: () => this.#post({ type: 'sessions', sessions: profiler.sessions, status: profiler.current?.status ?? null }),
      onPoint: (point, current) => this.#post({ type: 'point', point, current }),
      onBands: (bands) => this.#post({ type: 'bands', bands }),
      onHappenings: (events) => this.#post({ type: 'events', events }),
      onAllocations: ({ facts }) => {
        this.#post({ type: 'allocations', allocations: facts });
        this.#lists.allocationsChanged();
      },
      onHandles: () => this.#postHandles(),
      onCleared: () => this.#postSnapshot(),
    });
    this.#processes = new ProcessesFeed(profiler, (processes) => this.#post({ type: 'processes', processes }));
    hidden.events.on('change', this.#onHidden);
    this.#subscription = webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    webview.html = panelHtml(files, form);
  }

  /** A hidden page is gone: when it is shown again it starts anew and says that it is ready. */
  setVisible(isVisible: boolean): void {
    if (!isVisible) {
      this.#isReady = false;
      this.#lists.clear();
    }
    this.#listener.setActive(isVisible);
    this.#processes.setActive(isVisible);
  }

  /** Shows a row of one of the lists, open. */
  reveal(list: PanelList, id: string): void {
    this.#toReveal = { type: 'reveal', list, id };
    this.#postReveal();
  }

  dispose(): void {
    this.#parts.hidden.events.off('change', this.#onHidden);
    this.#listener.dispose();
    this.#processes.dispose();
    this.#subscription.dispose();
  }

  #receive(message: unknown): void {
    const parsed = parseFromPage(message);
    if (parsed === null) {
      this.#parts.log.warn('The profiler’s page sent a message of an unknown form; it was ignored.');
      return;
    }
    this.#handle(parsed);
  }

  #handle(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#postSnapshot();
        this.#postReveal();
        return;
      case 'openFrame':
        void vscode.commands.executeCommand(Command.openFrame, message.frame, message.sessionId, { preview: message.preview === true });
        return;
      case 'selectSession': {
        const session = this.#parts.profiler.find(message.sessionId);
        if (session) void this.#parts.profiler.start(session);
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
      case 'watchList':
        this.#lists.watch(message.request);
        return;
      case 'unwatchList':
        this.#lists.unwatch(message.id);
        return;
      case 'copyText':
        void vscode.env.clipboard.writeText(message.text);
        return;
      case 'selectInterval':
        this.#parts.profiler.find(message.sessionId)?.store.selectInterval(message.interval);
        return;
      case 'clearInterval':
        this.#parts.profiler.find(message.sessionId)?.store.selectInterval(null);
        return;
      case 'hideFile':
        this.#parts.hidden.hideFile(message.file);
        return;
      case 'hideGroup':
        this.#parts.hidden.hideGroup(message.group);
        return;
      case 'unhideFile':
        this.#parts.hidden.unhideFile(message.file);
        return;
      case 'unhideGroup':
        this.#parts.hidden.unhideGroup(message.groupId);
        return;
      case 'unhideAll':
        this.#parts.hidden.unhideAll();
        return;
    }
  }

  #postReveal(): void {
    if (!this.#isReady || this.#toReveal === null) return;
    this.#post(this.#toReveal);
    this.#toReveal = null;
  }

  #postSnapshot(): void {
    this.#post({ type: 'snapshot', snapshot: snapshotOf(this.#parts) });
    this.#lists.reset();
  }

  #postHandles(): void {
    const handles = factsOf(this.#parts);
    if (handles === null) return;
    this.#post({ type: 'handles', handles });
    this.#lists.handlesChanged();
  }

  #post(message: ToPage): void {
    if (this.#isReady) void this.#webview.postMessage(message);
  }
}

function factsOf({ profiler, hidden }: PageParts): HandlesFacts | null {
  const store = profiler.current?.store;
  return store?.handles ? handlesFacts(store.handles, hidden.hidden, store.arrivalNotes) : null;
}

function snapshotOf(parts: PageParts): PanelSnapshot {
  const { profiler, hidden, settings } = parts;
  const session = profiler.current;
  const { interval, window } = settings();
  return {
    sessions: profiler.sessions,
    processes: profiler.processes,
    status: session?.status ?? null,
    intervalSeconds: interval / 1000,
    windowSeconds: window / 1000,
    history: session?.store.history ?? [],
    bands: session?.store.bands ?? [],
    events: session?.store.happenings ?? [],
    current: session?.store.current ?? null,
    allocations: session?.store.allocations.facts ?? null,
    handles: factsOf(parts),
    hidden: hidden.hidden,
    workspaceFolders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
  };
}
