import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../../model/format';
import type { PageState } from '../state';
import { Allocations } from './allocations';
import { useHandleQuery } from './handleQuery';
import { Handles } from './handles';
import { ListsContext } from './listsContext';
import { Overview } from './overview';
import { Processes } from './processes';
import { pureOf } from './pure';
import { useRememberedChoice } from './remembered';
import { useTabScroll } from './tabScroll';
import { Tabs, type Tab } from './tabs';

const TAB_IDS = ['overview', 'allocations', 'handles', 'processes'] as const;

export type TabId = (typeof TAB_IDS)[number];

const PARTS = { allocations: true, handles: true, hidden: true, lists: true, processes: true, reveal: true, status: true } as const;

interface ListsProps {
  readonly state: Pick<PageState, keyof typeof PARTS>;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

/** The lists of the page, a tab each, and what is most urgent of them in the first. */
export const Lists = pureOf<ListsProps>(PARTS, ({ state, waiting }) => {
  const { allocations, handles, hidden } = state;
  const [tab, chooseTab] = useRememberedChoice('Tab', TAB_IDS);
  const chosen = useHandleQuery();
  const top = useRef<HTMLDivElement>(null);
  const scroll = useTabScroll(tab, top);
  const selectTab = useCallback(
    (id: TabId) => {
      scroll.leave();
      chooseTab(id);
    },
    [scroll, chooseTab],
  );
  /** Shows the first rows of a list, not those where somebody was before. */
  const show = useCallback(
    (id: TabId) => {
      scroll.forget(id);
      selectTab(id);
    },
    [scroll, selectTab],
  );
  const { choose } = chosen;
  const { reveal } = state;
  useEffect(() => {
    if (reveal === null) return;
    if (reveal.list === 'handles') choose({ filters: [], search: '' });
    show(reveal.list);
  }, [reveal]);
  const showProblems = useCallback(() => {
    choose({ filters: ['problems'], search: '' });
    show('handles');
  }, [choose, show]);
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
          {tab === 'overview' && <Overview allocations={allocations} handles={handles} hidden={hidden} waiting={waiting} onShow={show} onShowProblems={showProblems} />}
          {tab === 'allocations' && <Allocations facts={allocations} status={state.status} reveal={reveal} waiting={waiting} />}
          {tab === 'handles' && <Handles facts={handles} hidden={hidden} chosen={chosen} reveal={reveal} waiting={waiting} />}
          {tab === 'processes' && <Processes processes={state.processes} />}
        </Tabs>
      </div>
    </ListsContext.Provider>
  );
});
