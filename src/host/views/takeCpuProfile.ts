import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { messageText, NAME_LIMIT } from '../../model/displayName';
import type { CpuProfile } from '../../protocol/allocations';
import type { Frame } from '../../protocol/frames';
import type { Milliseconds } from '../../protocol/units';
import { cpuProfileFile } from '../export/formats/cpuProfileFile';
import { pprofCpu } from '../export/formats/pprof';
import { speedscopeCpu } from '../export/formats/speedscopeFile';
import { inWords } from '../export/profilerRequests';
import type { ProfiledSession } from '../session/profiledSession';
import { chooseFile, save } from './exportProfile';

export interface CpuProfileOptions {
  readonly seconds?: number;
  readonly file?: vscode.Uri;
}

interface Format {
  readonly extension: string;
  readonly encode: (profile: CpuProfile<Frame>, name: string) => Uint8Array | string;
}

/** The first is what is asked for in the dialog. */
const FORMATS: readonly Format[] = [
  { extension: 'cpuprofile', encode: (profile) => cpuProfileFile(profile, { time: Date.now(), rootPath: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '' }) },
  { extension: 'pb.gz', encode: (profile) => pprofCpu(profile, Date.now() - profile.duration / 1000) },
  { extension: 'speedscope.json', encode: speedscopeCpu },
];

const DURATIONS = [5, 10, 30, 60];
/** "Until stopped" ends by itself: samples take memory. */
const LONGEST_SECONDS = 600;

/**
 * Takes a CPU profile and saves it. What the options leave open, the user is asked for.
 *
 * @returns The file that was written; undefined when the user gave up.
 * @throws Error in one sentence.
 */
export async function takeCpuProfile(session: ProfiledSession, { seconds, file }: CpuProfileOptions): Promise<vscode.Uri | undefined> {
  const time = seconds ?? (await chooseSeconds());
  if (time === undefined) return undefined;
  const [format] = file ? FORMATS.filter(({ extension }) => file.path.endsWith(`.${extension}`)) : FORMATS;
  if (format === undefined) throw new Error(vscode.l10n.t('The name of the file decides its format: let it end in {0}.', FORMATS.map(({ extension }) => `.${extension}`).join(', ')));
  const profile = await record(session, Math.min(LONGEST_SECONDS, Math.max(0.1, time)) * 1000);
  const target = file ?? (await chooseTarget(session, format));
  if (target === undefined) return undefined;
  await save(target, format.encode(profile, session.info.name), file === undefined);
  if (file === undefined) await vscode.commands.executeCommand('vscode.open', target);
  return target;
}

async function chooseSeconds(): Promise<number | undefined> {
  const items = [...DURATIONS.map((seconds) => ({ label: vscode.l10n.t('{0} seconds', seconds), seconds })), { label: vscode.l10n.t('Until stopped'), description: vscode.l10n.t('ten minutes at most'), seconds: LONGEST_SECONDS }];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Bifrost: Take CPU Profile'), placeHolder: vscode.l10n.t('For how long?') }))?.seconds;
}

/** What was recorded can't be had again: giving up on a dialog does not yet throw it away. */
async function chooseTarget({ info }: ProfiledSession, { extension }: Format): Promise<vscode.Uri | undefined> {
  const save = vscode.l10n.t('Save…');
  for (;;) {
    const target = await chooseFile(info.name, extension, vscode.l10n.t('CPU profile'));
    if (target !== undefined) return target;
    const text = vscode.l10n.t('The CPU profile of “{0}” is not saved. It is lost when this message is closed.', messageText(info.name, NAME_LIMIT));
    if ((await vscode.window.showWarningMessage(text, save)) !== save) return undefined;
  }
}

function record(session: ProfiledSession, time: Milliseconds): Thenable<CpuProfile<Frame>> {
  const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Taking a CPU profile of “{0}”', messageText(session.info.name, NAME_LIMIT)), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    progress.report({ message: vscode.l10n.t('it begins when the program is free') });
    const over = () => {
      progress.report({ message: vscode.l10n.t('cancel to stop and keep it') });
      return delay(time, undefined, { signal: stop.signal }).catch((error: unknown) => {
        // Stopped by hand is as good as over.
        if (!stop.signal.aborted) throw error;
      });
    };
    return inWords(session.recordings.cpuProfile(over, time));
  });
}
