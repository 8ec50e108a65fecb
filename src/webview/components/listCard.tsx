import './listCard.css';
import type { ComponentChildren } from 'preact';
import { visibleText } from '../../model/displayName';
import { Icon } from './icon';

interface ListCardProps {
  /** Its `data-test` hook. */
  readonly id: string;
  readonly title: string;
  /** The sum over all rows. */
  readonly figure: string;
  /** What one must know to read the list. */
  readonly note: string;
  /** Each of these stands in place of the rows when it is not null; the first one counts. */
  readonly missing: string | null;
  readonly waiting: string | null;
  readonly empty: string | null;
  readonly children: ComponentChildren;
}

/** The frame of a list: its title, its sum, and what to say when it has no rows. */
export function ListCard({ id, title, figure, note, missing, waiting, empty, children }: ListCardProps) {
  const instead = missing ?? waiting ?? empty;
  return (
    <section class="card list-card" data-test={id} aria-busy={waiting !== null}>
      <div class="card-head">
        <h2 class="card-title">{title}</h2>
        <span class="card-figure">{figure}</span>
      </div>
      <p class="card-note">{note}</p>
      {instead === null ? (
        children
      ) : (
        <p class="list-text">
          <Icon name={missing === null ? (waiting === null ? 'check' : 'loading') : 'info'} spin={missing === null && waiting !== null} />
          <span>{visibleText(instead, 1000)}</span>
        </p>
      )}
    </section>
  );
}
