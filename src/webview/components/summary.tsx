import './summary.css';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host';
import type { PageState } from '../state';
import { Button } from './button';
import { StatePill, HealthBadge } from './header';
import { ListsContext } from './listsContext';
import { OneLine } from './oneLine';
import { sizeTool, type PageSize } from './pageSize';
import { Problems } from './problems';
import { Tiles } from './tiles';
import { ToolButton } from './toolbar';

interface SummaryProps {
  readonly state: PageState;
  readonly host: Host;
  readonly size: PageSize;
}

/** The page in a side bar: how the program is, the figures of the moment, and what is most urgent; collapsed, one line of it. */
export function Summary({ state, host, size }: SummaryProps) {
  const session = state.status?.session;
  const isLive = session?.state === 'live';
  const showPanel = () => host.post({ type: 'showProfiler' });
  return (
    <ListsContext.Provider value={state.lists}>
      <main class={`content summary${size.isOneLine ? ' collapsed' : ''}`} data-test="summary">
        <div class="summary-bar">
          {session && !(size.isOneLine && isLive) && <StatePill session={session} />}
          {state.handles?.missing === null && <HealthBadge handles={state.handles} />}
          {size.isOneLine ? <OneLine state={state} /> : <Button text={l10n.t('Show profiler')} icon="pulse" small shrinks onClick={showPanel} />}
          {session && <ToolButton tool={sizeTool(size)} />}
        </div>
        {!size.isOneLine && (
          <>
            <Tiles state={state} />
            <Problems facts={state.handles} hidden={state.hidden} onShowAll={showPanel} />
          </>
        )}
      </main>
    </ListsContext.Provider>
  );
}
