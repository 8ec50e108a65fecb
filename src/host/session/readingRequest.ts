import type { CollectRequest, HandleRequest, Pause } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';
import type { ProfilerSettings } from './settings';

/** Sites and groups read from the program; what is above is counted. */
const SITE_LIMIT = 500;
const GROUP_LIMIT = 1_000;

/** In a tick, stacks of younger handles are left unread: most close before, and their stack then costs the program nothing. */
const SURVIVED: Milliseconds = 1_000;

/** `tick`: a reading of many. `whole`: every stack is read, also that of what was opened this moment. */
export type Depth = 'tick' | 'whole';

/** Asks for both lists. */
export function listsRequest(settings: ProfilerSettings, pauses: readonly Pause[], depth: Depth): CollectRequest {
  return {
    allocationSites: Math.max(SITE_LIMIT, settings.allocationLimit),
    handles: handleRequest(settings, pauses, depth),
  };
}

export function handleRequest(settings: ProfilerSettings, pauses: readonly Pause[], depth: Depth): HandleRequest {
  const { longWait, stuckAfter, backgroundPatterns, perRequestPatterns } = settings;
  const readStacksAfter = depth === 'whole' ? 0 : SURVIVED;
  return { limit: GROUP_LIMIT, longWait, stuckAfter, readStacksAfter, pauses, backgroundPatterns, perRequestPatterns };
}
