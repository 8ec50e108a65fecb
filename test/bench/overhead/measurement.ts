import type { Bytes, Microseconds, Milliseconds } from '../../../src/protocol/units';
import type { MeasuredProgram, OwnFigures } from '../debuggee/measuredProgram';
import { medianOf } from '../harness/figure';
import type { LoadGenerator } from '../load/loadGenerator';
import type { LoadResult } from '../load/loadProcess';

/** One fresh program that came under load, and stayed under it until it was warm. */
export interface Measurement {
  readonly perSecond: number;
  readonly p50: Milliseconds;
  readonly p99: Milliseconds;
  /** Of all the program's threads. */
  readonly cpuPerRequest: Microseconds;
  readonly rss: Bytes;
  readonly loopDelayP99: Milliseconds;
  /** As it came under load: Bifrost takes most of its stacks then, and V8 compiles. */
  readonly perSecondAtFirst: number;
  readonly cpuPerRequestAtFirst: Microseconds;
}

/** How long a program comes under load, goes on until it is warm, and is measured. */
export interface LoadTimes {
  readonly first: Milliseconds;
  readonly warmUp: Milliseconds;
  readonly measured: Milliseconds;
}

interface Stretch {
  readonly result: LoadResult;
  readonly own: OwnFigures;
}

export async function measure(program: MeasuredProgram, load: LoadGenerator, { first, warmUp, measured }: LoadTimes): Promise<Measurement> {
  const atFirst = await program.during(() => load.run(program.port, first));
  if (warmUp > 0) await load.run(program.port, warmUp);
  return measurementOf(atFirst, [await program.during(() => load.run(program.port, measured))]);
}

/**
 * Measures programs side by side: once they are warm they come under load in turn, each for a short while, over and over. A machine
 * that is slower for some seconds is so for all of them: measured one after the other, programs that did the same differed by a third.
 *
 * @param inTurns How often each of them is measured for `measured`.
 * @param order The order of a turn.
 */
export async function measureInTurns<T extends { readonly program: MeasuredProgram }>(
  all: readonly T[],
  load: LoadGenerator,
  { first, warmUp, measured }: LoadTimes,
  inTurns: number,
  order: (all: readonly T[]) => readonly T[],
): Promise<Map<T, Measurement>> {
  const stretch = async ({ program }: T, time: Milliseconds) => program.during(() => load.run(program.port, time));
  const atFirst = new Map<T, Stretch>();
  for (const one of all) {
    atFirst.set(one, await stretch(one, first));
    await load.run(one.program.port, warmUp);
  }
  const turns = new Map<T, Stretch[]>(all.map((one) => [one, []]));
  for (let turn = 0; turn < inTurns; turn++) for (const one of order(all)) turns.get(one)?.push(await stretch(one, measured));
  return new Map([...atFirst].map(([one, begin]) => [one, measurementOf(begin, turns.get(one) ?? [])]));
}

function measurementOf(atFirst: Stretch, stretches: readonly Stretch[]): Measurement {
  const sum = (valueOf: (stretch: Stretch) => number) => stretches.reduce((total, stretch) => total + valueOf(stretch), 0);
  const middle = (valueOf: (stretch: Stretch) => number) => medianOf(stretches.map(valueOf).sort((a, b) => a - b));
  const requests = sum(({ result }) => result.requests);
  return {
    perSecond: requests / sum(({ result }) => result.requests / result.perSecond),
    p50: middle(({ result }) => result.p50),
    p99: middle(({ result }) => result.p99),
    cpuPerRequest: sum(({ own }) => own.cpu) / requests,
    rss: stretches.at(-1)?.own.rss ?? NaN,
    loopDelayP99: middle(({ own }) => own.loopDelayP99),
    perSecondAtFirst: atFirst.result.perSecond,
    cpuPerRequestAtFirst: atFirst.own.cpu / atFirst.result.requests,
  };
}
