import './layers.css';
import * as l10n from '@vscode/l10n';
import { formatClock } from '../../model/format';
import { bandMeaning, bandName, eventText } from '../../model/historyRemarks';
import type { TimeRange } from '../../model/timeView';
import type { HistoryBand, HistoryEvent, Interval } from '../../protocol/profile';
import type { EpochMilliseconds } from '../../protocol/units';
import { Icon } from '../components/icon';

/** What lies below the lines of all charts: stretches in which nothing was measured or the program was held, and the selection. */
export function LayerBelow({ range, bands, selection }: { readonly range: TimeRange; readonly bands: readonly HistoryBand[]; readonly selection: Interval | null }) {
  return (
    <div class="timeline-layer below" aria-hidden="true">
      {bands.map(({ kind, from, to }) => (
        <Stretch key={`${kind} ${from}`} name={`band band-${kind}`} hook="band" from={from} to={to ?? range.end} range={range} />
      ))}
      {selection && <Stretch name="selection" hook="selection" from={selection.from} to={selection.to} range={range} />}
    </div>
  );
}

const EVENT_ICONS: Readonly<Record<HistoryEvent['kind'], string>> = {
  mark: 'bookmark',
  breakpoint: 'debug-breakpoint',
  collected: 'trash',
  started: 'play',
  stopped: 'debug-stop',
  restarted: 'debug-restart',
  loaded: 'globe',
  ended: 'circle-slash',
};

/** Above the charts: the names of bands, and a flag for every event. */
export function EventLane({ range, bands, events }: { readonly range: TimeRange; readonly bands: readonly HistoryBand[]; readonly events: readonly HistoryEvent[] }) {
  return (
    <div class="event-lane" role="img" aria-label={laneText(range, bands, events)}>
      {bands.map(({ kind, from, to }) => (
        <Stretch key={`${kind} ${from}`} name={`band-name band-${kind}`} hook="band-name" title={bandMeaning(kind)} from={from} to={to ?? range.end} range={range}>
          {bandName(kind)}
        </Stretch>
      ))}
      {events.filter(isIn(range)).map((event, index) => (
        <span key={index} class={`event event-${event.kind}`} data-test="event" data-event={event.kind} title={`${formatClock(event.time, true)} ${eventText(event)}`} style={{ left: percent(shareOf(event.time, range)) }}>
          <Icon name={EVENT_ICONS[event.kind]} />
        </span>
      ))}
    </div>
  );
}

function laneText(range: TimeRange, bands: readonly HistoryBand[], events: readonly HistoryEvent[]): string {
  const shown = bands.filter(({ from, to }) => from <= range.end && (to ?? range.end) >= range.start);
  const texts = [
    ...shown.map(({ kind, from, to }) => l10n.t('{0} from {1} to {2}', bandName(kind), formatClock(from, true), to === null ? l10n.t('now') : formatClock(to, true))),
    ...events.filter(isIn(range)).map((event) => `${formatClock(event.time, true)} ${eventText(event)}`),
  ];
  return texts.length === 0 ? l10n.t('No events in the time shown') : texts.join('; ');
}

interface LayerAboveProps {
  readonly range: TimeRange;
  readonly events: readonly HistoryEvent[];
  readonly cursor: EpochMilliseconds | null;
}

/** What lies above the lines of all charts: a line for each event, and the cross-hair with its time below. */
export function LayerAbove({ range, events, cursor }: LayerAboveProps) {
  const share = cursor === null ? -1 : shareOf(cursor, range);
  return (
    <div class="timeline-layer above" aria-hidden="true">
      {events.filter(isIn(range)).map((event, index) => (
        <div key={index} class={`event-line event-${event.kind}`} data-test="event-line" style={{ left: percent(shareOf(event.time, range)) }} />
      ))}
      {cursor !== null && share >= 0 && share <= 1 && (
        <div class="cross-hair" data-test="cross-hair" style={{ left: percent(share) }}>
          <span class="cross-hair-time" style={{ translate: percent(-share) }}>
            {formatClock(cursor, true)}
          </span>
        </div>
      )}
    </div>
  );
}

interface StretchProps {
  readonly name: string;
  /** Its `data-test` hook. */
  readonly hook: string;
  readonly title?: string;
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly range: TimeRange;
  readonly children?: string;
}

function Stretch({ name, hook, title, from, to, range, children }: StretchProps) {
  if (to < range.start || from > range.end) return null;
  const [left, right] = [from, to].map((time) => Math.min(1, Math.max(0, shareOf(time, range))));
  return (
    <div class={name} data-test={hook} title={title} style={{ left: percent(left ?? 0), width: percent((right ?? 0) - (left ?? 0)) }}>
      {children}
    </div>
  );
}

function isIn({ start, end }: TimeRange): (event: HistoryEvent) => boolean {
  return ({ time }) => time >= start && time <= end;
}

function shareOf(time: EpochMilliseconds, { start, end }: TimeRange): number {
  return (time - start) / Math.max(1, end - start);
}

function percent(share: number): string {
  return `${Math.round(share * 1e5) / 1e3}%`;
}
