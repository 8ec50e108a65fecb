/** How the things that a handle is about are written. */
import type { Milliseconds } from '../protocol/units';

const SECOND: Milliseconds = 1_000;
const MINUTE: Milliseconds = 60_000;
const HOUR: Milliseconds = 3_600_000;

/** `250 ms`, `1.5 s`, `2 h`: as the program wrote it, not rounded. */
export function formatDelay(delay: Milliseconds): string {
  // No list of units to go through: this is written of thousands of timers in the program's thread, and an iterator is garbage.
  if (isShortIn(HOUR, delay)) return `${delay / HOUR} h`;
  if (isShortIn(MINUTE, delay)) return `${delay / MINUTE} min`;
  if (isShortIn(SECOND, delay)) return `${delay / SECOND} s`;
  return `${delay} ms`;
}

/** What cannot be written shortly in the larger unit is left in the smaller one. */
function isShortIn(unit: Milliseconds, delay: Milliseconds): boolean {
  return delay >= unit && Number.isInteger((delay / unit) * 10);
}

/** `127.0.0.1:8080`, `[::1]:8080`; '' when there is no address. */
export function describeAddress(address: { readonly address?: unknown; readonly port?: unknown } | undefined): string {
  const { address: host, port } = address ?? {};
  if (typeof host !== 'string') return '';
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return typeof port === 'number' ? `${bracketed}:${port}` : bracketed;
}

/** A path without its query string and fragment: they may hold secrets. */
export function pathOnly(path: string): string {
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}
