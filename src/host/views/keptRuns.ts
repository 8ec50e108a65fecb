import * as vscode from 'vscode';
import type { EpochMilliseconds } from '../../protocol/units';
import { EarlierRuns } from '../export/earlierRuns';
import type { Logger } from '../session/logger';
import type { ProfiledSession } from '../session/profiledSession';
import { lastAllocationsOf } from '../session/savedProfileOf';

/** A profile of 50,000 stacks takes some 30 MB. */
const LIMITS = { files: 20, bytes: 256 * 1024 * 1024 };

/** Keeps the allocations that were read last of each program that is over, for comparing its next run with them. */
export class KeptRuns {
  readonly runs: EarlierRuns;
  readonly #log: Logger;
  /** A program that was stopped ends later: then nothing has been read since. */
  readonly #kept = new WeakMap<ProfiledSession, EpochMilliseconds>();

  /** @param storage The extension's folder of this workspace. */
  constructor(storage: vscode.Uri, log: Logger) {
    this.runs = new EarlierRuns(vscode.Uri.joinPath(storage, 'earlierRuns').fsPath, LIMITS);
    this.#log = log;
  }

  /** Resolves when they are on disk; what goes wrong is in the log. */
  async keep(session: ProfiledSession): Promise<void> {
    const { run, store } = session;
    const { readAt } = store.allocations;
    if (run === null || readAt === null || this.#kept.get(session) === readAt) return;
    this.#kept.set(session, readAt);
    try {
      const saved = lastAllocationsOf(session);
      if (saved) await this.runs.keep(run, saved);
    } catch (error) {
      this.#log.warn(`${session.info.name}: its run was not kept: ${String(error)}`);
    }
  }
}
