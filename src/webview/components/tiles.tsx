import './tiles.css';
import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { UNKNOWN } from '../../model/format';
import { sparsePoints } from '../../model/sparkline';
import { windowFor } from '../../model/timeView';
import type { HistoryPoint } from '../../protocol/profile';
import type { PageState } from '../state';
import { pureOf } from './pure';
import { Sparkline } from './sparkline';
import { tileFigures, type TileFigure, type TileState } from './tileFigures';

const LABELS = [l10n.t('CPU'), l10n.t('Heap used'), l10n.t('Total allocated'), l10n.t('RSS'), l10n.t('Open handles'), l10n.t('Event loop')];

interface TilesProps {
  readonly state: TileState & TraceState & Pick<PageState, 'current'>;
}

const PARTS = { current: true, history: true, handles: true, allocatedPerSecond: true, status: true, intervalSeconds: true, windowSeconds: true } as const;

/** The six figures of the moment. Until the first came, tiles of the same size hold their place. */
export const Tiles = pureOf<TilesProps>(PARTS, ({ state }) => {
  const { current } = state;
  const { points, capacity } = useTraces(state);
  if (!current) {
    return (
      <section class="tiles" aria-label={l10n.t('Current figures')} aria-busy="true">
        {LABELS.map((label) => (
          <div key={label} class="tile">
            <h2 class="tile-label">{label}</h2>
            <div class="skeleton tile-skeleton" />
          </div>
        ))}
      </section>
    );
  }
  return (
    <section class="tiles" aria-label={l10n.t('Current figures')}>
      {tileFigures(current, state).map((figure) => (
        <Tile key={figure.id} figure={figure} points={points} capacity={capacity} />
      ))}
    </section>
  );
});

/** As many points as a small line can show, of the stretch of time that the charts show when they are not zoomed. */
const TRACE_POINTS = 150;

type TraceState = Pick<PageState, 'history' | 'intervalSeconds' | 'windowSeconds'>;

function useTraces({ history, intervalSeconds, windowSeconds }: TraceState): { readonly points: readonly HistoryPoint[]; readonly capacity: number } {
  const age = (history.at(-1)?.time ?? 0) - (history[0]?.time ?? 0);
  const shown = windowFor(age, windowSeconds * 1000);
  const stretch = Math.max(intervalSeconds * 1000, shown / TRACE_POINTS);
  const points = useMemo(() => (shown / TRACE_POINTS > intervalSeconds * 1000 ? sparsePoints(history, stretch) : history), [history, shown, stretch]);
  return { points, capacity: Math.ceil(shown / stretch) };
}

interface TileProps {
  readonly figure: TileFigure;
  readonly points: readonly HistoryPoint[];
  readonly capacity: number;
}

function Tile({ figure, points, capacity }: TileProps) {
  const { badge, meter, trace, trend } = figure;
  // The trace differs by tile only, so the history alone decides.
  const values = useMemo(() => (trace ? points.map(trace.value) : []), [points]);
  return (
    <div class="tile" data-test={figure.id}>
      <div class="tile-head">
        <h2 class="tile-label">{figure.label}</h2>
        {badge ? (
          <span class="growth" title={badge.title}>
            {badge.text}
          </span>
        ) : (
          trend && (
            <span class="trend" data-test="trend" title={trend.title}>
              {trend.text}
            </span>
          )
        )}
      </div>
      <div class="tile-body">
        <span class={`tile-value${figure.value === UNKNOWN ? ' unknown' : ''}`} title={figure.title}>
          {figure.value}
        </span>
        {trace && <Sparkline values={values} capacity={capacity} color={trace.color} />}
        {meter !== undefined && (
          <span class="meter" aria-hidden="true">
            <span class="meter-bar" style={{ width: `${Math.min(1, Math.max(0, meter)) * 100}%` }} />
          </span>
        )}
      </div>
      {figure.details.map((line, index) => (
        <div key={index} class="tile-detail" title={line.filter(Boolean).join(' · ')}>
          {line.map((text, place) => (
            <span key={place} class="tile-part">
              {text}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
