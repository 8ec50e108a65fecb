import type { PageState } from '../state';
import { Allocations } from './allocations';
import { useFilters } from './filters';
import { Handles } from './handles';
import { Problems } from './problems';

interface ListsProps {
  readonly state: PageState;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

/** The lists of the page. The list of handles and that of the problems share their filters. */
export function Lists({ state, waiting }: ListsProps) {
  const { allocations, handles, hidden } = state;
  const filters = useFilters();
  const showProblems = () => {
    filters.only('problems');
    document.getElementById('handles')?.scrollIntoView();
  };
  return (
    <>
      <Problems handles={handles} hidden={hidden} onShowAll={showProblems} />
      <div class="lists">
        <Allocations allocations={allocations} waiting={waiting} />
        <Handles handles={handles} hidden={hidden} filters={filters} waiting={waiting} />
      </div>
    </>
  );
}
