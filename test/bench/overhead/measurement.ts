import type { Bytes, Microseconds, Milliseconds } from '../../../src/protocol/units';
import type { MeasuredProgram } from '../debuggee/measuredProgram';
import type { LoadGenerator } from '../load/loadGenerator';

/** One fresh program under load, once it was warm. */
export interface Measurement {
  readonly perSecond: number;
  readonly p50: Milliseconds;
  readonly p99: Milliseconds;
  /** Of all the program's threads. */
  readonly cpuPerRequest: Microseconds;
  readonly rss: Bytes;
  readonly loopDelayP99: Milliseconds;
}

/** How long a program is under load before it is measured, and while it is. */
export interface LoadTimes {
  readonly warmUp: Milliseconds;
  readonly measured: Milliseconds;
}

export async function measure(program: MeasuredProgram, load: LoadGenerator, { warmUp, measured }: LoadTimes): Promise<Measurement> {
  await load.run(program.port, warmUp);
  const { result, own } = await program.during(() => load.run(program.port, measured));
  const { perSecond, p50, p99, requests } = result;
  return { perSecond, p50, p99, cpuPerRequest: own.cpu / requests, rss: own.rss, loopDelayP99: own.loopDelayP99 };
}
