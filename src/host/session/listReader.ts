import * as l10n from '@vscode/l10n';
import type { Collected, CollectRequest } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';
import type { ProfileStore } from './profileStore';
import type { ProgramLink } from './programLink';
import { ALL_SITES, handleRequest, listsRequest } from './readingRequest';
import type { ProfilerSettings } from './settings';
import type { SourceMapper } from './sourceMapper';

/** Reads the lists of one program (allocations, handles) into its store, with their frames in the source. */
export class ListReader {
  readonly #link: ProgramLink;
  readonly #store: ProfileStore;
  readonly #mapper: SourceMapper;
  readonly #settings: () => ProfilerSettings;
  #readers = 0;

  constructor(link: ProgramLink, store: ProfileStore, mapper: SourceMapper, settings: () => ProfilerSettings) {
    this.#link = link;
    this.#store = store;
    this.#mapper = mapper;
    this.#settings = settings;
  }

  /** Has the lists read with every tick until the returned function is called. */
  follow(): () => void {
    this.#readers++;
    let released = false;
    return () => {
      if (!released) this.#readers--;
      released = true;
    };
  }

  /** What to ask for with a tick. @param isUrgent Whether the lists are wanted although nobody looks. */
  tickRequest(isUrgent: boolean): CollectRequest {
    return this.#readers > 0 || isUrgent ? listsRequest(this.#settings(), this.#link.pauses.toArray(), 'tick') : {};
  }

  /** Everything, whole. @throws CdpError or SourceError. */
  async read(timeout: Milliseconds): Promise<void> {
    const request = listsRequest(this.#settings(), this.#link.pauses.toArray(), 'whole');
    const collected = await this.#link.askWithin(timeout, (source, longest) => source.collectWhole(request, longest));
    await this.publish(collected, timeout);
    this.#store.updateCurrent(collected.sample, Date.now());
  }

  /** The same after a collection of garbage. */
  async readCollected(timeout: Milliseconds): Promise<void> {
    await this.#link.askWithin(timeout, (source, longest) => source.collectGarbage(longest));
    this.#store.addEvent({ kind: 'collected', time: Date.now(), text: l10n.t('Garbage collected') });
    await this.read(timeout);
  }

  /** The same after all allocations are recorded in place of those in use, or no longer are. */
  async recordAllocations(on: boolean, timeout: Milliseconds): Promise<void> {
    const reading = await this.#link.askWithin(timeout, (source, longest) => source.recordAllocations(on, ALL_SITES, longest));
    const { sample } = await this.#link.askWithin(timeout, (source, longest) => source.collect({}, longest));
    this.#store.setAllocations(reading, sample, Date.now());
    await this.read(timeout);
  }

  /** Every handle as text. @throws as `read`. */
  dump(timeout: Milliseconds): Promise<string> {
    const request = handleRequest(this.#settings(), this.#link.pauses.toArray(), 'whole');
    return this.#link.askWithin(timeout, (source, longest) => source.dump(request, longest));
  }

  /** @param mapTimeout How long to wait for the debugger to map the frames. */
  async publish({ sample, allocations, handles }: Collected, mapTimeout: Milliseconds): Promise<void> {
    if (allocations) {
      this.#store.setAllocations(allocations, sample, Date.now());
      // Frames of allocations are asked for as they are shown: a profile has very many. Then they are shown again.
      if (this.#mapper.isAsking) void this.#mapper.settle(mapTimeout).then(() => this.#store.changeAllocations(() => undefined));
    }
    if (handles) {
      await this.#mapper.frames(handles.frames, mapTimeout);
      this.#store.setHandles(handles);
    }
  }
}
