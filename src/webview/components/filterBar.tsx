import './filterBar.css';
import * as l10n from '@vscode/l10n';
import { formatMembers } from '../../model/format';
import type { HandleFilter, HandleListUpdate, Members } from '../../protocol/lists';
import type { ChosenHandles } from './handleQuery';

const FILTERS: readonly { readonly id: HandleFilter; readonly text: string; readonly title: string }[] = [
  { id: 'handle', text: l10n.t('Handles'), title: l10n.t('Sockets, servers, timers, files and other open resources') },
  { id: 'pending', text: l10n.t('Pending'), title: l10n.t('Promises that have not settled') },
  { id: 'problems', text: l10n.t('Problems only'), title: l10n.t('Waiting for long, and no background work') },
  { id: 'grown', text: l10n.t('Grown'), title: l10n.t('More than when the mark was set') },
  { id: 'appeared', text: l10n.t('Selected time'), title: l10n.t('Came in the time that is selected in a chart') },
  { id: 'keepsAlive', text: l10n.t('Keeps alive'), title: l10n.t('Keeps the process from ending') },
  { id: 'per_request', text: l10n.t('Per request'), title: l10n.t('Caused by a request that the program was handling') },
  { id: 'background', text: l10n.t('Background'), title: l10n.t('Serves the program as a whole') },
  { id: 'unknown', text: l10n.t('Unknown cause'), title: l10n.t('Not known whether a request caused it') },
];

interface FilterBarProps {
  /** What each filter would leave of all that is not hidden. */
  readonly left: HandleListUpdate['left'];
  readonly chosen: ChosenHandles;
  /** Without one, nothing can have grown since. */
  readonly hasMark: boolean;
  /** Whether a stretch of the charts is selected. */
  readonly hasInterval: boolean;
}

/** Chips that narrow the list down, each with how many handles and operations it would leave. */
export function FilterBar({ left, chosen, hasMark, hasInterval }: FilterBarProps) {
  const { filters } = chosen.query;
  const isOffered = (id: HandleFilter) => (id === 'grown' ? hasMark : id === 'appeared' ? hasInterval : true) || filters.includes(id);
  return (
    <div class="filters" role="group" aria-label={l10n.t('Show only')}>
      <FilterChip
        id="all"
        text={l10n.t('All')}
        title={l10n.t('Everything that is not hidden')}
        members={left.all}
        pressed={filters.length === 0}
        onClick={() => chosen.choose({ filters: [] })}
      />
      {FILTERS.map(({ id, text, title }) =>
        isOffered(id) && (
          <FilterChip key={id} id={id} text={text} title={title} members={left[id]} pressed={filters.includes(id)} onClick={() => chosen.toggle(id)} />
        ),
      )}
    </div>
  );
}

interface FilterChipProps {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly members: Members;
  readonly pressed: boolean;
  onClick(): void;
}

function FilterChip({ id, text, title, members: { count, estimated }, pressed, onClick }: FilterChipProps) {
  return (
    <button
      type="button"
      class={`filter${count === 0 ? ' nothing' : ''}`}
      data-test="filter"
      data-filter={id}
      aria-pressed={pressed}
      title={title}
      onClick={onClick}
    >
      {text}
      <span class="filter-count">{formatMembers(count, estimated)}</span>
    </button>
  );
}
