/**
 * What is said of pages and of their workers, whose data come from the browser. In English, like what the collector says: it is
 * data to the API, and looked up where it is shown.
 */
import type { Missing } from '../protocol/capabilities';

/** What a browser does not tell of a page. */
export const PAGE_MISSING = {
  rss: 'The browser does not tell how much memory the process of a page takes.',
  external: 'The browser does not tell what a page holds outside of V8’s heap.',
  totalAllocated: 'The browser does not count what a page has allocated in all.',
  collections: 'The browser does not tell of the garbage collections of a page.',
  loopDelay: 'The browser does not tell how late the event loop of a page is.',
  cumulative: 'Of a page only what is in use is sampled: V8 would keep a sample of all else without end.',
  recording: 'All allocations of a page are not recorded: V8 would keep samples of them without end, and the browser does not tell how many.',
  handles: 'The browser does not list the timers, requests and sockets that a page has open.',
  pending: 'Awaits are followed from within Node.js, and into a page nothing is put.',
  rawDump: 'There is no raw dump of a page, as the browser does not list its timers, requests and sockets.',
  deepCheck: 'Abandoned awaits are found from within Node.js, and into a page nothing is put.',
} as const satisfies Missing;

/** What it does not tell of a page’s worker either. */
export const WORKER_MISSING = {
  ...PAGE_MISSING,
  cpu: 'The browser does not tell the CPU time of a page’s worker.',
  loopUtilization: 'The browser does not tell how busy a page’s worker is.',
} as const satisfies Missing;

/** The page’s own word for it is all there is. */
export const LIMIT_MISSING = 'The page does not tell its heap limit.';

export const PAGE_SAMPLING_OFF = 'Allocations are not sampled: bifrost.allocations.enabled is off.';
export const PAGE_SAMPLER_TAKEN = 'Another heap profiler is running in this page; Bifrost shows allocations again when it has ended.';
export const PAGE_SAMPLER_LOST = 'Another tool stopped V8’s heap sampler; Bifrost started it again and counts from now on.';

/** All of them, for translators. */
export function pageTexts(): string[] {
  return [...Object.values(WORKER_MISSING), LIMIT_MISSING, PAGE_SAMPLING_OFF, PAGE_SAMPLER_TAKEN, PAGE_SAMPLER_LOST];
}
