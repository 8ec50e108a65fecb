/** Which stretch of the history the charts show. Pure: the newest point and the length of the window are handed in. */
import type { EpochMilliseconds, Milliseconds } from '../protocol/units';

export interface TimeView {
  /** How much is shown; null for the whole window. */
  readonly span: Milliseconds | null;
  /** The right edge; null when that is the newest point, as it comes. */
  readonly end: EpochMilliseconds | null;
}

/** What the views of a history go by. */
export interface HistoryExtent {
  readonly newest: EpochMilliseconds;
  /** How far back the history goes at most. */
  readonly window: Milliseconds;
  /** Less than this is not shown: there would be hardly a point in it. */
  readonly leastSpan: Milliseconds;
}

export interface TimeRange {
  readonly start: EpochMilliseconds;
  readonly end: EpochMilliseconds;
}

/** A young history is shown in so much time, then in twice as much, up to the window: not as a few points at the edge. */
const FIRST_WINDOW: Milliseconds = 60_000;

/** How much time a history that is `age` old is shown in. */
export function windowFor(age: Milliseconds, window: Milliseconds): Milliseconds {
  let shown = FIRST_WINDOW;
  while (shown < age && shown < window) shown *= 2;
  return Math.min(shown, window);
}

/** The whole window, moving on with the newest point. */
export const LIVE_VIEW: TimeView = { span: null, end: null };

/** Whether the view moves on with the newest point. */
export function isFollowing(view: TimeView): boolean {
  return view.end === null;
}

/** The stretch that a view shows now: inside the window, whatever has gone out of it since the view was set. */
export function rangeOf(view: TimeView, extent: HistoryExtent): TimeRange {
  const span = spanOf(view, extent);
  const end = Math.min(extent.newest, Math.max(view.end ?? extent.newest, extent.newest - extent.window + span));
  return { start: end - span, end };
}

/**
 * Shows `factor` times as much; below 1 is closer. `anchor` keeps its place on the screen. A view that follows goes on
 * following while its anchor is at the right edge.
 */
export function zoomed(view: TimeView, extent: HistoryExtent, factor: number, anchor: EpochMilliseconds): TimeView {
  const { start, end } = rangeOf(view, extent);
  const span = clampSpan((end - start) * factor, extent);
  const share = (anchor - start) / (end - start);
  return viewOf({ start: anchor - share * span, end: anchor + (1 - share) * span }, extent);
}

/** Moves along the time; forward is positive. */
export function panned(view: TimeView, extent: HistoryExtent, by: Milliseconds): TimeView {
  const { start, end } = rangeOf(view, extent);
  return viewOf({ start: start + by, end: end + by }, extent);
}

/** Moves as little as is needed to have a time in sight. */
export function revealing(view: TimeView, extent: HistoryExtent, time: EpochMilliseconds): TimeView {
  const { start, end } = rangeOf(view, extent);
  if (time < start) return panned(view, extent, time - start);
  return time > end ? panned(view, extent, time - end) : view;
}

/** The view of a stretch, which is widened where it is too short. */
export function viewOf({ start, end }: TimeRange, extent: HistoryExtent): TimeView {
  const span = clampSpan(end - start, extent);
  const middle = (start + end) / 2;
  const right = Math.max(middle + span / 2, extent.newest - extent.window + span);
  return {
    span: span >= extent.window ? null : span,
    end: right >= extent.newest || span >= extent.window ? null : right,
  };
}

function spanOf({ span }: TimeView, extent: HistoryExtent): Milliseconds {
  return clampSpan(span ?? extent.window, extent);
}

function clampSpan(span: Milliseconds, { window, leastSpan }: HistoryExtent): Milliseconds {
  return Math.min(window, Math.max(Math.min(leastSpan, window), span));
}
