/**
 * Entry of the collector for launches: runs before user code, so that handles opened at start-up get a creation stack too.
 * Without a host that connects, tracking ends by itself.
 */
import { install } from './install';

const UNCALLED_LIMIT = 30_000;

try {
  const { collector, alreadyInjected } = install();
  if (!alreadyInjected) collector.startTracking(UNCALLED_LIMIT);
} catch {
  // The program must start as if we were not there. The host injects again when it connects, and reports what fails then.
}
