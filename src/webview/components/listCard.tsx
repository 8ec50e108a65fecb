import './listCard.css';
import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { translated } from '../../model/collectorTexts';
import { visibleText } from '../../model/displayName';
import { Icon } from './icon';

interface ListCardProps {
  /** Its id in the page and its `data-test` hook. */
  readonly id: string;
  readonly title: string;
  /** What one must know to read the list, a line each. */
  readonly notes: readonly string[];
  /** How urgent the content is. */
  readonly tone?: 'error' | 'warning' | 'none';
  readonly content: ListContent;
  /** Stands above the content, whatever that is. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

export const NEVER_READ: ListContent = { kind: 'missing', text: l10n.t('Profiling ended before this was read.') };

/** Texts of the host are sentences; this only bounds them. */
const TEXT_CHARACTERS = 1000;

/** What a list has to show: rows, the reason why it has none, or neither as long as no reading came. */
export type ListContent =
  | { readonly kind: 'rows'; /** The sum over all rows. */ readonly figure: string }
  | { readonly kind: 'waiting' | 'missing' | 'empty'; readonly text: string };

const ICONS = { waiting: 'loading', missing: 'info', empty: 'check' } as const;
const SKELETON_ROWS = [0, 1, 2, 3];

/** The frame of a list: its title, its sum, and what to say when it has no rows. */
export function ListCard({ id, title, notes, tone = 'none', content, tools, children }: ListCardProps) {
  const waiting = content.kind === 'waiting';
  return (
    <section id={id} class={`card list-card tone-${tone}`} data-test={id} aria-busy={waiting}>
      <div class="card-head">
        <h2 class="card-title">{title}</h2>
        <span class="card-figure">{content.kind === 'rows' ? content.figure : ''}</span>
      </div>
      {notes.map((note, index) => (
        <p key={index} class="card-note">
          {visibleText(translated(note), TEXT_CHARACTERS)}
        </p>
      ))}
      {tools}
      {content.kind === 'rows' ? (
        children
      ) : (
        <p class="list-text">
          <Icon name={ICONS[content.kind]} spin={waiting} />
          <span>{visibleText(translated(content.text), TEXT_CHARACTERS)}</span>
        </p>
      )}
      {waiting && SKELETON_ROWS.map((row) => <div key={row} class="skeleton row-skeleton" />)}
    </section>
  );
}
