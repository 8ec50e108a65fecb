import * as l10n from '@vscode/l10n';
import { translated } from '../../model/collectorTexts';
import { formatClock } from '../../model/format';
import type { EpochMilliseconds } from '../../protocol/units';
import { CdpError } from './cdpConnection';
import { DeepCheckError } from './deepCheck';
import { errorText } from './errorText';
import { HeapSnapshotError } from './heapSnapshotError';
import { SourceError, UnavailableError } from './profileSource';

export const BUSY_NOTICE = l10n.t('The program has not answered for a while: it is busy where it can’t be asked, as in native code. Its figures continue when it is free.');
export const CUT_NOTICE = l10n.t('The connection to the program was cut and is being opened again. Until then the figures are those of before; stop profiling to give up.');
export const UNTRUSTED_NOTICE = l10n.t('Bifrost runs code inside the program, which is not done in Restricted Mode. Trust the workspace, then start profiling.');
export const TOO_SHORT_NOTICE = l10n.t('The program ended before it could be profiled. Start it again, or pause it with a breakpoint first.');

/** Says that figures are not of now. */
export function stoppedNotice(time: EpochMilliseconds): string {
  return l10n.t('Profiling was stopped at {0}: these are the last figures. Start profiling to go on.', formatClock(time, true));
}

/** Says that figures are not of now. */
export function endedNotice(time: EpochMilliseconds, isHeapFull: boolean): string {
  const at = formatClock(time, true);
  if (isHeapFull) return l10n.t('The program ended at {0} with its heap nearly full: these are its last figures. Start it again with more heap, or find what it holds below.', at);
  return l10n.t('The program ended at {0}: these are its last figures. Start it again to profile it anew.', at);
}

/** What the user reads when something failed: one sentence that says what happened and what to do. */
export function noticeOf(error: unknown): string {
  if (error instanceof CdpError) {
    switch (error.code) {
      case 'closed':
        return l10n.t('The connection to the program ended. Start debugging again to profile it.');
      case 'timeout':
        return l10n.t('The program does not answer: it may be busy where it can’t be asked, as in native code. Start profiling again when it is responsive.');
      case 'refused':
        return l10n.t('The debugger refused: {0}. Restart the debug session to profile this program.', short(error.message));
    }
  }
  if (error instanceof SourceError) {
    switch (error.code) {
      case 'notStarted':
        return l10n.t('The collector is no longer in the program. Start profiling again.');
      case 'notReady':
        return l10n.t('The debugger holds the program where Node.js is still loading what it needs. Start profiling again when it goes on.');
      case 'noRoom':
        return l10n.t('The program’s stack is nearly full where it stands, so that nothing can be asked there. Its figures continue when it goes on.');
      case 'garbage':
        return l10n.t('The program answers with data that Bifrost does not understand ({0}); nothing of it is shown. Start profiling again, or restart the program.', short(error.message));
      case 'program':
        return l10n.t('{0}. Restart the program to profile it.', short(error.message));
    }
  }
  if (error instanceof UnavailableError) return translated(error.message);
  if (error instanceof DeepCheckError || error instanceof HeapSnapshotError) return error.message;
  return l10n.t('Bifrost failed: {0}. See the log "Bifrost" in the Output view.', short(errorText(error)));
}

/** Messages of the program's are cut: they may be of any length. */
function short(message: string): string {
  const line = message.replace(/\s+/g, ' ').replace(/\.$/, '');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
