import type { Microseconds, Milliseconds } from '../protocol/units';

/** What the program had used, and when: two of these make a rate. */
export interface CpuReading {
  readonly clock: Milliseconds;
  /** Of the process; null where only that of one thread is known. */
  readonly cpuUser: Microseconds | null;
  readonly cpuSystem: Microseconds | null;
  readonly cpuOfThread: Microseconds | null;
  readonly cpuCount: number | null;
}

export interface CpuUsage {
  /** Per cent of one CPU: 200 is two CPUs kept busy. Null when it is not known. */
  readonly percent: number | null;
  readonly userSeconds: number | null;
  readonly systemSeconds: number | null;
}

/**
 * CPU used between two readings: (Δuser + Δsystem) / Δwall × 100, not divided by the number of CPUs and capped at
 * 100 × CPUs. Zero when no time has passed or a counter went backwards.
 */
export function cpuUsage(before: CpuReading, after: CpuReading): CpuUsage {
  const user = used(before.cpuUser, after.cpuUser);
  const system = used(before.cpuSystem, after.cpuSystem);
  const wall = (after.clock - before.clock) * 1000;
  if (user === null || system === null) return { percent: ofThread(before, after, wall), userSeconds: null, systemSeconds: null };
  const percent = wall > 0 ? Math.min(((user + system) / wall) * 100, 100 * (after.cpuCount ?? Infinity)) : 0;
  return { percent, userSeconds: user / 1e6, systemSeconds: system / 1e6 };
}

function used(before: Microseconds | null, after: Microseconds | null): Microseconds | null {
  return before === null || after === null ? null : Math.max(0, after - before);
}

/** Of one thread. A counter that went backwards is that of another thread, as a page's is that has moved to another process: not known. */
function ofThread(before: CpuReading, after: CpuReading, wall: Microseconds): number | null {
  if (before.cpuOfThread === null || after.cpuOfThread === null || after.cpuOfThread < before.cpuOfThread) return null;
  return wall > 0 ? Math.min(((after.cpuOfThread - before.cpuOfThread) / wall) * 100, 100) : 0;
}
