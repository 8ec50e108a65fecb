import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../../model/format';
import type { PageState } from '../state';
import { Allocations } from './allocations';
import { useHandleQuery } from './handleQuery';
import { Handles } from './handles';
import { ListsContext } from './listsContext';
import { Overview } from './overview';
import { Processes } from './processes';
import { useRememberedChoice } from './remembered';
import { useTabScroll } from './tabScroll';
import { Tabs, type Tab } from './tabs';

const TAB_IDS = ['overview', 'allocations', 'handles', 'processes'] as const;

export type TabId = (typeof TAB_IDS)[number];

interface ListsProps {
  readonly state: PageState;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

/** The lists of the page, a tab each, and what is most urgent of them in the first. */
export function Lists({ state, waiting }: ListsProps) {
  const { allocations, handles, hidden } = state;
  const [tab, chooseTab] = useRememberedChoice('Tab', TAB_IDS);
  const chosen = useHandleQuery();
  const top = useRef<HTMLDivElement>(null);
  const scroll = useTabScroll(tab, top);
  const selectTab = (id: TabId) => {
    scroll.leave();
    chooseTab(id);
  };
  /** Shows the first rows of a list, not those where somebody was before. */
  const show = (id: TabId) => {
    scroll.forget(id);
    selectTab(id);
  };
  const { reveal } = state;
  useEffect(() => {
    if (reveal === null) return;
    if (reveal.list === 'handles') chosen.choose({ filters: [], search: '' });
    show(reveal.list);
  }, [reveal]);
  const showProblems = () => {
    chosen.choose({ filters: ['problems'], search: '' });
    show('handles');
  };
  const stuck = handles?.stuckMembers ?? 0;
  const tabs: readonly Tab<TabId>[] = [
    { id: 'overview', text: l10n.t('Overview') },
    { id: 'allocations', text: l10n.t('Allocations') },
    { id: 'handles', text: l10n.t('Handles & Pending'), badge: stuck > 0 ? formatCount(stuck) : '', badgeTitle: l10n.t('{0} stuck', formatCount(stuck)) },
    { id: 'processes', text: l10n.t('Processes') },
  ];
  return (
    <ListsContext.Provider value={state.lists}>
      <div class="lists" ref={top}>
      <Tabs label={l10n.t('Lists')} tabs={tabs} selected={tab} onSelect={selectTab}>
        {tab === 'overview' && <Overview state={state} waiting={waiting} onShow={show} onShowProblems={showProblems} />}
        {tab === 'allocations' && <Allocations facts={allocations} status={state.status} reveal={reveal} waiting={waiting} />}
        {tab === 'handles' && <Handles facts={handles} hidden={hidden} chosen={chosen} reveal={reveal} waiting={waiting} />}
        {tab === 'processes' && <Processes processes={state.processes} />}
      </Tabs>
      </div>
    </ListsContext.Provider>
  );
}
