import type { EpochMilliseconds, Milliseconds } from '../protocol/units';

/**
 * How long until the next tick of a session: ticks stand on a grid of their interval, so that they do not drift, and each
 * session's grid is moved by its phase, so that many sessions do not all ask at once.
 *
 * @param last When the tick before began: the next is half an interval after it, or later.
 * @param phase 0 to 1.
 */
export function timeToNextTick(now: EpochMilliseconds, last: EpochMilliseconds, interval: Milliseconds, phase: number): Milliseconds {
  const earliest = Math.max(now, last + interval / 2);
  const offset = phase * interval;
  return Math.ceil((earliest - offset) / interval) * interval + offset - now;
}

/**
 * Questions a second to all programs together, the one on show left out: each takes 2 to 3 ms of the extension host, most of
 * it the debugger's. 64 programs that were each asked once a second took 15% of a CPU there.
 */
const MOST_PER_SECOND = 16;

/** How many times the interval a program is left alone that is one of many, and not on show: 1 or more. */
export function slownessOfMany(interval: Milliseconds, programs: number): number {
  return Math.max(1, (1000 * (programs - 1)) / MOST_PER_SECOND / interval);
}

/** A phase that is the same for the same text, and spread evenly over different ones. */
export function phaseOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0;
  // Multiplied by the golden ratio, also numbers in a row are far apart.
  return (hash * 0.618_033_988_749_895) % 1;
}
