import type { HistoryPoint } from '../protocol/profile';
import type { Milliseconds } from '../protocol/units';
import { firstFrom } from './historySearch';

/** How far back a figure is compared. */
const COMPARED: Milliseconds = 60_000;
/** A shorter history has no trend. */
const LEAST: Milliseconds = 10_000;
/** Points that are averaged at each end: one alone may be a peak. */
const AVERAGED = 3;

export interface Trend {
  /** In the unit of the figure. */
  readonly change: number;
  /** Between the two ends. */
  readonly over: Milliseconds;
}

/** By how much a figure has changed in the last minute, or since the history began; null where that is not known. */
export function trendOf(history: readonly HistoryPoint[], value: (point: HistoryPoint) => number | null): Trend | null {
  const now = history.at(-1);
  if (!now) return null;
  const from = firstFrom(history, now.time - COMPARED);
  const over = now.time - (history[from]?.time ?? now.time);
  const before = mean(history.slice(from, from + AVERAGED), value);
  const after = mean(history.slice(-AVERAGED), value);
  return over < LEAST || before === null || after === null ? null : { change: after - before, over };
}

function mean(points: readonly HistoryPoint[], value: (point: HistoryPoint) => number | null): number | null {
  const known = points.map(value).filter((at) => at !== null);
  return known.length === 0 ? null : known.reduce((sum, at) => sum + at, 0) / known.length;
}
