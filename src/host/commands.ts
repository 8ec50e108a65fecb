import * as vscode from 'vscode';
import { messageText } from '../model/displayName';
import { fileOf } from '../model/hidden';
import { groupName } from '../model/handleText';
import { headlineFrame } from '../model/stackFrames';
import type { Frame } from '../protocol/frames';
import { Command, type CommandHandlers, type RowOnShow } from './contributions';
import type { EarlierRuns } from './export/earlierRuns';
import type { ProfilerRequests } from './export/profilerRequests';
import type { HiddenStore } from './session/hiddenStore';
import type { LocatedSources } from './session/locatedSources';
import type { LogMemory } from './session/logMemory';
import type { Profiler } from './session/profiler';
import type { AllocationAnnotations } from './views/allocationAnnotations';
import { compareAllocations } from './views/compareAllocations';
import { copyStack } from './views/copyStack';
import { deepCheckOnShow } from './views/deepCheck';
import { exportProfile } from './views/exportProfile';
import { openFrame } from './views/openFrame';
import { openSavedProfile } from './views/openSavedProfile';
import type { ProfilerPanel } from './views/panel';
import type { ReadOnlyTexts } from './views/readOnlyTexts';
import { reportIssue } from './views/reportIssue';
import { showProfiler } from './views/showProfiler';
import { takeCpuProfile } from './views/takeCpuProfile';
import { takeHeapSnapshot } from './views/takeHeapSnapshot';

/** Longer than any sentence of ours; what failed may quote the program. */
const MESSAGE_LIMIT = 2_000;

/** What the commands work on. */
export interface CommandParts {
  readonly profiler: Profiler;
  readonly requests: ProfilerRequests;
  /** Null where none are kept. */
  readonly runs: EarlierRuns | null;
  readonly hidden: HiddenStore;
  readonly located: LocatedSources;
  readonly panel: ProfilerPanel;
  readonly texts: ReadOnlyTexts;
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly annotations: AllocationAnnotations;
  readonly log: LogMemory;
  readonly extension: vscode.Extension<unknown>;
}

/** What each command does. */
export function commandHandlers({ profiler, requests, runs, hidden, located, panel, texts, preload, annotations, log, extension }: CommandParts): CommandHandlers {
  const openSource = async (frame: Frame | undefined, sessionId: string) => {
    if (frame) await openFrame(frame, { session: profiler.debugSession(sessionId), located });
  };
  return {
    [Command.showProfiler]: () => showProfiler(profiler, panel, preload),
    [Command.startProfiler]: async (sessionId) => {
      await reported(() => requests.start(sessionId));
    },
    [Command.stopProfiler]: async (sessionId) => {
      await reported(() => requests.stop(sessionId));
    },
    [Command.openRawHandleDump]: (sessionId) =>
      reported(() => requests.getDump(sessionId).then((text) => texts.open(profiler.find(sessionId)?.info.name ?? 'handles', text))),
    [Command.clearHistory]: (sessionId) => {
      const session = profiler.find(sessionId);
      if (session) profiler.clearHistory(session);
    },
    [Command.markNow]: async (sessionId) => {
      await reported(() => requests.markNow(sessionId));
    },
    [Command.deepCheck]: (sessionId) => reported(async () => deepCheckOnShow(requests, texts, sessionId)),
    [Command.collectGarbage]: async (sessionId) => {
      await reported(() => requests.collectGarbage(sessionId));
    },
    [Command.startAllocationRecording]: async (sessionId) => {
      await reported(() => requests.recordAllocations(true, sessionId));
    },
    [Command.stopAllocationRecording]: async (sessionId) => {
      await reported(() => requests.recordAllocations(false, sessionId));
    },
    [Command.compareAllocations]: async (sessionId) => {
      await reported(async () => compareAllocations(profiler, runs, requests.profiledSession(sessionId)));
    },
    [Command.exportProfile]: (sessionId, file) =>
      reported(async () => announced(file, exportProfile(requests.profiledSession(sessionId), file))),
    [Command.openSavedProfile]: async (file) => {
      await reported(async () => openSavedProfile(profiler, panel, file));
    },
    [Command.takeCpuProfile]: (sessionId, options = {}) => reported(async () => takeCpuProfile(requests.runningSession(sessionId), options)),
    [Command.takeHeapSnapshot]: (sessionId, file) =>
      reported(async () => announced(file, takeHeapSnapshot(requests.runningSession(sessionId), file))),
    [Command.toggleAllocationAnnotations]: () => annotations.toggle(),
    [Command.openSource]: (row) => ofRow(row, ({ stack, sessionId }) => openSource(headlineFrame(stack), sessionId)),
    [Command.copyStack]: (row) => ofRow(row, ({ label, stack }) => copyStack(label, stack)),
    [Command.revealInPanel]: (row) => ofRow(row, ({ list, id }) => panel.reveal(list, id)),
    [Command.hideFile]: (row) =>
      ofRow(row, ({ row: group }) => {
        const file = group && fileOf(group);
        if (file != null) hidden.hideFile(file);
      }),
    [Command.hideGroup]: (row) => ofRow(row, ({ row: group }) => group && hidden.hideGroup({ id: group.id, name: groupName(group) })),
    [Command.unhideAll]: () => hidden.unhideAll(),
    [Command.getProfile]: (sessionId) => requests.getProfile(sessionId),
    [Command.getHandles]: (sessionId, options) => requests.getHandles(sessionId, options),
    [Command.openFrame]: (frame, sessionId, options) => openFrame(frame, { session: profiler.debugSession(sessionId), located }, options),
    [Command.reportIssue]: () => reportIssue(profiler, log, texts, extension),
  };
}

/** Does something with a row of a tree; nothing, and says so, when VS Code did not know which. */
function ofRow<T>(row: RowOnShow | undefined, work: (row: RowOnShow) => T): T {
  if (row) return work(row);
  void vscode.window.showInformationMessage(vscode.l10n.t('The list changed at that moment: choose the row once more.'));
  return undefined as T;
}

/** Says where something was written, and offers to open it. @param asked The file that the caller named: then it knows. */
async function announced(asked: vscode.Uri | undefined, writing: Promise<vscode.Uri | undefined>): Promise<vscode.Uri | undefined> {
  const written = await writing;
  if (written && asked === undefined) void offerToOpen(written);
  return written;
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('Saved {0}.', vscode.workspace.asRelativePath(file)), open)) !== open) return;
  await vscode.commands.executeCommand(file.path.endsWith('.bifrost.json') ? Command.openSavedProfile : 'vscode.open', file);
}

/** A command's failure, also that there is no session for it, is one sentence to the user, and undefined to who called it. */
async function reported<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    void vscode.window.showErrorMessage(messageText(error instanceof Error ? error.message : String(error), MESSAGE_LIMIT));
    return undefined;
  }
}
