import './emptyState.css';
import * as l10n from '@vscode/l10n';
import type { SessionInfo } from '../../protocol/reports';
import type { Host } from '../host';
import { Button } from './button';
import { Icon } from './icon';
import { STATE_LOOKS } from './sessionStates';

/** The page while there is no program on show. */
export function NoSession({ host }: { readonly host: Host }) {
  return (
    <main class="empty">
      <Icon name="pulse" />
      <h2>{l10n.t('No program is being profiled.')}</h2>
      <p>{l10n.t('Start debugging a Node.js program or a page, then show the profiler: it attaches to the running debug session.')}</p>
      <Button text={l10n.t('Show profiler')} icon="play" primary onClick={() => host.post({ type: 'showProfiler' })} />
    </main>
  );
}

/** The page while the program on show has no figures and none are on their way. @param notice Why, where no header tells. */
export function NoFigures({ session, notice, host }: { readonly session: SessionInfo; readonly notice: string | null; readonly host: Host }) {
  const look = STATE_LOOKS[session.state];
  const retry = session.state === 'failed';
  return (
    <main class="empty">
      <Icon name={look.icon} />
      <h2>{look.text}</h2>
      {retry && <p>{notice ?? l10n.t('The reason is above.')}</p>}
      {look.action === 'start' && (
        <Button
          text={retry ? l10n.t('Try again') : l10n.t('Start profiling')}
          icon={retry ? 'refresh' : 'play'}
          primary
          onClick={() => host.post({ type: 'start', sessionId: session.id })}
        />
      )}
      {session.state === 'ended' && <Button text={l10n.t('Show profiler')} icon="play" primary onClick={() => host.post({ type: 'showProfiler' })} />}
    </main>
  );
}
