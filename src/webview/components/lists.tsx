import { useRef } from 'preact/hooks';
import { formatCount } from '../../model/format';
import { stuckMembers } from '../../model/health';
import type { PageState } from '../state';
import { Allocations } from './allocations';
import { useFilters } from './filters';
import { Handles } from './handles';
import { Overview } from './overview';
import { useRememberedChoice } from './remembered';
import { useReveal } from './reveal';
import { Tabs, type Tab } from './tabs';

const TAB_IDS = ['overview', 'allocations', 'handles'] as const;

export type TabId = (typeof TAB_IDS)[number];

interface ListsProps {
  readonly state: PageState;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

/** The lists of the page, a tab each, and what is most urgent of them in the first. */
export function Lists({ state, waiting }: ListsProps) {
  const { allocations, handles, hidden } = state;
  const [tab, selectTab] = useRememberedChoice('Tab', TAB_IDS);
  const filters = useFilters();
  const top = useRef<HTMLDivElement>(null);
  const show = (id: TabId) => {
    selectTab(id);
    top.current?.scrollIntoView({ block: 'nearest' });
  };
  useReveal(state.reveal, (list) => {
    filters.only();
    show(list);
  });
  const showProblems = () => {
    filters.only('problems');
    show('handles');
  };
  const stuck = handles?.missing === null ? stuckMembers(handles, hidden) : 0;
  const tabs: readonly Tab<TabId>[] = [
    { id: 'overview', text: 'Overview' },
    { id: 'allocations', text: 'Allocations' },
    { id: 'handles', text: 'Handles & Pending', badge: stuck > 0 ? formatCount(stuck) : '', badgeTitle: `${formatCount(stuck)} stuck` },
  ];
  return (
    <div class="lists" ref={top}>
      <Tabs label="Lists" tabs={tabs} selected={tab} onSelect={selectTab}>
        {tab === 'overview' && <Overview state={state} waiting={waiting} onShow={show} onShowProblems={showProblems} />}
        {tab === 'allocations' && <Allocations allocations={allocations} waiting={waiting} />}
        {tab === 'handles' && <Handles handles={handles} hidden={hidden} filters={filters} waiting={waiting} />}
      </Tabs>
    </div>
  );
}
