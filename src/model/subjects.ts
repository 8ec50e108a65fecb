/** How the things that a handle is about are written. */
import type { Milliseconds } from '../protocol/units';

const UNITS: readonly (readonly [Milliseconds, string])[] = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** `250 ms`, `1.5 s`, `2 h`: as the program wrote it, not rounded. */
export function formatDelay(delay: Milliseconds): string {
  for (const [size, unit] of UNITS) {
    // What cannot be written shortly in the larger unit is left in the smaller one.
    if (delay >= size && Number.isInteger((delay / size) * 10)) return `${delay / size} ${unit}`;
  }
  return `${delay} ms`;
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
