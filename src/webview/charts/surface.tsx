import * as l10n from '@vscode/l10n';
import type { TargetedPointerEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatClock } from '../../model/format';
import { zoomed } from '../../model/timeView';
import type { EpochMilliseconds } from '../../protocol/units';
import { panBy, pressKey, releaseShift, TIMELINE_SHORTCUTS } from './timelineKeys';
import type { TimelineState } from './timelineState';

/** A drag of fewer CSS pixels is a click. */
const LEAST_DRAG = 4;
/** How much one pixel of the wheel zooms. */
const WHEEL_ZOOM = 1.002;

interface SurfaceProps {
  readonly timeline: TimelineState;
  /** Times that Ctrl with an arrow key goes to, ascending. */
  readonly landmarks: readonly EpochMilliseconds[];
  /** All that is known of the time at the cross-hair, in words. */
  readonly text: string;
}

interface Drag {
  readonly x: number;
  readonly time: EpochMilliseconds;
  isOn: boolean;
}

/**
 * What the mouse and the keyboard work on: it lies over all charts, and is a slider to screen readers, whose value is the
 * time under the cross-hair.
 */
export function Surface({ timeline, landmarks, text }: SurfaceProps) {
  const { range, cursor, view, selection } = timeline;
  const element = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const anchor = useRef<{ time?: EpochMilliseconds }>({}).current;
  const latest = useRef(timeline);
  latest.current = timeline;

  const shareAt = (event: { readonly clientX: number; readonly currentTarget: HTMLElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width)));
  };
  const timeAt = (share: number) => range.start + share * (range.end - range.start);

  const press = (event: TargetedPointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, time: timeAt(shareAt(event)), isOn: false };
  };
  const move = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const share = shareAt(event);
    timeline.setHover(share);
    const on = drag.current;
    if (!on) return;
    on.isOn ||= Math.abs(event.clientX - on.x) >= LEAST_DRAG;
    const time = timeAt(share);
    if (on.isOn) timeline.setDraft({ from: Math.min(on.time, time), to: Math.max(on.time, time) });
  };
  const release = () => {
    const on = drag.current;
    drag.current = null;
    if (on?.isOn === true) timeline.select(selection);
    else if (on && selection !== null) timeline.select(null);
  };
  const giveUp = () => {
    if (drag.current?.isOn === true) timeline.setDraft(null);
    drag.current = null;
  };

  // Not through a property: the page must be kept from scrolling, which only a listener that is not passive can.
  useEffect(() => {
    const surface = element.current;
    const onWheel = (event: WheelEvent) => surface && turnWheel(event, surface, latest.current);
    surface?.addEventListener('wheel', onWheel, { passive: false });
    return () => surface?.removeEventListener('wheel', onWheel);
  }, []);

  return (
    <div
      ref={element}
      class="timeline-surface"
      data-test="timeline-surface"
      data-following={view.end === null}
      tabIndex={0}
      role="slider"
      aria-label={l10n.t('Time under the cross-hair')}
      aria-description={l10n.t(
        'Arrow keys move the cross-hair, with Shift they select, with Control they go to the next event. Plus and minus zoom, Enter zooms to what is selected, 0 goes back to live, Escape goes back.',
      )}
      aria-keyshortcuts={TIMELINE_SHORTCUTS}
      aria-valuemin={Math.round(range.start)}
      aria-valuemax={Math.round(range.end)}
      aria-valuenow={Math.round(Math.min(range.end, Math.max(range.start, cursor ?? range.end)))}
      aria-valuetext={selection === null ? text : l10n.t('Selected {0} to {1}. {2}', formatClock(selection.from, true), formatClock(selection.to, true), text)}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={giveUp}
      onPointerLeave={() => timeline.setHover(null)}
      onKeyDown={(event) => {
        if (!pressKey(event, timeline, landmarks, anchor)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onKeyUp={(event) => event.key === 'Shift' && releaseShift(timeline, anchor)}
      onBlur={() => {
        releaseShift(timeline, anchor);
        timeline.setCursor(null);
      }}
    />
  );
}

/** With Ctrl (and for a pinch) it zooms, sideways it moves along the time; else it is the page's. */
function turnWheel(event: WheelEvent, surface: HTMLElement, timeline: TimelineState): void {
  const { left, width } = surface.getBoundingClientRect();
  const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
  if (event.ctrlKey) {
    const { view, extent, range } = timeline;
    const anchor = range.start + ((event.clientX - left) / Math.max(1, width)) * (range.end - range.start);
    timeline.setView(zoomed(view, extent, WHEEL_ZOOM ** event.deltaY, anchor));
  } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
    panBy(timeline, sideways / Math.max(1, width));
  } else {
    return;
  }
  event.preventDefault();
}
