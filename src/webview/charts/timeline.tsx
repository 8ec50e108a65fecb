import './timeline.css';
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { landmarks, remarksAt } from '../../model/historyRemarks';
import type { Interval } from '../../protocol/profile';
import type { EpochMilliseconds } from '../../protocol/units';
import { useExpansion } from '../components/expansion';
import { pureOf } from '../components/pure';
import { missingReason } from '../components/reasons';
import { Toolbar } from '../components/toolbar';
import type { PageState } from '../state';
import { useAxisEnd } from './axisEnd';
import { cpuChart } from './cpuChart';
import { HistoryTable } from './historyTable';
import { EventLane, LayerAbove, LayerBelow } from './layers';
import { loopChart } from './loopChart';
import { memoryChart } from './memoryChart';
import { LEFT_GUTTER, RIGHT_GUTTER, TIME_AXIS_HEIGHT } from './plotOptions';
import { readout, spokenReadout } from './readout';
import { Surface } from './surface';
import { useTimeline } from './timelineState';
import { timelineTools } from './timelineTools';
import { Track } from './track';

const CHARTS = [cpuChart, memoryChart, loopChart];
const SERIES = CHARTS.flatMap(({ series }) => series);
/** The names under which what is folded, and the view, outlive the page. */
const FOLDED = 'Folded charts';
const VIEW = 'View of the charts';
const TABLE = 'table';

interface TimelineProps {
  readonly state: Pick<PageState, 'history' | 'bands' | 'events' | 'windowSeconds' | 'intervalSeconds' | 'status'>;
  /** Said in the charts' place while there are no points. */
  readonly waiting: string;
  /** The stretch of time that is selected. */
  readonly selected: Interval | null;
  onSelect(interval: Interval | null): void;
}

const PARTS = { history: true, bands: true, events: true, windowSeconds: true, intervalSeconds: true, status: true } as const;

/** The charts, above each other on one time axis, or the same figures as a table. */
export const Timeline = pureOf<TimelineProps>(PARTS, ({ state, waiting, selected, onSelect }) => {
  const newest = useAxisEnd(state);
  const timeline = useTimeline({ state, newest, selected, onSelect });
  const { history, range, gap, cursor, point, selection } = timeline;
  const folded = useExpansion(FOLDED);
  const view = useExpansion(VIEW);
  const isTable = view.isOpen(TABLE);
  const body = useRef<HTMLDivElement>(null);
  const width = usePlotWidth(body, isTable);
  const { bands, events } = state;
  const remarksOf = (time: EpochMilliseconds) => remarksAt(bands, events, time, gap / 6);
  const text = readout(cursor, newest, point, cursor === null ? [] : remarksOf(cursor));
  const tools = timelineTools(timeline, { isOn: isTable, toggle: () => view.toggle(TABLE) });
  const lastOpen = CHARTS.findLast(({ id }) => !folded.isOpen(id));
  const shownRange = useMemo(() => (selection ? { start: selection.from, end: selection.to } : range), [selection, range]);
  const isEmpty = history.length === 0;
  return (
    <section class="card timeline" data-test="timeline" aria-labelledby="timeline-title">
      <div class="timeline-head">
        <h2 class="card-title" id="timeline-title">
          {l10n.t('History')}
        </h2>
        <span class="readout" data-test="readout">
          <span class="readout-time">{text.time}</span> <span class="readout-detail">{text.detail}</span>
        </span>
        <Toolbar label={l10n.t('View of the charts')} tools={isEmpty ? [] : tools} />
      </div>
      {isTable && !isEmpty ? (
        <HistoryTable history={history} range={shownRange} series={SERIES} remarks={({ time }) => remarksOf(time).join(', ')} />
      ) : (
        <div ref={body} class={`timeline-body${lastOpen ? '' : ' all-folded'}`} style={GUTTERS}>
          <EventLane range={range} bands={bands} events={events} />
          <LayerBelow range={range} bands={bands} selection={selection} />
          {CHARTS.map((chart) => (
            <Track
              key={chart.id}
              chart={chart}
              history={history}
              range={range}
              gap={gap}
              width={width}
              hasTimeAxis={chart === lastOpen}
              isOpen={!folded.isOpen(chart.id)}
              point={point}
              isPointed={cursor !== null}
              missing={({ needs }) => needs && missingReason(state, needs)}
              onToggle={() => folded.toggle(chart.id)}
            />
          ))}
          {!isEmpty && lastOpen && <Surface timeline={timeline} landmarks={landmarks(bands, events)} text={spokenReadout(text, point, CHARTS)} />}
          <LayerAbove range={range} events={events} cursor={cursor} />
          {isEmpty && <div class="timeline-waiting">{waiting}</div>}
        </div>
      )}
    </section>
  );
});

const GUTTERS = { '--left-gutter': `${LEFT_GUTTER}px`, '--right-gutter': `${RIGHT_GUTTER}px`, '--time-axis': `${TIME_AXIS_HEIGHT}px` };

/** How wide the plots are, in CSS pixels. The element comes and goes with the table in its place. */
function usePlotWidth(body: { readonly current: HTMLElement | null }, isTable: boolean): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return undefined;
    const measure = () => setWidth(Math.max(1, element.clientWidth - LEFT_GUTTER - RIGHT_GUTTER));
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(element);
    return () => resizes.disconnect();
  }, [isTable]);
  return width;
}
