import * as vscode from 'vscode';
import type { DeepCheckReport } from '../../protocol/reports';
import { deepCheckText } from '../export/deepCheckText';
import type { ProfilerRequests } from '../export/profilerRequests';
import type { DeepCheckPhase } from '../session/deepCheck';
import type { ReadOnlyTexts } from './readOnlyTexts';

const PHASE_TEXTS: Readonly<Record<DeepCheckPhase, string>> = {
  following: vscode.l10n.t('following every promise…'),
  reading: vscode.l10n.t('reading what is pending…'),
  collecting: vscode.l10n.t('collecting garbage…'),
};

/**
 * "Bifrost: Find Abandoned Awaits": makes a deep check, says in a notification how far it is, and opens what it found.
 * Undefined when the user cancelled it.
 *
 * @throws Error whose message can be shown to a person.
 */
export async function deepCheckOnShow(requests: ProfilerRequests, texts: ReadOnlyTexts, sessionId?: string): Promise<DeepCheckReport | undefined> {
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Bifrost: deep check'), cancellable: true },
    (progress, token) => checkUntilCancelled(requests, progress, token, sessionId),
  );
  if (report) await texts.open(`${report.session.name} abandoned awaits`, deepCheckText(report));
  return report;
}

async function checkUntilCancelled(
  requests: ProfilerRequests,
  progress: vscode.Progress<{ message: string }>,
  token: vscode.CancellationToken,
  sessionId: string | undefined,
): Promise<DeepCheckReport | undefined> {
  const cancel = new AbortController();
  const subscription = token.onCancellationRequested(() => cancel.abort());
  try {
    return await requests.deepCheck(sessionId, { signal: cancel.signal, onPhase: (phase) => progress.report({ message: PHASE_TEXTS[phase] }) });
  } catch (error) {
    // It fails because it was cancelled, and who cancelled knows that.
    if (cancel.signal.aborted) return undefined;
    throw error;
  } finally {
    subscription.dispose();
  }
}
