import { useEffect, useMemo, useState } from 'preact/hooks';
import { pointNear } from '../../model/historySearch';
import { isFollowing, LIVE_VIEW, rangeOf, windowFor, type HistoryExtent, type TimeRange, type TimeView } from '../../model/timeView';
import type { HistoryPoint, Interval } from '../../protocol/profile';
import type { EpochMilliseconds, Milliseconds } from '../../protocol/units';
import type { PageState } from '../state';

/** Points may come late; past this many intervals something was missed. */
const GAP_INTERVALS = 3;
/** Zoomed in as far as can be, so many intervals are on show, and so much time. */
const LEAST_INTERVALS = 10;
const LEAST_SPAN: Milliseconds = 5_000;

/** What the charts have in common: the stretch of time on show, the cross-hair, and what is selected. */
export interface TimelineState {
  readonly history: readonly HistoryPoint[];
  readonly extent: HistoryExtent;
  readonly range: TimeRange;
  /** Points further apart have a gap between them. */
  readonly gap: Milliseconds;
  readonly view: TimeView;
  /** Where the cross-hair is; null where there is none. */
  readonly cursor: EpochMilliseconds | null;
  /** What was measured at the cross-hair, or last; undefined where nothing was. */
  readonly point: HistoryPoint | undefined;
  readonly selection: Interval | null;
  setView(view: TimeView): void;
  /** The cross-hair at a time, which it keeps. */
  setCursor(time: EpochMilliseconds | null): void;
  /** The cross-hair under the mouse, which it follows: a share of the width from 0 to 1. */
  setHover(share: number | null): void;
  /** Shows a selection that is still being made; null for none. */
  setDraft(interval: Interval | null): void;
  /** Selects what the lists are narrowed down to; null for nothing. */
  select(interval: Interval | null): void;
}

interface TimelineInput {
  readonly state: Pick<PageState, 'history' | 'windowSeconds' | 'intervalSeconds'>;
  /** Where the time axis ends. */
  readonly newest: EpochMilliseconds;
  /** What the host has selected. */
  readonly selected: Interval | null;
  onSelect(interval: Interval | null): void;
}

export function useTimeline({ state, newest, selected, onSelect }: TimelineInput): TimelineState {
  const { history, windowSeconds, intervalSeconds } = state;
  const [view, setView] = useState(LIVE_VIEW);
  const [keyCursor, setCursor] = useState<EpochMilliseconds | null>(null);
  const [hover, setHover] = useState<number | null>(null);
  /** Undefined: what the host has selected counts. */
  const [draft, setDraft] = useState<Interval | null | undefined>(undefined);

  const leastSpan = Math.max(LEAST_SPAN, LEAST_INTERVALS * intervalSeconds * 1000);
  const window = windowFor(newest - (history[0]?.time ?? newest), windowSeconds * 1000);
  const extent = useMemo(() => ({ newest, window, leastSpan }), [newest, window, leastSpan]);
  const range = useMemo(() => rangeOf(view, extent), [view, extent]);
  const gap = GAP_INTERVALS * intervalSeconds * 1000;

  // The host has answered: its word counts.
  useEffect(() => setDraft(undefined), [selected?.from, selected?.to]);

  const cursor = hover === null ? keyCursor : range.start + hover * (range.end - range.start);
  const point = cursor === null ? history.at(-1) : pointNear(history, cursor, gap / 2);
  return {
    history,
    extent,
    range,
    gap,
    view,
    cursor,
    point,
    selection: draft === undefined ? selected : draft,
    setView,
    setCursor,
    setHover,
    setDraft: (interval) => setDraft(interval ?? undefined),
    select: (interval) => {
      setDraft(interval);
      onSelect(interval);
    },
  };
}

/** Whether the charts show all of the window, up to now. */
export function isWhole(view: TimeView): boolean {
  return isFollowing(view) && view.span === null;
}
