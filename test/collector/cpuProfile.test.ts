/** CPU profiles of programs that are known to have spent their time in certain functions. */
import assert from 'node:assert/strict';
import { wallTimes } from '../../src/model/timeProfile';
import type { CpuProfile } from '../../src/protocol/allocations';
import type { Pause } from '../../src/protocol/collector';
import { ALL_HANDLES, probe, type Probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';
import { TextTable } from '../helpers/textTable';

const MILLISECOND = 1000;
const OPTIONS = { interval: MILLISECOND, longest: 60_000 };
/** Some seconds in all. */
const ROUNDS = 30_000_000;
/** Of a share. A fifth of 2.5 seconds are 450 samples, of which few fall into the wrong function. */
const WITHIN = 0.1;

interface Spent {
  /** In milliseconds. */
  readonly functions: Readonly<Record<string, { readonly cpu: number; readonly wall: number }>>;
  readonly blocked: number;
}

const table = new TextTable('CPU');

after(() => table.print());

for (const [major, node] of nodeVersions()) {
  describe(`a CPU profile on Node ${major}`, () => {
    let program: Program;
    const begin = async (withoutAddon = false): Promise<Probe> => {
      program = new Program(node, 'knownCpu.js');
      await program.event('ready');
      return probe(program, { withoutAddon });
    };
    const profiled = async ({ client }: Probe): Promise<{ profile: CpuProfile; spent: Spent }> => {
      await client.startCpuProfile(OPTIONS, 10_000);
      program.tell(`spend ${ROUNDS}`);
      const spent = await program.event<Spent>('spent', 60_000);
      return { profile: await client.stopCpuProfile([], 10_000), spent };
    };
    afterEach(() => program.kill());

    it('finds the functions that spent the CPU time, and those that only waited', async () => {
      const { profile, spent } = await profiled(await begin());
      assert(profile.cpuTime);
      compareShares('native, CPU', major, profile, profile.cpuTime, timesOf(spent, 'cpu'));
      compareShares('native, wall', major, profile, wallTimes(profile), timesOf(spent, 'wall'));
      assert(profile.otherThreadsCpuTime !== null);
      const all = Object.values(spent.functions).reduce((sum, { cpu }) => sum + cpu, 0);
      const found = (within(profile, profile.cpuTime, 'spend') + profile.otherThreadsCpuTime) / 1000;
      assert(Math.abs(found / all - 1) < WITHIN, `${found} of ${all} ms of CPU time were found`);

      const blockedWall = within(profile, wallTimes(profile), 'block') / 1000;
      const blockedCpu = within(profile, profile.cpuTime, 'block') / 1000;
      assert(Math.abs(blockedWall / spent.blocked - 1) < WITHIN, `${blockedWall} of ${spent.blocked} ms were found`);
      assert(blockedCpu < 0.1 * spent.blocked, `${blockedCpu} ms of CPU time while blocked`);
      assertTimeline(profile);
    });

    it('finds them without the native profiler, but no CPU time', async () => {
      const { profile, spent } = await profiled(await begin(true));
      assert.equal(profile.cpuTime, null);
      assert.equal(profile.otherThreadsCpuTime, null);
      compareShares('inspector, wall', major, profile, wallTimes(profile), timesOf(spent, 'wall'));
      assertTimeline(profile);
    });

    it('goes beside the debugger’s own CPU profile, whoever ends first', async () => {
      const probed = await begin();
      const { client } = probed;
      const debugger_ = await program.connect();
      await debugger_.send('Profiler.enable', undefined, 10_000);
      for (const isOursFirst of [true, false]) {
        await client.startCpuProfile(OPTIONS, 10_000);
        await debugger_.send('Profiler.start', undefined, 10_000);
        await client.collect({}, 10_000);
        const stopTheirs = async () => (await debugger_.send('Profiler.stop', undefined, 10_000)).profile;
        const stopOurs = () => client.stopCpuProfile([], 10_000);
        const [ours, theirs] = isOursFirst ? [await stopOurs(), await stopTheirs()] : await stopTheirs().then(async (first) => [await stopOurs(), first] as const);
        assert(ours.samples.length > 0, 'ours has no samples');
        assert((theirs.samples?.length ?? 0) > 0, 'theirs has no samples');
      }
      debugger_.close();
    });

    it('leaves out the collector’s own work', async () => {
      const { client } = await begin();
      await client.startCpuProfile({ ...OPTIONS, interval: 100 }, 10_000);
      for (let round = 0; round < 50; round++) await client.collect({ allocations: { sites: 1000, force: true }, handles: ALL_HANDLES }, 10_000);
      const profile = await client.stopCpuProfile([], 10_000);
      assert.deepEqual(profile.frames.filter(({ url }) => url.includes('.cdp')), []);
      assert((profile.hits[0] ?? 0) > 0, 'none of the time was its own');
    });

    it('leaves out pauses', async () => {
      const { client } = await begin();
      const clock = async () => (await client.collect({}, 10_000)).sample.clock;
      const clockAfter = async (time: number) => {
        for (;;) {
          const now = await clock();
          if (now >= time) return now;
        }
      };
      const begun = performance.now();
      await client.startCpuProfile(OPTIONS, 10_000);
      const start = await clockAfter((await clock()) + 100);
      const end = await clockAfter(start + 300);
      const pauses: Pause[] = [{ start, end }];
      const profile = await client.stopCpuProfile(pauses, 10_000);
      const beside = performance.now() - begun - (end - start);
      assert(profile.duration >= 100 * MILLISECOND && profile.duration <= beside * MILLISECOND, `${profile.duration} µs are left of ${beside} ms`);
      assert(profile.samples.length > 0, 'there is no sample beside the pause');
      assertTimeline(profile);
    });

    it('is one at a time, and is gone when the collector stops', async () => {
      const { client } = await begin();
      await assert.rejects(client.stopCpuProfile([], 10_000), { code: 'program', message: /No CPU profile is being taken/ });
      await client.startCpuProfile(OPTIONS, 10_000);
      await client.startCpuProfile(OPTIONS, 10_000);
      await client.stopCpuProfile([], 10_000);
      await assert.rejects(client.stopCpuProfile([], 10_000), { code: 'program', message: /No CPU profile is being taken/ });
      await client.startCpuProfile(OPTIONS, 10_000);
      await client.stop(10_000);
    });

    for (const how of ['end', 'exit', 'throw', 'kill']) {
      for (const withoutAddon of [false, true]) {
        it(`does not change how a program ends: ${how}, ${withoutAddon ? 'inspector' : 'native'}`, async () => {
          const ended = async (isProfiled: boolean) => {
            const { client, connection } = await begin(withoutAddon);
            // As js-debug does: it lets go of a program whose context is gone.
            connection.on('Runtime.executionContextDestroyed', () => connection.close());
            if (isProfiled) await client.startCpuProfile(OPTIONS, 10_000);
            program.tell(how);
            return { code: await program.exit(), complaints: program.complaints, output: program.stdout };
          };
          assert.deepEqual(await ended(true), await ended(false));
        });
      }
    }
  });
}

/** Sums over all nodes that are or are below one of a function: what it calls is its own, unless another name is looked for. */
function within({ frames, parents, frameOf }: CpuProfile, amounts: readonly number[], name: string): number {
  const isBelow = parents.map(() => false);
  let sum = 0;
  for (const [index, parent] of parents.entries()) {
    isBelow[index] = isBelow[parent] === true || frames[frameOf[index] ?? -1]?.functionName === name;
    if (isBelow[index]) sum += amounts[index] ?? 0;
  }
  return sum;
}

function timesOf({ functions }: Spent, of: 'cpu' | 'wall'): [name: string, time: number][] {
  return Object.entries(functions).map(([name, times]) => [name, times[of]]);
}

function compareShares(what: string, major: string, profile: CpuProfile, amounts: readonly number[], truth: readonly [name: string, time: number][]): void {
  const all = truth.reduce((sum, [, time]) => sum + time, 0);
  const found = truth.reduce((sum, [name]) => sum + within(profile, amounts, name), 0);
  for (const [name, time] of truth) {
    const expected = time / all;
    const share = within(profile, amounts, name) / found;
    table.set(`${what}, ${name}`, major, `${expected.toFixed(3)} ${share.toFixed(3)} ${(share / expected).toFixed(3)}`);
    assert(Math.abs(share / expected - 1) < WITHIN, `${name} has ${share} instead of ${expected}`);
  }
}

/** The samples are the hits, in an order that fills the time. */
function assertTimeline({ hits, samples, timeDeltas, duration, interval }: CpuProfile): void {
  const counted = hits.map(() => 0);
  for (const node of samples) counted[node] = (counted[node] ?? 0) + 1;
  assert.deepEqual(counted, hits);
  const covered = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  assert(covered <= duration && covered > duration - 100 * MILLISECOND, `samples cover ${covered} of ${duration} µs`);
  assert(Math.abs(interval * samples.length - duration) < 1);
}
