import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cpuUsage, type CpuReading, type CpuUsage } from '../../src/model/cpuUsage';

/** Wall clock in milliseconds, then user and system time in milliseconds. */
function reading(clock: number, user: number, system: number, cpuCount = 4): CpuReading {
  return { clock, cpuUser: user * 1000, cpuSystem: system * 1000, cpuOfThread: null, cpuCount };
}

function threadReading(clock: number, used: number | null): CpuReading {
  return { clock, cpuUser: null, cpuSystem: null, cpuOfThread: used === null ? null : used * 1000, cpuCount: null };
}

describe('cpuUsage', () => {
  const rows: readonly (readonly [title: string, before: CpuReading, after: CpuReading, expected: CpuUsage])[] = [
    ['adds user and system time', reading(0, 0, 0), reading(1000, 200, 50), { percent: 25, userSeconds: 0.2, systemSeconds: 0.05 }],
    ['takes differences only', reading(9000, 700, 300), reading(9500, 900, 350), { percent: 50, userSeconds: 0.2, systemSeconds: 0.05 }],
    ['does not divide by the number of CPUs', reading(0, 0, 0), reading(1000, 2400, 0), { percent: 240, userSeconds: 2.4, systemSeconds: 0 }],
    ['is at most 100 per CPU', reading(0, 0, 0), reading(1000, 5000, 900), { percent: 400, userSeconds: 5, systemSeconds: 0.9 }],
    ['caps by the CPUs there are now', reading(0, 0, 0, 8), reading(1000, 5000, 0, 2), { percent: 200, userSeconds: 5, systemSeconds: 0 }],
    ['is zero per cent when no time has passed', reading(70, 0, 0), reading(70, 10, 10), { percent: 0, userSeconds: 0.01, systemSeconds: 0.01 }],
    ['is zero per cent when the clock went backwards', reading(70, 0, 0), reading(60, 10, 0), { percent: 0, userSeconds: 0.01, systemSeconds: 0 }],
    ['is zero when the counters went backwards', reading(0, 900, 900), reading(1000, 100, 100), { percent: 0, userSeconds: 0, systemSeconds: 0 }],
    ['does not let one counter that went backwards eat the other', reading(0, 900, 0), reading(1000, 100, 100), { percent: 10, userSeconds: 0, systemSeconds: 0.1 }],
    ['is zero when nothing was used', reading(0, 5, 5), reading(1000, 5, 5), { percent: 0, userSeconds: 0, systemSeconds: 0 }],
  ];
  const ofThread: typeof rows = [
    ['is that of one thread where no more is known', threadReading(0, 10), threadReading(1000, 260), { percent: 25, userSeconds: null, systemSeconds: null }],
    ['is at most 100 for one thread', threadReading(0, 0), threadReading(1000, 1200), { percent: 100, userSeconds: null, systemSeconds: null }],
    ['is not known of another thread', threadReading(0, 900), threadReading(1000, 10), { percent: null, userSeconds: null, systemSeconds: null }],
    ['is not known without any counter', threadReading(0, null), threadReading(1000, null), { percent: null, userSeconds: null, systemSeconds: null }],
    ['is zero per cent of one thread when no time has passed', threadReading(70, 0), threadReading(70, 10), { percent: 0, userSeconds: null, systemSeconds: null }],
  ];
  for (const [title, before, after, expected] of [...rows, ...ofThread]) {
    it(title, () => assert.deepEqual(cpuUsage(before, after), expected));
  }
});
