import type { ProgramClock } from '../protocol/units';

/** As it is when the collector comes; it does not look at what it is called on. */
const { uptime } = process;

/** Milliseconds since the process started. Fake-timer libraries replace Date, performance.now and hrtime, but not uptime. */
export function programClock(): ProgramClock {
  return uptime() * 1000;
}
