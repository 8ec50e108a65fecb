import { COLLECTOR_SYMBOL } from '../protocol/collector';
import type { Collector } from './collector';
import type { NativeAddon } from './nativeAddon';

/** What hangs on the program's global object. Of the program's realm, so that it does not hold the collector's after a stop. */
export interface Marker {
  /** Absent between a stop and the next start. */
  collector?: Collector;
  /** Loaded addons by path. They stay for as long as the process: a second load of one file aborts it. */
  readonly addons: Record<string, NativeAddon>;
}

export function findMarker(program: object): Marker | undefined {
  return (program as Record<symbol, Marker | undefined>)[Symbol.for(COLLECTOR_SYMBOL)];
}
