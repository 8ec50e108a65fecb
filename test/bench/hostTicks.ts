/** What the extension host pays per program and tick: the session layer as it is shipped, with programs that are played. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CdpAddress } from '../../src/host/session/cdpConnection';
import { startBifrost } from './debuggee/bifrostSession';
import type { BenchPart, BenchRow } from './harness/benchPart';
import { atMost } from './harness/budget';
import { figure } from './harness/figure';
import { recordReadings } from './host/recordReadings';
import { Replay } from './host/replay';

const MEASURED_MS = { quick: 1_500, full: 5_000 };
const SETTLED_MS = 500;
const ROUNDS = { quick: 1, full: 3 };
/** The shortest interval that can be set: the more ticks, the steadier the figure. */
const INTERVAL_MS = 250;
const FEW = 8;
const MANY = 64;
/** Were it to grow with the number of programs, it would be eight times as much. */
const LARGEST_GROWTH = 2;

/** Microseconds of CPU per tick of one program. */
async function cpuPerTick(replay: Replay, address: CdpAddress, programs: number, lists: boolean, measured: number): Promise<number> {
  const debugged = { proxyAddress: () => Promise.resolve(address) };
  const sessions = await Promise.all(Array.from({ length: programs }, () => startBifrost(debugged, { interval: INTERVAL_MS }, lists)));
  await delay(SETTLED_MS);
  const [ticksBefore, cpuBefore] = [await replay.ticks(), process.cpuUsage()];
  await delay(measured);
  const { user, system } = process.cpuUsage(cpuBefore);
  const ticks = (await replay.ticks()) - ticksBefore;
  await Promise.all(sessions.map((session) => session.stop()));
  return (user + system) / ticks;
}

export const part: BenchPart = {
  async run({ nodes, quick, say }) {
    const newest = nodes.at(-1);
    if (!newest) throw new RangeError('There is no Node.js to record the readings of.');
    const recorded = await recordReadings(newest[1]);
    const replay = new Replay();
    const address = await replay.start(recorded);
    const length = quick ? 'quick' : 'full';
    const times = new Map<string, number[]>();
    const growth: number[] = [];
    const measure = async (name: string, programs: number, lists: boolean) => {
      say(`  ${name}`);
      const time = await cpuPerTick(replay, address, programs, lists, MEASURED_MS[length]);
      times.set(name, [...(times.get(name) ?? []), time]);
      return time;
    };
    while (growth.length < ROUNDS[length]) {
      await measure('one program, lists on show', 1, true);
      const few = await measure(`${FEW} programs`, FEW, false);
      growth.push((await measure(`${MANY} programs`, MANY, false)) / few);
    }
    replay.close();
    const rows: BenchRow[] = [...times].map(([subject, samples]) => ({ subject, variant: '', node: null, figures: { 'CPU per program and tick': figure('µs', samples) } }));
    const ratio = figure('x', growth);
    rows.push({ subject: `${MANY} programs to ${FEW}`, variant: '', node: null, figures: { 'CPU per program and tick': ratio } });
    const size = `${(JSON.stringify(recorded.lists).length / 1024).toFixed(0)} KiB of lists`;
    const budgets = [atMost('gate', `CPU of the extension host per program and tick, ${MANY} programs to ${FEW}`, ratio.value, LARGEST_GROWTH)];
    return { title: `The extension host, ${size}`, rows, budgets };
  },
};
