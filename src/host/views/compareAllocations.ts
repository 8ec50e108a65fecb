import * as vscode from 'vscode';
import { formatClock } from '../../model/format';
import type { ProfiledSession } from '../session/profiledSession';
import type { Profiler } from '../session/profiler';

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<void> | void;
}

/** Asks what a session's allocations are to be compared with: an earlier run, or nothing any more. */
export async function compareAllocations(profiler: Profiler, session: ProfiledSession): Promise<void> {
  const choices: Choice[] = earlierRuns(profiler, session);
  if (session.store.allocations.baseline !== null) {
    choices.push({ label: '$(close) Nothing', description: 'stop comparing', choose: () => session.store.changeAllocations((allocations) => allocations.clearBaseline()) });
  }
  const choice = await vscode.window.showQuickPick(choices, {
    title: 'Bifrost: Compare Allocations With…',
    placeHolder: 'What “Grown” is measured from. “Mark Now” sets it to this moment.',
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
      label: `$(history) ${name}`,
      description: `${isSameLaunch(other) ? 'an earlier run' : 'another program'}${pid === null ? '' : `, pid ${pid}`}, read at ${at}`,
      choose: () =>
        session.store.changeAllocations((allocations) =>
          allocations.compareWith({ kind: 'previousRun', name: `in the run of “${name}” at ${at}`, time }, other.store.allocations),
        ),
    };
  });
}
