import type { Bytes, Microseconds, Milliseconds } from '../../../src/protocol/units';
import type { MeasuredProgram } from '../debuggee/measuredProgram';
import type { LoadGenerator } from '../load/loadGenerator';

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

export async function measure(program: MeasuredProgram, load: LoadGenerator, { first, warmUp, measured }: LoadTimes): Promise<Measurement> {
  const atFirst = await program.during(() => load.run(program.port, first));
  if (warmUp > 0) await load.run(program.port, warmUp);
  const { result, own } = await program.during(() => load.run(program.port, measured));
  const { perSecond, p50, p99, requests } = result;
  return {
    perSecond,
    p50,
    p99,
    cpuPerRequest: own.cpu / requests,
    rss: own.rss,
    loopDelayP99: own.loopDelayP99,
    perSecondAtFirst: atFirst.result.perSecond,
    cpuPerRequestAtFirst: atFirst.own.cpu / atFirst.result.requests,
  };
}
