import './emptyState.css';
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
      <h2>No program is being profiled.</h2>
      <p>Start debugging a Node.js program, then show the profiler: it attaches to the running debug session.</p>
      <Button text="Show profiler" icon="play" primary onClick={() => host.post({ type: 'showProfiler' })} />
    </main>
  );
}

/** The page while the program on show has no figures and none are on their way. */
export function NoFigures({ session, host }: { readonly session: SessionInfo; readonly host: Host }) {
  const look = STATE_LOOKS[session.state];
  const retry = session.state === 'failed';
  return (
    <main class="empty">
      <Icon name={look.icon} />
      <h2>{look.text}</h2>
      {retry && <p>The reason is above.</p>}
      {look.action === 'start' && (
        <Button
          text={retry ? 'Try again' : 'Start profiling'}
          icon={retry ? 'refresh' : 'play'}
          primary
          onClick={() => host.post({ type: 'start', sessionId: session.id })}
        />
      )}
      {session.state === 'ended' && <Button text="Show profiler" icon="play" primary onClick={() => host.post({ type: 'showProfiler' })} />}
    </main>
  );
}
