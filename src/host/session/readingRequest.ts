import type { CollectRequest, HandleRequest, Pause } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';
import type { ProfilerSettings } from './settings';

/** Sites and groups read from the program; what is above is summed up. */
const SITE_LIMITS: Readonly<Record<Depth, number>> = { tick: 2_000, whole: 100_000 };
const GROUP_LIMIT = 1_000;

/** In a tick, stacks of younger handles are left unread: most close before, and their stack then costs the program nothing. */
const SURVIVED: Milliseconds = 1_000;

/** `tick`: a reading of many. `whole`: every stack is read, also that of what was opened this moment. */
export type Depth = 'tick' | 'whole';

/** Sites of each list in a reading of everything. */
export const ALL_SITES = SITE_LIMITS.whole;

/** Asks for both lists. */
export function listsRequest(settings: ProfilerSettings, pauses: readonly Pause[], depth: Depth): CollectRequest {
  return {
    allocations: { sites: SITE_LIMITS[depth], force: depth === 'whole' },
    handles: handleRequest(settings, pauses, depth),
  };
}

export function handleRequest(settings: ProfilerSettings, pauses: readonly Pause[], depth: Depth): HandleRequest {
  const { longWait, stuckAfter, backgroundPatterns, perRequestPatterns } = settings;
  const readStacksAfter = depth === 'whole' ? 0 : SURVIVED;
  return { limit: GROUP_LIMIT, longWait, stuckAfter, readStacksAfter, pauses, backgroundPatterns, perRequestPatterns };
}
