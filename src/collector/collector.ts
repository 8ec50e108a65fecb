import type { AllocationReading } from '../protocol/allocations';
import {
  COLLECTOR_PROTOCOL,
  type AllocationRequest,
  type Collected,
  type CollectorCommand,
  type CollectorReply,
  type CollectRequest,
  type Hello,
  type LongAnswer,
  type PartState,
  type StacksRead,
  type Started,
  type StartOptions,
} from '../protocol/collector';
import { LIMIT_STEPS, OverheadLimiter } from '../model/overheadLimiter';
import type { Milliseconds } from '../protocol/units';
import { jsonPieces } from './answerPieces';
import { builtin } from './builtins';
import { CpuProfiler } from './cpuProfiler';
import { HeapSampler } from './heapSampler';
import { isMainThread } from './isMainThread';
import type { NativeAddon } from './nativeAddon';
import { LongAnswers } from './longAnswers';
import { isNodeLoading } from './nodesLoader';
import { asOwnWork } from './ownWork';
import { OverheadMeter } from './overheadMeter';
import { programClock } from './programClock';
import { reasonOf } from './reasonOf';
import { RuntimeMetrics } from './runtimeMetrics';
import { hasStackRoom } from './stackRoom';
import { WaitProfile } from './waitProfile';

const decode = JSON.parse;

/**
 * The profiler's half inside the program: answers commands, owns what they start, and undoes all of it on stop. It does
 * nothing by itself but notice, from within the program's own work, that nobody has called for a while.
 */
export class Collector {
  readonly protocol = COLLECTOR_PROTOCOL;
  readonly #loadAddon: (path: string) => NativeAddon;
  readonly #onStop: () => void;
  readonly #metrics = new RuntimeMetrics(() => this.#stopWhenForgotten());
  readonly #meter = new OverheadMeter();
  readonly #answers = new LongAnswers();
  readonly #waits = new WaitProfile(this.#meter, () => this.#stopWhenForgotten());
  #heap: HeapSampler | null = null;
  #cpu = new CpuProfiler(null);
  #lastCommand = programClock();
  #idleLimit: Milliseconds = Infinity;
  #started = false;
  #isKnown = false;
  #limiter = new OverheadLimiter(Infinity);

  /**
   * @param loadAddon Gives the native samplers at a path, the same one each time: loading it twice aborts the process.
   * @param onStop Called once everything is undone.
   */
  constructor(loadAddon: (path: string) => NativeAddon, onStop: () => void) {
    this.#loadAddon = loadAddon;
    this.#onStop = onStop;
  }

  /** Answers one command, both as JSON text. Never throws into the program. */
  call(text: string): string | LongAnswer {
    // Broken off half way, a reading would leave wrong counts. A debugger stops where the stack has overflowed, and asks there.
    return hasStackRoom() ? this.#answers.begin(this.#meter.whole(() => this.#call(text))) : NO_ROOM;
  }

  /** @see LongAnswers.piece */
  piece(id: number, from: number): string {
    return this.#answers.piece(id, from);
  }

  /** @returns The pieces of the answer. */
  #call(text: string): string[] {
    let reply: CollectorReply<unknown>;
    try {
      reply = asOwnWork(() => this.#answer(decode(text) as CollectorCommand));
    } catch (error) {
      reply = { ok: false, error: { code: 'internal', message: reasonOf(error) } };
    }
    return jsonPieces(reply);
  }

