import * as l10n from '@vscode/l10n';
import { SAVED_FORMAT, SAVED_VERSION, type SavedProfile } from '../../protocol/savedProfile';
import type { Milliseconds } from '../../protocol/units';
import { noticeOf } from './notices';
import type { ProfiledSession } from './profiledSession';

/** How long the last reading may take, and its frames to be mapped. */
const READ_TIMEOUT: Milliseconds = 10_000;
const MAP_TIMEOUT: Milliseconds = 20_000;

/**
 * All that is known of a session, to be saved: read anew while the program runs, with its frames mapped to source.
 *
 * @throws Error in one sentence when there is nothing to save, or the program does not answer.
 */
export async function savedProfileOf(session: ProfiledSession): Promise<SavedProfile> {
  try {
    await session.read(READ_TIMEOUT);
  } catch (error) {
    throw new Error(noticeOf(error), { cause: error });
  }
  const { store, info } = session;
  if (store.current === null) throw new Error(l10n.t('“{0}” has not been profiled yet: start profiling first.', info.name));
  // Asked for once, every frame is under way to its source; then they are there.
  store.allocations.profile();
  await session.mapped(MAP_TIMEOUT);
  return { ...allocationsOf(session), current: store.current, history: store.history, bands: store.bands, events: store.happenings, handles: store.handles };
}

/** What another run's allocations are compared with: those that were read last, and nothing else. Null when none were. */
export function lastAllocationsOf(session: ProfiledSession): SavedProfile | null {
  if (session.store.allocations.readAt === null) return null;
  return { ...allocationsOf(session), current: null, history: [], bands: [], events: [], handles: null };
}

function allocationsOf({ info, store, status }: ProfiledSession): Omit<SavedProfile, 'current' | 'history' | 'bands' | 'events' | 'handles'> {
  const { readAt } = store.allocations;
  return {
    format: SAVED_FORMAT,
    version: SAVED_VERSION,
    savedAt: new Date(store.readAt ?? 0).toISOString(),
    program: { name: info.name, pid: info.pid, nodeVersion: info.nodeVersion },
    sampler: store.allocations.run,
    allocations: store.allocations.profile(),
    allocationsReadAt: readAt === null ? null : new Date(readAt).toISOString(),
    external: store.allocations.external,
    missing: status.missing,
  };
}
