import './filterBar.css';
import { formatMembers } from '../../model/format';
import type { HandleFilter, HandleListUpdate, Members } from '../../protocol/lists';
import type { ChosenHandles } from './handleQuery';

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
    <div class="filters" role="group" aria-label="Show only">
      <FilterChip
        id="all"
        text="All"
        title="Everything that is not hidden"
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
