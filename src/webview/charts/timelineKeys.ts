import { LIVE_VIEW, panned, revealing, viewOf, zoomed } from '../../model/timeView';
import { firstFrom } from '../../model/historySearch';
import type { EpochMilliseconds } from '../../protocol/units';
import { isWhole, type TimelineState } from './timelineState';

/** One key zooms to so much of what is shown, or back. */
export const ZOOM_IN = 0.5;
export const ZOOM_OUT = 2;
/** An arrow key moves by a point, or by this share of what is shown where points are many. */
const SMALL_STEP = 1 / 200;
/** Page Up and Page Down. */
const LARGE_STEP = 1 / 10;

/** The keys of the charts that do something, for `aria-keyshortcuts`. */
export const TIMELINE_SHORTCUTS = 'ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Control+ArrowLeft Control+ArrowRight PageUp PageDown Home End + - 0 Enter Escape';

/**
 * What a key does in the charts. Gives false for a key that does nothing there, which is then the page's.
 *
 * @param landmarks Times worth stopping at, ascending: marks, breakpoints, the ends of bands.
 * @param anchor Where the selection began that Shift extends; undefined while none is being made.
 */
export function pressKey(event: KeyboardEvent, timeline: TimelineState, landmarks: readonly EpochMilliseconds[], anchor: { time?: EpochMilliseconds }): boolean {
  if (event.altKey || event.metaKey) return false;
  const target = moveTarget(event, timeline, landmarks);
  if (target !== undefined) {
    moveTo(target, event.shiftKey, timeline, anchor);
    return true;
  }
  return event.key === 'Escape' ? goBack(timeline, anchor) : changeView(event.key, timeline);
}

/** Ends the selection that Shift was extending. */
export function releaseShift(timeline: TimelineState, anchor: { time?: EpochMilliseconds }): void {
  if (anchor.time === undefined) return;
  delete anchor.time;
  timeline.select(timeline.selection);
}

/** Where a key moves the cross-hair; undefined for a key that does not. */
function moveTarget({ key, ctrlKey }: KeyboardEvent, timeline: TimelineState, landmarks: readonly EpochMilliseconds[]): EpochMilliseconds | undefined {
  const { history, range, cursor } = timeline;
  const at = cursor ?? range.end;
  const width = range.end - range.start;
  switch (key) {
    case 'ArrowLeft':
      return ctrlKey ? (landmarks.findLast((time) => time < at) ?? at) : step(timeline, at, -1);
    case 'ArrowRight':
      return ctrlKey ? (landmarks.find((time) => time > at) ?? at) : step(timeline, at, 1);
    case 'PageUp':
      return at - width * LARGE_STEP;
    case 'PageDown':
      return at + width * LARGE_STEP;
    case 'Home':
      return history[0]?.time;
    case 'End':
      return history.at(-1)?.time;
    default:
      return undefined;
  }
}

function step({ history, range }: TimelineState, at: EpochMilliseconds, direction: -1 | 1): EpochMilliseconds {
  const by = (range.end - range.start) * SMALL_STEP * direction;
  // The next point, or the first past the step: at least one further on.
  const next = direction > 0 ? history[firstFrom(history, at + 1)]?.time : history[firstFrom(history, at) - 1]?.time;
  if (next === undefined) return at;
  return Math.abs(next - at) >= Math.abs(by) ? next : at + by;
}

function moveTo(target: EpochMilliseconds, extend: boolean, timeline: TimelineState, anchor: { time?: EpochMilliseconds }): void {
  const { history, extent, view, cursor, range } = timeline;
  const oldest = Math.max(history[0]?.time ?? extent.newest, extent.newest - extent.window);
  const time = Math.min(extent.newest, Math.max(oldest, target));
  if (extend) {
    anchor.time ??= cursor ?? range.end;
    timeline.setDraft({ from: Math.min(anchor.time, time), to: Math.max(anchor.time, time) });
  }
  timeline.setHover(null);
  timeline.setCursor(time);
  timeline.setView(revealing(view, extent, time));
}

/** One step back: the selection, the zoom, the cross-hair. */
function goBack(timeline: TimelineState, anchor: { time?: EpochMilliseconds }): boolean {
  delete anchor.time;
  if (timeline.selection !== null) timeline.select(null);
  else if (!isWhole(timeline.view)) timeline.setView(LIVE_VIEW);
  else if (timeline.cursor !== null) timeline.setCursor(null);
  else return false;
  return true;
}

function changeView(key: string, timeline: TimelineState): boolean {
  const { view, extent, selection } = timeline;
  switch (key) {
    case '+':
    case '=':
      timeline.setView(zoomed(view, extent, ZOOM_IN, anchorOf(timeline)));
      return true;
    case '-':
      timeline.setView(zoomed(view, extent, ZOOM_OUT, anchorOf(timeline)));
      return true;
    case '0':
      timeline.setView(LIVE_VIEW);
      return true;
    case 'Enter':
      if (selection === null) return false;
      timeline.setView(viewOf({ start: selection.from, end: selection.to }, extent));
      return true;
    default:
      return false;
  }
}

/** What keeps its place when the view is zoomed: the cross-hair, or the right edge. */
export function anchorOf({ cursor, range }: TimelineState): EpochMilliseconds {
  return cursor ?? range.end;
}

/** Moves the view by a share of its width. */
export function panBy(timeline: TimelineState, share: number): void {
  const { view, extent, range } = timeline;
  timeline.setView(panned(view, extent, (range.end - range.start) * share));
}
