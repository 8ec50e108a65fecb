import path from 'node:path';
import * as vscode from 'vscode';
import { choiceText } from '../../model/displayName';
import { formatClock } from '../../model/format';
import type { Baseline } from '../../protocol/allocations';
import { AllocationStore } from '../session/allocationStore';
import type { ProfiledSession } from '../session/profiledSession';
import type { Profiler } from '../session/profiler';
import { readSavedProfile } from './savedProfiles';

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<void> | void;
}

/** Asks what a session's allocations are to be compared with: an earlier run, a saved profile, or nothing any more. */
export async function compareAllocations(profiler: Profiler, session: ProfiledSession): Promise<void> {
  const choices: Choice[] = [...earlierRuns(profiler, session), savedProfile(session)];
  if (session.store.allocations.baseline !== null) {
    choices.push({ label: `$(close) ${vscode.l10n.t('Nothing')}`, description: vscode.l10n.t('stop comparing'), choose: () => session.store.changeAllocations((allocations) => allocations.clearBaseline()) });
  }
  const choice = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Bifrost: Compare Allocations With…'),
    placeHolder: vscode.l10n.t('What “Grown” is measured from. “Mark Now” sets it to this moment.'),
    matchOnDescription: true,
  });
  await choice?.choose();
}

/** Runs of the same launch configuration first: they are what a change of the code is judged by. */
function earlierRuns(profiler: Profiler, session: ProfiledSession): Choice[] {
  const others = profiler.profiled.filter((other) => other !== session && other.store.allocations.readAt !== null);
  const isSameLaunch = (other: ProfiledSession) => other.info.name === session.info.name;
  return [...others.filter(isSameLaunch), ...others.filter((other) => !isSameLaunch(other))].map((other) => {
    const { name, pid } = other.info;
    const time = other.store.allocations.readAt ?? 0;
    const at = formatClock(time, true);
    return {
      label: `$(history) ${choiceText(name)}`,
      description: [isSameLaunch(other) ? vscode.l10n.t('an earlier run') : vscode.l10n.t('another program'), ...(pid === null ? [] : [vscode.l10n.t('pid {0}', pid)]), vscode.l10n.t('read at {0}', at)].join(', '),
      choose: () =>
        session.store.changeAllocations((allocations) =>
          allocations.compareWith({ kind: 'previousRun', name: vscode.l10n.t('in the run of “{0}” at {1}', name, at), time }, other.store.allocations),
        ),
    };
  });
}

function savedProfile(session: ProfiledSession): Choice {
  return {
    label: `$(folder-opened) ${vscode.l10n.t('Saved Profile…')}`,
    description: vscode.l10n.t('one that was exported in Bifrost’s own format'),
    choose: async () => {
      const opened = await readSavedProfile();
      if (opened === undefined) return;
      const { saved, file } = opened;
      if (saved.allocations === null) throw new Error(vscode.l10n.t('{0} has no allocations to compare with.', path.basename(file)));
      const baseline: Baseline = { kind: 'file', name: vscode.l10n.t('in {0}', path.basename(file)), time: Date.parse(saved.savedAt) };
      const other = AllocationStore.ofSaved(saved.allocations, saved.external, saved.sampler, baseline.time);
      session.store.changeAllocations((allocations) => allocations.compareWith(baseline, other));
    },
  };
}
