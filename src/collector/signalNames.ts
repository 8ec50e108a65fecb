import type { TrackedHandle } from './trackedHandle';

/**
 * A signal's handle does not tell its name. Where there are as many of one as of the other, both in the order in which the program
 * began to listen, they are matched.
 */
export function nameSignals(listeners: ReadonlySet<TrackedHandle>, names: readonly string[]): void {
  let index = 0;
  for (const handle of listeners) handle.signal = names.length === listeners.size ? (names[index++] ?? '') : '';
}
