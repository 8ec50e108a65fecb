import './overview.css';
import type { HandlesFacts } from '../../protocol/panel';
import type { AllocationsFacts, Hidden } from '../../protocol/profile';
import type { TabId } from './lists';
import { Problems } from './problems';
import { pure } from './pure';
import { LargestGroups, TopSites } from './topLists';

interface OverviewProps {
  readonly allocations: AllocationsFacts | null;
  readonly handles: HandlesFacts | null;
  readonly hidden: Hidden;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
  onShow(tab: TabId): void;
  onShowProblems(): void;
}

/** How the program is: its problems, and the first rows of each list. */
export const Overview = pure(({ allocations, handles, hidden, waiting, onShow, onShowProblems }: OverviewProps) => (
  <>
    <Problems facts={handles} hidden={hidden} onShowAll={onShowProblems} />
    <div class="overview">
      <TopSites facts={allocations} waiting={waiting} onShowAll={() => onShow('allocations')} />
      <LargestGroups facts={handles} waiting={waiting} onShowAll={() => onShow('handles')} />
    </div>
  </>
));
