/** Programs that leave no time: loops, blocking calls, deep stacks. */
import assert from 'node:assert/strict';
import { waitFor } from '../helpers/waitFor';
import type { Control, Situation } from '../helpers/situation';

/** While the loop goes on Bifrost gets figures; then the loop is ended from outside. */
async function watchedThenFreed({ session, evaluate }: Control): Promise<void> {
  const points = session?.store.history.length ?? 0;
  if (session) await waitFor('three points while the loop goes on', () => (session.store.history.length >= points + 3 ? true : undefined));
  await evaluate('globalThis.isFree = true');
}

/** A call into native code for longer than Bifrost waits: it says that it is busy, and what will be. */
async function saysBusy({ session }: Control): Promise<void> {
  if (session === null) return;
  const { notice } = await waitFor('the session to be busy', () => (session.info.state === 'busy' ? session.status : undefined));
  assert.match(notice ?? '', /busy where it can’t be asked.*continue/);
}

const DEBUGGED: Situation['ways'] = ['preloaded', 'late'];

export const BUSY: readonly Situation[] = [
  { name: 'endless loop', program: 'loops.cjs', during: watchedThenFreed, ways: DEBUGGED, says: /free/ },
  { name: 'endless microtasks', program: 'microtasks.cjs', during: watchedThenFreed, ways: DEBUGGED, says: /free/ },
  { name: 'endless ticks', program: 'ticks.cjs', during: watchedThenFreed, ways: DEBUGGED, says: /free/ },
  { name: 'execFileSync', program: 'blocksInChild.cjs', during: saysBusy, ways: DEBUGGED, says: /from the child/ },
  { name: 'pbkdf2Sync', program: 'blocksInCrypto.cjs', says: /32/ },
  { name: 'Atomics.wait', program: 'sleepsInAtomics.cjs', says: /timed-out/ },
  { name: 'a stack of 5,000 frames', program: 'recursion.cjs', says: /at the ground true/ },
  { name: 'endless objects', program: 'cyclic.cjs', says: /still endless/ },
];
