import './filterBar.css';
import { formatMembers } from '../../model/format';
import { membersOf, rowsWith, type HandleFilter } from '../../model/handleFilter';
import type { HandleRow } from '../../protocol/profile';
import type { Filters } from './filters';

const FILTERS: readonly { readonly id: HandleFilter; readonly text: string; readonly title: string }[] = [
  { id: 'handle', text: 'Handles', title: 'Sockets, servers, timers, files and other open resources' },
  { id: 'pending', text: 'Pending', title: 'Promises that have not settled' },
  { id: 'problems', text: 'Problems only', title: 'Waiting for long, and no background work' },
  { id: 'grown', text: 'Grown', title: 'More than when the mark was set' },
  { id: 'appeared', text: 'Selected time', title: 'Came in the time that is selected in a chart' },
  { id: 'keepsAlive', text: 'Keeps alive', title: 'Keeps the process from ending' },
  { id: 'per_request', text: 'Per request', title: 'Caused by a request that the program was handling' },
  { id: 'background', text: 'Background', title: 'Serves the program as a whole' },
  { id: 'unknown', text: 'Unknown cause', title: 'Not known whether a request caused it' },
];

interface FilterBarProps {
  /** What the filters choose from: all that is not hidden. */
  readonly rows: readonly HandleRow[];
  readonly filters: Filters;
  /** Without one, nothing can have grown since. */
  readonly hasMark: boolean;
  /** Whether a stretch of the charts is selected. */
  readonly hasInterval: boolean;
}

/** Chips that narrow the list down, each with how many handles and operations it would leave. */
export function FilterBar({ rows, filters, hasMark, hasInterval }: FilterBarProps) {
  const { chosen } = filters;
  const isOffered = (id: HandleFilter) => (id === 'grown' ? hasMark : id === 'appeared' ? hasInterval : true) || chosen.includes(id);
  return (
    <div class="filters" role="group" aria-label="Show only">
      <FilterChip id="all" text="All" title="Everything that is not hidden" rows={rows} pressed={chosen.length === 0} onClick={() => filters.only()} />
      {FILTERS.map(({ id, text, title }) =>
        isOffered(id) && (
          <FilterChip
            key={id}
            id={id}
            text={text}
            title={title}
            rows={rowsWith(rows, chosen, id)}
            pressed={chosen.includes(id)}
            onClick={() => filters.toggle(id)}
          />
        ),
      )}
    </div>
  );
}

interface FilterChipProps {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly rows: readonly HandleRow[];
  readonly pressed: boolean;
  onClick(): void;
}

function FilterChip({ id, text, title, rows, pressed, onClick }: FilterChipProps) {
  const { count, estimated } = membersOf(rows);
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
