import path from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../model/format';
import { inWords } from '../export/profilerRequests';
import { HeapSnapshotError } from '../session/heapSnapshotError';
import type { ProfiledSession } from '../session/profiledSession';
import { chooseFile } from './exportProfile';

const WARNING = vscode.l10n.t('A heap snapshot holds every string of the program, passwords and keys among them, and the program is held while V8 takes it: seconds for each gigabyte. Meanwhile the program needs about ten times the memory of its heap, and one that has not as much may end.');

/**
 * Takes a heap snapshot, piece by piece to disk. Without a file the user is warned and asked for one.
 *
 * @returns The file that was written; undefined when the user gave up.
 * @throws Error in one sentence.
 */
export async function takeHeapSnapshot(session: ProfiledSession, file: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const target = file ?? (await askForFile(session));
  if (target === undefined) return undefined;
  const name = path.basename(target.fsPath);
  const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Taking the heap snapshot {0}', name), cancellable: true };
  try {
    await vscode.window.withProgress(options, async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      let shown = 0;
      const taken = session.recordings.heapSnapshot({
        file: target.fsPath,
        signal: cancel.signal,
        onProgress: ({ done, total, written }) => {
          const percent = total > 0 ? Math.min(100, (done / total) * 100) : 0;
          progress.report({ increment: percent - shown, message: written > 0 ? vscode.l10n.t('{0} written', formatBytes(written)) : vscode.l10n.t('V8 walks the heap') });
          shown = percent;
        },
      });
      await inWords(taken);
    });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof HeapSnapshotError && cause.code === 'cancelled') return undefined;
    throw error;
  }
  return target;
}

async function askForFile(session: ProfiledSession): Promise<vscode.Uri | undefined> {
  const take = vscode.l10n.t('Take Heap Snapshot');
  if ((await vscode.window.showWarningMessage(WARNING, { modal: true }, take)) !== take) return undefined;
  return chooseFile(session.info.name, 'heapsnapshot', vscode.l10n.t('heap snapshot'));
}
