/**
 * Entry of the collector for launches: runs before user code, so that handles opened at start-up get a creation stack too.
 * Without a host that connects, tracking ends by itself.
 */
import { UNCALLED_LIMIT } from '../protocol/collector';
import { enter } from './enter';
import { findMarker } from './marker';

/** The `require` and the file that the bundle is called with. */
declare const bifrostRequire: NodeJS.Require;
declare const bifrostFile: string;

try {
  Reflect.deleteProperty(bifrostRequire.cache, bifrostFile);
  if (findMarker(globalThis)?.collector === undefined) enter(bifrostRequire)?.startTracking(UNCALLED_LIMIT);
} catch {
  // The program must start as if we were not there. The host injects again when it connects, and reports what fails then.
}
