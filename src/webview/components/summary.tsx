import './summary.css';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host';
import type { PageState } from '../state';
import { Button } from './button';
import { StatePill, HealthBadge } from './header';
import { ListsContext } from './listsContext';
import { Problems } from './problems';
import { Tiles } from './tiles';

/** The page in a side bar: how the program is, the figures of the moment, and what is most urgent. */
export function Summary({ state, host }: { readonly state: PageState; readonly host: Host }) {
  const session = state.status?.session;
  const showPanel = () => host.post({ type: 'showProfiler' });
  return (
    <ListsContext.Provider value={state.lists}>
      <main class="content summary">
        <div class="summary-bar">
          {session && <StatePill session={session} />}
          {state.handles?.missing === null && <HealthBadge handles={state.handles} />}
          <Button text={l10n.t('Show profiler')} icon="pulse" small onClick={showPanel} />
        </div>
        <Tiles state={state} />
        <Problems facts={state.handles} hidden={state.hidden} onShowAll={showPanel} />
      </main>
    </ListsContext.Provider>
  );
}
