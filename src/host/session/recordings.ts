import * as l10n from '@vscode/l10n';
import type { CpuProfile } from '../../protocol/allocations';
import type { Frame } from '../../protocol/frames';
import type { Microseconds, Milliseconds } from '../../protocol/units';
import { CdpConnection, CdpError } from './cdpConnection';
import { DeepCheckError, DeepChecks, type DeepCheckOptions, type DeepCheckResult } from './deepCheck';
import type { HeapSnapshotOptions } from './heapSnapshot';
import type { ProgramLink } from './programLink';
import { handleRows } from './readings';
import type { SourceMapper } from './sourceMapper';
import { findAddress, type Target } from './target';

const CONNECT_TIMEOUT: Milliseconds = 10_000;
/** V8's usual: a thousand samples a second. */
const CPU_INTERVAL: Microseconds = 1_000;
/** How long a result waits for the debugger to map its frames. */
const MAP_TIMEOUT: Milliseconds = 5_000;

/** What takes its time in one program and has a result of its own: CPU profiles, heap snapshots, deep checks. */
export class Recordings {
  readonly #target: Target;
  readonly #link: ProgramLink;
  readonly #mapper: SourceMapper;
  readonly #deepChecks = new DeepChecks();

  constructor(target: Target, link: ProgramLink, mapper: SourceMapper) {
    this.#target = target;
    this.#link = link;
    this.#mapper = mapper;
  }

  /**
   * A CPU profile with its frames in the source. @throws CdpError or SourceError.
   *
   * @param until Called once the program is being sampled; the profile ends when it resolves. A program that is busy starts late.
   * @param longest After this, samples may be lost.
   */
  async cpuProfile(until: () => Promise<void>, longest: Milliseconds): Promise<CpuProfile<Frame>> {
    // V8 counts loops that were compiled before for their callers; a collection has it tell them apart again, mostly.
    await this.#link.ask((source, timeout) => source.collectGarbage(timeout));
    await this.#link.ask((source, timeout) => source.startCpuProfile({ interval: CPU_INTERVAL, longest }, timeout));
    await until();
    const profile = await this.#link.ask((source, timeout) => source.stopCpuProfile(this.#link.pauses.toArray(), timeout));
    return { ...profile, frames: await this.#mapper.frames(profile.frames, MAP_TIMEOUT) };
  }

  /** Writes a heap snapshot of the program to disk. @throws HeapSnapshotError, or CdpError when there is no way to the program. */
  async heapSnapshot(options: HeapSnapshotOptions): Promise<void> {
    if (this.#link.source === null) throw new CdpError('closed', l10n.t('The program is not being profiled.'));
    const address = await findAddress(this.#target, CONNECT_TIMEOUT, () => this.#link.source !== null);
    const { takeHeapSnapshot } = await import('./onConnection');
    await takeHeapSnapshot(await CdpConnection.open(address, CONNECT_TIMEOUT), options);
  }

  /** Looks for awaits that can never continue. @throws DeepCheckError, CdpError or SourceError. */
  async deepCheck(options: DeepCheckOptions): Promise<DeepCheckResult> {
    if (this.#link.source === null) throw new DeepCheckError(l10n.t('“{0}” is not being profiled: start profiling first.', this.#target.name));
    if (this.#link.pauses.isPaused) throw new DeepCheckError(l10n.t('The program is paused: resume it, then run the deep check again.'));
    const { abandoned, frames, followed, unreadStacks } = await this.#deepChecks.run(
      {
        step: (step) => this.#link.ask((source, timeout) => source.deepCheck(step, timeout)),
        collectGarbage: () => this.#link.ask((source, timeout) => source.collectGarbage(timeout)),
      },
      options,
    );
    await this.#mapper.frames(frames, MAP_TIMEOUT);
    return { time: options.time, rows: handleRows(abandoned, frames, (raw) => this.#mapper.frame(raw)), followed, unreadStacks };
  }

  /** Resolves when no deep check is at work in the program any more. */
  get deepCheckEnded(): Promise<void> {
    return this.#deepChecks.ended;
  }

  /** Ends the deep check under way, if there is one: it rejects with this sentence. */
  abortDeepCheck(sentence: string): void {
    this.#deepChecks.abort(sentence);
  }
}
