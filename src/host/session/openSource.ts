import { CollectorSource } from './collectorSource';
import type { ProfileSource, SourceParts } from './profileSource';

/** The source that fits the program at the other end of a connection, hearing of it already. @throws CdpError. */
export function openSource(parts: SourceParts): Promise<ProfileSource> {
  return CollectorSource.open(parts);
}
