import './overview.css';
import type { PageState } from '../state';
import type { TabId } from './lists';
import { Problems } from './problems';
import { LargestGroups, TopSites } from './topLists';

interface OverviewProps {
  readonly state: PageState;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
  onShow(tab: TabId): void;
  onShowProblems(): void;
}

/** How the program is: its problems, and the first rows of each list. */
export function Overview({ state, waiting, onShow, onShowProblems }: OverviewProps) {
  const { allocations, handles, hidden } = state;
  return (
    <>
      <Problems facts={handles} hidden={hidden} onShowAll={onShowProblems} />
      <div class="overview">
        <TopSites facts={allocations} waiting={waiting} onShowAll={() => onShow('allocations')} />
        <LargestGroups facts={handles} waiting={waiting} onShowAll={() => onShow('handles')} />
      </div>
    </>
  );
}
