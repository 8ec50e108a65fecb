import * as l10n from '@vscode/l10n';
import { formatBytes } from '../../model/format';
import { HeapPressure } from '../../model/heapPressure';
import type { RuntimeSample } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';
import type { ProfiledSession } from './profiledSession';
import type { SessionEnvironment } from './sessionEnvironment';

/** Collecting garbage over and over, a program takes its time to answer. */
const READ_TIMEOUT: Milliseconds = 60_000;

/**
 * Sees a program coming near its heap limit, and has it read while it still answers: everything at once when it comes near
 * and when V8 holds it, and the lists with each tick in between, so that the last profile is there when it dies.
 */
export class HeapLimitWatch {
  readonly #session: Pick<ProfiledSession, 'info' | 'read' | 'store'>;
  readonly #environment: Pick<SessionEnvironment, 'settings' | 'log'>;
  readonly #pressure = new HeapPressure();

  constructor(session: Pick<ProfiledSession, 'info' | 'read' | 'store'>, environment: Pick<SessionEnvironment, 'settings' | 'log'>) {
    this.#session = session;
    this.#environment = environment;
  }

  /** Whether the program is near its limit, and is watched. */
  get isNear(): boolean {
    return this.#pressure.isHigh && this.#environment.settings().saveNearHeapLimit;
  }

  /** What the user reads while it is near; null while it is not. */
  get notice(): string | null {
    const { fill } = this.#pressure;
    if (!this.isNear || fill === null) return null;
    const used = formatBytes(fill.usedBytes);
    // What Node gives as the limit of a small heap is far above where V8 draws it.
    if (!fill.isNearLimit) return l10n.t('The heap is full, as V8 says: {0} are in use. What holds them is read while the program still answers.', used);
    return l10n.t('The heap is nearly full: {0} are in use, its limit is {1}. What holds them is read while the program still answers.', used, formatBytes(fill.limitBytes));
  }

  onSample(sample: RuntimeSample): void {
    if (this.#pressure.observe(sample)) this.#read();
  }

  /** V8 holds the program, as its heap is full. */
  onFull(): void {
    this.#pressure.onFull();
    this.#read();
  }

  reset(): void {
    this.#pressure.reset();
  }

  #read(): void {
    if (this.isNear) void this.#readAll();
  }

  /** Never rejects: it is nobody's question. */
  async #readAll(): Promise<void> {
    try {
      await this.#session.read(READ_TIMEOUT);
      // Has the debugger say where all frames are in the source, while it knows.
      this.#session.store.allocations.profile();
    } catch (error) {
      this.#environment.log.warn(`${this.#session.info.name}: could not be read near its heap limit: ${String(error)}`);
    }
  }
}
