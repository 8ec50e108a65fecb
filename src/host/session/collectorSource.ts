import { NOTHING_MISSING } from '../../protocol/capabilities';
import type { Milliseconds } from '../../protocol/units';
import { CollectorClient } from './collectorClient';
import { heapAddonPath } from './heapAddon';
import type { ProfileSource, SourceParts, SourceProgram } from './profileSource';
import { watchProgram } from './programWatch';
import type { SessionEnvironment } from './sessionEnvironment';

/** How long the program may take to answer the first calls. */
const START_TIMEOUT: Milliseconds = 10_000;
/** Nobody called the collector for this long: it switches itself off. Above any interval that can be set. */
const IDLE_LIMIT: Milliseconds = 180_000;

/** The source of what runs on Node.js: the collector, inside the program. */
export class CollectorSource extends CollectorClient implements ProfileSource {
  readonly missing = NOTHING_MISSING;
  readonly #name: string;
  readonly #environment: SessionEnvironment;

  /** Hears of the program from now on. @throws CdpError. */
  static async open({ connection, target, environment, events }: SourceParts): Promise<CollectorSource> {
    await watchProgram(connection, events, START_TIMEOUT);
    return new CollectorSource({ connection, target, environment });
  }

  private constructor({ connection, target, environment }: Pick<SourceParts, 'connection' | 'target' | 'environment'>) {
    super(connection, environment.collectorBundle);
    this.#name = target.name;
    this.#environment = environment;
  }

  /** The collector that is there already, with all that it tracks, or a new one. */
  async begin(): Promise<SourceProgram> {
    const { addonPackage, settings, log } = this.#environment;
    const hello = await this.inject(START_TIMEOUT);
    const { allocations, handles, samplingIntervalBytes, cumulative, pendingMode, overheadBudgetPercent } = settings();
    const started = await this.start(
      {
        heapAddonPath: heapAddonPath(addonPackage, hello),
        allocations,
        handles,
        samplingIntervalBytes,
        cumulative,
        pendingMode,
        overheadBudgetPercent,
        idleLimit: IDLE_LIMIT,
      },
      START_TIMEOUT,
    );
    // One that was at work goes on as it was started.
    if (hello.alreadyInjected) await this.setPendingMode(pendingMode, START_TIMEOUT);
    log.info(`${this.#name}: collector ${hello.alreadyInjected ? 'found' : 'started'} in process ${hello.pid}, Node ${hello.nodeVersion}: ${JSON.stringify(started)}`);
    return { pid: hello.pid, nodeVersion: hello.nodeVersion, isMainThread: hello.isMainThread, goesOn: hello.alreadyInjected };
  }
}
