/**
 * V8's CPU sampler, in two ways. The native one of `@datadog/pprof` tells the CPU time of each sample too. What was found
 * out about it, on Node 20 to 26:
 *
 * - **In a worker it ends the whole process** (SIGSEGV, 2 to 68% of the runs) when the worker ends while it is profiled: a
 *   signal comes after the thread's isolate is gone. In the main thread it never did (2,400 exits). Workers
 *   get the inspector's, which never did either.
 * - On Windows it has neither CPU time nor an order of samples: there the inspector's tells more.
 * - It ends with the program by itself, so no listener of `exit` is needed.
 * - Code of a long loop that was optimized before the start is not known to it, nor to the debugger's profiler: its time goes
 *   to the caller. A garbage collection before the start frees most of it.
 * - Two copies of the library in one process, as with a tracer of the same maker, exclude each other: the second start throws.
 */
import { fromInspectorTimes, fromNativeTimes, type InspectorCpuProfile, type NativeTimeProfile, type Taken } from '../model/timeProfile';
import type { CpuProfile } from '../protocol/allocations';
import type { Pause } from '../protocol/collector';
import type { Microseconds, Milliseconds, ProgramClock } from '../protocol/units';
import { isMainThread } from './isMainThread';
import { OwnInspector } from './ownInspector';
import { programClock } from './programClock';

/** `TimeProfiler` of the addon's exports. */
export type TimeProfilerBinding = new (options: TimeProfilerOptions) => NativeTimeProfiler;

interface TimeProfilerOptions {
  readonly intervalMicros: Microseconds;
  /** Room for twice as many samples is reserved, 48 bytes each; what is above is not counted. */
  readonly durationMillis: Milliseconds;
  /** Needed for CPU time and for the order of the samples; no context is ever set. Excludes line numbers. */
  readonly withContexts: boolean;
  readonly lineNumbers: boolean;
  readonly workaroundV8Bug: boolean;
  readonly collectCpuTime: boolean;
  readonly collectAsyncId: boolean;
  readonly useCPED: boolean;
  readonly isMainThread: boolean;
}

interface NativeTimeProfiler {
  /** @throws Error when another profiler of the library is at work in this process. */
  start(): void;
  stop(restart: boolean): NativeTimeProfile;
  /** Frees it; it must be stopped, and not be used any more. */
  dispose(): void;
}

/** A CPU profile that is being taken. */
interface Recording {
  stop(taken: Taken): CpuProfile;
}

/** Takes CPU profiles, one at a time. V8 gives each client a profiler of its own: the debugger's is not disturbed. */
export class CpuProfiler {
  readonly #binding: TimeProfilerBinding | null;
  #recording: Recording | null = null;
  #interval: Microseconds = 0;
  #since: ProgramClock = 0;

  /** @param binding Null when the addon is not there: then the profile has no CPU time. */
  constructor(binding: TimeProfilerBinding | null) {
    this.#binding = binding;
  }

  get isRunning(): boolean {
    return this.#recording !== null;
  }

  /**
   * Takes 7 to 40 ms of the program's thread, and 0.1 to 0.3 s with the TypeScript compiler loaded, as V8 lists all functions.
   * Nothing when it runs.
   *
   * @param longest After this, samples may be lost.
   * @throws Error when the program has neither the addon nor an inspector.
   */
  start(interval: Microseconds, longest: Milliseconds): void {
    if (this.#recording !== null) return;
    this.#recording = this.#begin(interval, longest);
    this.#interval = interval;
    this.#since = programClock();
  }

  /**
   * @param pauses Time in which the debugger held the program, which is left out.
   * @throws Error when it does not run.
   */
  stop(pauses: readonly Pause[]): CpuProfile {
    const recording = this.#recording;
    if (recording === null) throw new Error('no CPU profile is being taken');
    this.#recording = null;
    return recording.stop({ interval: this.#interval, since: this.#since, pauses });
  }

  /** Ends it without a profile; nothing when it does not run. */
  discard(): void {
    if (this.#recording !== null) this.stop([]);
  }

  #begin(interval: Microseconds, longest: Milliseconds): Recording {
    const mayBeNative = process.platform !== 'win32' && isMainThread;
    if (this.#binding === null || !mayBeNative) return recordOverInspector(interval);
    try {
      return recordNatively(this.#binding, interval, longest);
    } catch {
      // Another copy of the library is at work: the inspector's profiler goes beside it.
      return recordOverInspector(interval);
    }
  }
}

function recordNatively(TimeProfiler: TimeProfilerBinding, interval: Microseconds, longest: Milliseconds): Recording {
  const profiler = new TimeProfiler({
    intervalMicros: interval,
    durationMillis: longest,
    withContexts: true,
    lineNumbers: false,
    // For profiles that are begun anew again and again.
    workaroundV8Bug: false,
    collectCpuTime: true,
    collectAsyncId: false,
    useCPED: false,
    isMainThread: true,
  });
  profiler.start();
  return {
    stop(taken) {
      const profile = profiler.stop(false);
      profiler.dispose();
      return fromNativeTimes(profile, taken);
    },
  };
}

function recordOverInspector(interval: Microseconds): Recording {
  const inspector = new OwnInspector();
  try {
    inspector.send('Profiler.enable');
    inspector.send('Profiler.setSamplingInterval', { interval });
    inspector.send('Profiler.start');
  } catch (error) {
    inspector.close();
    throw error;
  }
  return {
    stop(taken) {
      try {
        const { profile } = inspector.send('Profiler.stop') as { readonly profile: InspectorCpuProfile };
        return fromInspectorTimes(profile, taken);
      } finally {
        inspector.close();
      }
    },
  };
}
