import * as vscode from 'vscode';
import type { EpochMilliseconds } from '../../protocol/units';
import { EarlierRuns } from '../export/earlierRuns';
import type { Logger } from '../session/logger';
import type { Profiler } from '../session/profiler';
import { lastAllocationsOf } from '../session/savedProfileOf';

/** A profile of 50,000 stacks takes some 30 MB. */
const LIMITS = { files: 20, bytes: 256 * 1024 * 1024 };

/**
 * Keeps the allocations that were read last of each program that is over, for comparing its next run with them.
 *
 * @param storage The extension's folder of this workspace; undefined without a workspace: then nothing is kept.
 * @returns Null when nothing is.
 */
export function keepRuns(profiler: Profiler, storage: vscode.Uri | undefined, log: Logger): EarlierRuns | null {
  if (storage === undefined) return null;
  const runs = new EarlierRuns(vscode.Uri.joinPath(storage, 'earlierRuns').fsPath, LIMITS);
  /** A program that was stopped ends later: then nothing has been read since. */
  const kept = new WeakMap<object, EpochMilliseconds>();
  profiler.events.on('over', (session) => {
    const { run, store } = session;
    const { readAt } = store.allocations;
    if (run === null || readAt === null || kept.get(session) === readAt) return;
    kept.set(session, readAt);
    const saved = lastAllocationsOf(session);
    if (saved) runs.keep(run, saved).catch((error: unknown) => log.warn(`${session.info.name}: its run was not kept: ${String(error)}`));
  });
  return runs;
}
