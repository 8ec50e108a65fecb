import path from 'node:path';
import * as vscode from 'vscode';
import { choiceText } from '../../model/displayName';
import { formatClock } from '../../model/format';
import type { Baseline } from '../../protocol/allocations';
import type { EpochMilliseconds } from '../../protocol/units';
import type { EarlierRun, EarlierRuns } from '../export/earlierRuns';
import { AllocationStore } from '../session/allocationStore';
import type { ProfiledSession } from '../session/profiledSession';
import type { Profiler } from '../session/profiler';
import { readSavedProfile } from './savedProfiles';

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<void> | void;
}

/** Asks what a session's allocations are to be compared with: an earlier run, a saved profile, or nothing any more. */
export async function compareAllocations(profiler: Profiler, runs: EarlierRuns | null, session: ProfiledSession): Promise<void> {
  const choices: Choice[] = [...(await earlierRuns(profiler, runs, session)), savedProfile(session)];
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
async function earlierRuns(profiler: Profiler, runs: EarlierRuns | null, session: ProfiledSession): Promise<Choice[]> {
  const others = profiler.profiled.filter((other) => other !== session && other.store.allocations.readAt !== null);
  const isEarlier = (other: ProfiledSession) => other.run !== null && other.run === session.run && !other.isRunning;
  const earlier = others.filter(isEarlier).reverse();
  const kept = runs === null || session.run === null ? null : await runs.find(session.run);
  // The last run of this window is kept too, and must not be there twice.
  const isKnown = kept !== null && [session, ...earlier].some(({ store }) => store.allocations.readAt === kept.readAt);
  return [
    ...earlier.map((other) => runInMemory(session, other, vscode.l10n.t('an earlier run'))),
    ...(runs === null || kept === null || isKnown ? [] : [runOnDisk(session, runs, kept)]),
    ...others.filter((other) => !isEarlier(other)).map((other) => runInMemory(session, other, vscode.l10n.t('another program'))),
  ];
}

function runInMemory(session: ProfiledSession, other: ProfiledSession, what: string): Choice {
  const { name, pid } = other.info;
  const time = other.store.allocations.readAt ?? 0;
  const at = formatClock(time, true);
  return {
    label: `$(history) ${choiceText(name)}`,
    description: [what, ...(pid === null ? [] : [vscode.l10n.t('pid {0}', pid)]), vscode.l10n.t('read at {0}', at)].join(', '),
    choose: () => compareWithRun(session, name, at, time, other.store.allocations),
  };
}

/** The last run of the program before this window was opened. */
function runOnDisk(session: ProfiledSession, runs: EarlierRuns, kept: EarlierRun): Choice {
  const at = new Date(kept.readAt).toLocaleString();
  return {
    label: `$(history) ${choiceText(session.run ?? '')}`,
    description: [vscode.l10n.t('the run before this window'), vscode.l10n.t('read at {0}', at)].join(', '),
    choose: async () => {
      const opened = await runs.read(kept);
      if (!opened.ok) throw new Error(vscode.l10n.t('The earlier run could not be read: {0}', opened.message));
      const { allocations, external, sampler, program } = opened.value;
      if (allocations === null) return;
      compareWithRun(session, program.name, at, kept.readAt, AllocationStore.ofSaved(allocations, external, sampler, kept.readAt));
    },
  };
}

function compareWithRun(session: ProfiledSession, name: string, at: string, time: EpochMilliseconds, other: AllocationStore): void {
  session.store.changeAllocations((allocations) => allocations.compareWith({ kind: 'previousRun', name: vscode.l10n.t('in the run of “{0}” at {1}', name, at), time }, other));
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
