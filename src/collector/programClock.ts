import type { ProgramClock } from '../protocol/units';

const uptime = process.uptime.bind(process);

/** Milliseconds since the process started. Fake-timer libraries replace Date, performance.now and hrtime, but not uptime. */
export function programClock(): ProgramClock {
  return uptime() * 1000;
}
