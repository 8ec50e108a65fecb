import * as vscode from 'vscode';
import { fileOf } from '../model/hidden';
import { groupName } from '../model/handleText';
import { Command, type CommandHandlers } from './contributions';
import type { ProfilerRequests } from './export/profilerRequests';
import type { HiddenStore } from './session/hiddenStore';
import type { Profiler } from './session/profiler';
import type { AllocationAnnotations } from './views/allocationAnnotations';
import { compareAllocations } from './views/compareAllocations';
import { deepCheckOnShow } from './views/deepCheck';
import { exportProfile } from './views/exportProfile';
import { openSavedProfile } from './views/openSavedProfile';
import { openFrame } from './views/openFrame';
import type { ProfilerPanel } from './views/panel';
import type { ReadOnlyTexts } from './views/readOnlyTexts';
import { takeCpuProfile } from './views/takeCpuProfile';
import { takeHeapSnapshot } from './views/takeHeapSnapshot';
import { showProfiler } from './views/showProfiler';

/** What the commands work on. */
export interface CommandParts {
  readonly profiler: Profiler;
  readonly requests: ProfilerRequests;
  readonly hidden: HiddenStore;
  readonly panel: ProfilerPanel;
  readonly texts: ReadOnlyTexts;
  readonly annotations: AllocationAnnotations;
}

export function registerCommands({ profiler, requests, hidden, panel, texts, annotations }: CommandParts): vscode.Disposable[] {
  const handlers: CommandHandlers = {
    [Command.showProfiler]: () => showProfiler(profiler, panel),
    [Command.startProfiler]: async (sessionId) => {
      await reported(requests.start(sessionId));
    },
    [Command.stopProfiler]: async (sessionId) => {
      await reported(requests.stop(sessionId));
    },
    [Command.openRawHandleDump]: (sessionId) =>
      reported(requests.getDump(sessionId).then((text) => texts.open(profiler.find(sessionId)?.info.name ?? 'handles', text))),
    [Command.clearHistory]: (sessionId) => {
      const session = profiler.find(sessionId);
      if (session) profiler.clearHistory(session);
    },
    [Command.markNow]: async (sessionId) => {
      await reported(requests.markNow(sessionId));
    },
    [Command.deepCheck]: (sessionId) => reported(deepCheckOnShow(requests, texts, sessionId)),
    [Command.collectGarbage]: async (sessionId) => {
      await reported(requests.collectGarbage(sessionId));
    },
    [Command.startAllocationRecording]: async (sessionId) => {
      await reported(requests.recordAllocations(true, sessionId));
    },
    [Command.stopAllocationRecording]: async (sessionId) => {
      await reported(requests.recordAllocations(false, sessionId));
    },
    [Command.compareAllocations]: async (sessionId) => {
      await reported(compareAllocations(profiler, requests.profiledSession(sessionId)));
    },
    [Command.exportProfile]: (sessionId, file) => reported(exported(requests, sessionId, file)),
    [Command.openSavedProfile]: async (file) => {
      await reported(openSavedProfile(profiler, panel, file));
    },
    [Command.takeCpuProfile]: (sessionId, options = {}) => reported(takeCpuProfile(requests.runningSession(sessionId), options)),
    [Command.takeHeapSnapshot]: (sessionId, file) => reported(takeHeapSnapshot(requests.runningSession(sessionId), file)),
    [Command.toggleAllocationAnnotations]: () => annotations.toggle(),
    [Command.hideFile]: (node) => {
      const file = node && fileOf(node.row);
      if (!node) sayListChanged();
      else if (file != null) hidden.hideFile(file);
    },
    [Command.hideGroup]: (node) => {
      if (!node) sayListChanged();
      else hidden.hideGroup({ id: node.row.id, name: groupName(node.row) });
    },
    [Command.unhideAll]: () => hidden.unhideAll(),
    [Command.getProfile]: (sessionId) => requests.getProfile(sessionId),
    [Command.getHandles]: (sessionId, options) => requests.getHandles(sessionId, options),
    [Command.openFrame]: (frame, sessionId) => openFrame(frame, profiler.debugSession(sessionId)),
  };
  return Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler as (...args: unknown[]) => unknown));
}

function sayListChanged(): void {
  void vscode.window.showInformationMessage('Nothing was hidden, as the list was being drawn anew: choose it once more.');
}

/** Exports, and offers to open what was written. */
async function exported(requests: ProfilerRequests, sessionId: string | undefined, file: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const written = await exportProfile(requests.profiledSession(sessionId), file);
  if (written && file === undefined) void offerToOpen(written);
  return written;
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = 'Open';
  if ((await vscode.window.showInformationMessage(`Saved ${vscode.workspace.asRelativePath(file)}.`, open)) !== open) return;
  await vscode.commands.executeCommand(file.path.endsWith('.bifrost.json') ? Command.openSavedProfile : 'vscode.open', file);
}

/** A command's failure is one sentence to the user, and undefined to who called it. */
async function reported<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