  /** Tracks handles and promises from now on, with no host yet: for a preload, before user code. */
  startTracking(idleLimit: Milliseconds): void {
    this.#idleLimit = idleLimit;
    this.#isKnown = true;
    asOwnWork(() => this.#waits.start('sampled', true));
  }

  #answer(command: CollectorCommand): CollectorReply<unknown> {
    this.#lastCommand = programClock();
    switch (command.command) {
      case 'hello':
        return { ok: true, value: this.#hello() };
      case 'start':
        return !this.#started && isNodeLoading() ? NOT_READY : { ok: true, value: this.#start(command.options) };
      case 'collect':
        return this.#started ? { ok: true, value: this.#collect(command.request) } : NOT_STARTED;
      case 'readStacks':
        return this.#started ? { ok: true, value: this.#readStacks() } : NOT_STARTED;
      case 'recordAllocations':
        if (!this.#started) return NOT_STARTED;
        return this.#heap ? { ok: true, value: this.#heap.record(command.on, command.sites) } : NOT_SAMPLING;
      case 'startCpuProfile':
        if (!this.#started) return NOT_STARTED;
        this.#cpu.start(command.options.interval, command.options.longest);
        return { ok: true, value: null };
      case 'stopCpuProfile':
        return this.#cpu.isRunning ? { ok: true, value: this.#cpu.stop(command.pauses) } : NOT_PROFILING;
      case 'dump':
        return this.#started ? { ok: true, value: this.#waits.dump(command.request) } : NOT_STARTED;
      case 'setPendingMode':
        if (!this.#started) return NOT_STARTED;
        this.#waits.setPendingMode(command.mode);
        return { ok: true, value: null };
      case 'deepCheck':
        return this.#started ? { ok: true, value: this.#waits.deepCheck(command.step) } : NOT_STARTED;
      case 'stop':
        this.#stop();
        return { ok: true, value: null };
      default:
        return { ok: false, error: { code: 'badCommand', message: 'The collector does not know this command.' } };
    }
  }

  #hello(): Hello {
    const alreadyInjected = this.#isKnown;
    this.#isKnown = true;
    return { ...aboutProcess(), alreadyInjected };
  }

  #start(options: StartOptions): Started {
    this.#idleLimit = options.idleLimit;
    if (!this.#started) {
      this.#metrics.start();
      this.#limiter = new OverheadLimiter(options.overheadBudgetPercent);
      // What it took to get here, and before anybody looked, says nothing of what is to come.
      this.#meter.take();
      this.#waits.start(options.pendingMode, options.handles);
      this.#startSamplers(options);
      this.#started = true;
    }
    return { allocations: this.#heap?.state ?? ALLOCATIONS_OFF, handles: this.#waits.state };
  }

  #startSamplers({ allocations, heapAddonPath, samplingIntervalBytes, cumulative }: StartOptions): void {
    const addon = this.#findAddon(heapAddonPath);
    this.#cpu = new CpuProfiler(typeof addon === 'string' ? null : addon.TimeProfiler);
    if (!allocations) return;
    const binding = typeof addon === 'string' ? addon : addon.heapProfiler;
    this.#heap = new HeapSampler({ binding, interval: samplingIntervalBytes, cumulative });
    this.#heap.start();
  }

  /** The native samplers, or why there are none. */
  #findAddon(path: string | null): NativeAddon | string {
    if (path === null) return 'there is none for this Node.js version, system or processor';
    try {
      return this.#loadAddon(path);
    } catch (error) {
      // --no-addons, the permission model, or a file system that is not ours.
      return `it could not be loaded (${reasonOf(error)})`;
    }
  }

  #collect(request: CollectRequest): Collected {
    const handles = request.handles && this.#waits.read(request.handles);
    if (handles === undefined) {
      this.#waits.tick();
      this.#rehearse();
    }
    this.#keepToBudget();
    const runtime = this.#metrics.sample(this.#waits.handleCount);
    const allocations = request.allocations ? this.#readAllocations(request.allocations) : this.#heap?.readWhenFull(runtime.totalAllocatedBytes);
    const { step } = this.#limiter;
    const limits = { step, reason: LIMIT_STEPS[step]?.reason ?? '' };
    const sample = { ...runtime, overheadPercent: this.#limiter.percent, limits };
    return { sample, ...(allocations && { allocations }), ...(handles && { handles }) };
  }

  #readStacks(): StacksRead {
    const read = this.#waits.readStacks();
    this.#rehearse();
    return read;
  }

  /** @see WaitProfile.rehearsal */
  #rehearse(): void {
    const reading = this.#waits.rehearsal();
    if (reading) jsonPieces(reading);
  }

  #keepToBudget(): void {
    const { spent, elapsed } = this.#meter.take();
    if (!this.#limiter.add(spent, elapsed, programClock())) return;
    const limits = LIMIT_STEPS[this.#limiter.step];
    if (limits) this.#waits.limit(limits);
  }

  #readAllocations(request: AllocationRequest): AllocationReading {
    if (this.#heap !== null) return this.#heap.read(request);
    return { state: ALLOCATIONS_OFF, run: null, profile: null, omitted: { sites: 0, inUse: null, allocated: null } };
  }

  #stop(): void {
    this.#waits.stop();
    this.#cpu.discard();
    this.#heap?.stop();
    this.#heap = null;
    this.#metrics.stop();
    this.#answers.clear();
    this.#started = false;
    this.#onStop();
  }

  /** After a detach the program lives on and nobody says stop. */
  #stopWhenForgotten(): void {
    if (programClock() - this.#lastCommand > this.#idleLimit) asOwnWork(() => this.#stop());
  }
}

const ALLOCATIONS_OFF: PartState = { on: false, reason: 'Allocations are not sampled: bifrost.allocations.enabled is off.' };

/** As text: there may be no room to write it. */
const NO_ROOM = '{"ok":false,"error":{"code":"noRoom","message":"The program’s stack is nearly full."}}';

const NOT_READY: CollectorReply<never> = {
  ok: false,
  error: { code: 'notReady', message: 'Node.js is loading a module of its own.' },
};

const NOT_STARTED: CollectorReply<never> = {
  ok: false,
  error: { code: 'notStarted', message: 'The collector is not running in the program.' },
};

const NOT_SAMPLING: CollectorReply<never> = {
  ok: false,
  error: { code: 'notProfiling', message: 'There is nothing to record: turn on bifrost.allocations.enabled and start profiling again.' },
};

const NOT_PROFILING: CollectorReply<never> = {
  ok: false,
  error: { code: 'notProfiling', message: 'No CPU profile is being taken: profiling was stopped meanwhile.' },
};

function aboutProcess(): Omit<Hello, 'alreadyInjected'> {
  return {
    protocol: COLLECTOR_PROTOCOL,
    pid: process.pid,
    nodeVersion: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    abi: process.versions.modules,
    // What node-gyp-build looks at too: Alpine is where musl is met.
    musl: process.platform === 'linux' && isAlpine(),
    isMainThread,
  };
}

function isAlpine(): boolean {
  try {
    return builtin('node:fs').existsSync('/etc/alpine-release');
  } catch {
    // The permission model lets the program read certain folders only: then no addon is loaded either.
    return false;
  }
}
