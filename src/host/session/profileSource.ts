/** Where the data of one program comes from. Each kind of program has a source of its own behind this one door. */
import type { AllocationReading, CpuProfile } from '../../protocol/allocations';
import type { Missing } from '../../protocol/capabilities';
import type { Collected, CollectRequest, CpuProfileOptions, DeepCheckReading, DeepCheckStep, HandleRequest, Pause, PendingMode } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';
import type { CdpConnection } from './cdpConnection';
import type { ProgramEvents } from './programWatch';
import type { SessionEnvironment } from './sessionEnvironment';
import type { Target } from './target';

/** The program that a source has found, as it says itself. */
export interface SourceProgram {
  /** Null where the debugger does not tell. */
  readonly pid: number | null;
  /** The version of Node.js that runs it; null for what runs on something else. */
  readonly nodeVersion: string | null;
  /** False for a worker, which shares the CPU and RSS of its process. */
  readonly isMainThread: boolean;
  /** Whether the source was at work there before, and goes on with what it has tracked. */
  readonly goesOn: boolean;
}

/**
 * Profiles one program over one connection. Every method but `begin` is for a source that has begun, takes no longer than its
 * timeout, and rejects with CdpError, SourceError, or, for what is `missing`, with UnavailableError.
 */
export interface ProfileSource {
  /** What this source cannot give: its figures are null, its lists empty with the same reason, its methods reject with it. */
  readonly missing: Missing;
  /** Has it work in the program. Works again when it is at work already, or has been ended there. */
  begin(): Promise<SourceProgram>;
  /** The figures of the moment, and of the lists those that are asked for. */
  collect(request: CollectRequest, timeout: Milliseconds): Promise<Collected>;
  /** Like `collect`, with every stack, however long it takes to read them. */
  collectWhole(request: CollectRequest, timeout: Milliseconds): Promise<Collected>;
  /** Has V8 collect what nothing holds. */
  collectGarbage(timeout: Milliseconds): Promise<void>;
  /** Records all allocations in place of those in use, or goes back; then with the last reading of the recording. */
  recordAllocations(on: boolean, sites: number, timeout: Milliseconds): Promise<AllocationReading>;
  startCpuProfile(options: CpuProfileOptions, timeout: Milliseconds): Promise<void>;
  /** Ends the CPU profile. @param pauses Time in which the debugger held the program. */
  stopCpuProfile(pauses: readonly Pause[], timeout: Milliseconds): Promise<CpuProfile>;
  /** Every open handle and pending operation as text. */
  dump(request: HandleRequest, timeout: Milliseconds): Promise<string>;
  /** Decides which promises are followed from now on. Does nothing where none can be. */
  setPendingMode(mode: PendingMode, timeout: Milliseconds): Promise<void>;
  deepCheck(step: DeepCheckStep, timeout: Milliseconds): Promise<DeepCheckReading>;
  /** Undoes everything in the program. */
  stop(timeout: Milliseconds): Promise<void>;
}

/** What a source is made of. */
export interface SourceParts {
  readonly connection: CdpConnection;
  readonly target: Target;
  readonly environment: SessionEnvironment;
  readonly events: ProgramEvents;
  /** The source of the same program on a connection that was cut; null on the first. */
  readonly before: ProfileSource | null;
}

/**
 * `notStarted`: the source switched itself off, or the program removed it. `notReady`: Node is setting the
 * program up, or loading a module of its own.
 * `garbage`: the answer is none of ours.
 * `noRoom`: the program stands where its stack is nearly full. `program`: the source, or the program around it, failed.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: 'notStarted' | 'notReady' | 'garbage' | 'noRoom' | 'program';

  constructor(code: SourceError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Says in one sentence for the user why this source cannot give what was asked for. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
