import type { Microseconds, Milliseconds } from '../protocol/units';

/** What the process had used, and when: two of these make a rate. */
export interface CpuReading {
  readonly clock: Milliseconds;
  readonly cpuUser: Microseconds;
  readonly cpuSystem: Microseconds;
  readonly cpuCount: number;
}

export interface CpuUsage {
  /** Per cent of one CPU: 200 is two CPUs kept busy. */
  readonly percent: number;
  readonly userSeconds: number;
  readonly systemSeconds: number;
}

/**
 * CPU used between two readings: (Δuser + Δsystem) / Δwall × 100, not divided by the number of CPUs and capped at
 * 100 × CPUs. Zero when no time has passed or a counter went backwards.
 */
export function cpuUsage(before: CpuReading, after: CpuReading): CpuUsage {
  const user = Math.max(0, after.cpuUser - before.cpuUser);
  const system = Math.max(0, after.cpuSystem - before.cpuSystem);
  const wall = (after.clock - before.clock) * 1000;
  const percent = wall > 0 ? Math.min(((user + system) / wall) * 100, 100 * after.cpuCount) : 0;
  return { percent, userSeconds: user / 1e6, systemSeconds: system / 1e6 };
}
