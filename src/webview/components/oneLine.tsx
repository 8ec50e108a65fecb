import './oneLine.css';
import * as l10n from '@vscode/l10n';
import type { PageState } from '../state';
import { Icon } from './icon';
import { tileFigures, type TileFigure } from './tileFigures';

/** The figures that are left longest where there is little room, first, each with the icon that it has in the status bar. */
const ICONS: ReadonlyMap<string, string> = new Map([
  ['tile-cpu', 'pulse'],
  ['tile-heap', 'database'],
  ['tile-handles', 'plug'],
  ['tile-rss', 'server'],
  ['tile-loop', 'sync'],
  ['tile-allocated', 'layers'],
]);

interface OneLineProps {
  readonly state: PageState;
  /** Whether it stands by itself, as tiles do. */
  readonly isCard?: boolean;
}

/** R14's collapsed form: the six figures of the moment in one line, and whether the heap is growing. */
export function OneLine({ state, isCard = false }: OneLineProps) {
  const { current } = state;
  const figures = current ? tileFigures(current, state) : [];
  const shown = [...ICONS].flatMap(([id, icon]) => {
    const figure = figures.find((one) => one.id === id);
    return figure ? [{ figure, icon }] : [];
  });
  return (
    <section class={`one-line${isCard ? ' card' : ''}`} data-test="one-line" aria-label={l10n.t('Current figures')} aria-busy={current === null}>
      {current === null && <div class="skeleton line-skeleton" />}
      {shown.map(({ figure, icon }) => (
        <LineFigure key={figure.id} figure={figure} icon={icon} />
      ))}
    </section>
  );
}

function LineFigure({ figure: { id, label, value, title, badge }, icon }: { readonly figure: TileFigure; readonly icon: string }) {
  return (
    <span class="line-figure" data-test={id.replace('tile', 'line')} title={`${label}: ${value}\n${title}`}>
      <Icon name={icon} />
      <span class="line-label">{label}</span>
      <span class="line-value">{value}</span>
      {badge && (
        <span class="growth" title={`${badge.text}\n${badge.title}`}>
          <Icon name="arrow-up" />
          <span class="line-label">{badge.text}</span>
        </span>
      )}
    </span>
  );
}
