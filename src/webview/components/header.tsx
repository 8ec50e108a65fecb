import './header.css';
import { visibleText } from '../../model/displayName';
import { healthOf, longWaits, type Health } from '../../model/health';
import type { HandlesView } from '../../protocol/profile';
import type { SessionInfo } from '../../protocol/reports';
import type { Host } from '../host';
import type { PageState } from '../state';
import { Button } from './button';
import { Icon } from './icon';
import { SessionSelect } from './sessionSelect';
import { STATE_LOOKS } from './sessionStates';

/** Which program is on show, how it is, and what can be done. Stays in sight while the page scrolls. */
export function Header({ state, host }: { readonly state: PageState; readonly host: Host }) {
  const session = state.status?.session;
  const notice = state.status?.notice ?? null;
  return (
    <header class="header">
      <div class="header-bar">
        <span class="product">Bifrost</span>
        <SessionSelect sessions={state.sessions} selected={session ?? null} host={host} />
        {session && <ProcessFacts session={session} />}
        {session && <StatePill session={session} />}
        {session && state.handles?.missing === null && <HealthBadge handles={state.handles} />}
        <span class="spring" />
        {session && <Actions session={session} host={host} />}
      </div>
      {session && notice !== null && <Notice session={session} text={notice} />}
    </header>
  );
}

function ProcessFacts({ session }: { readonly session: SessionInfo }) {
  const facts = [
    session.pid === null ? '' : `pid ${session.pid}`,
    session.nodeVersion === null ? '' : `Node ${visibleText(session.nodeVersion.replace(/^v/, ''), 30)}`,
  ];
  return <span class="process-facts">{facts.filter((fact) => fact !== '').join(' · ')}</span>;
}

function StatePill({ session }: { readonly session: SessionInfo }) {
  const look = STATE_LOOKS[session.state];
  return (
    <span class={`pill tone-${look.tone}`} data-test="state" data-state={session.state} role="status">
      <Icon name={look.icon} spin={look.spin ?? false} />
      {look.label}
    </span>
  );
}

const HEALTH_LOOKS: Readonly<Record<Health, { readonly label: string; readonly icon: string; readonly tone: string }>> = {
  healthy: { label: 'Healthy', icon: 'pass', tone: 'good' },
  longWait: { label: 'Long wait', icon: 'history', tone: 'warning' },
  stuck: { label: 'Stuck', icon: 'error', tone: 'error' },
};

function HealthBadge({ handles }: { readonly handles: HandlesView }) {
  const health = healthOf(handles);
  const look = HEALTH_LOOKS[health];
  const why = {
    healthy: 'No handle outside background work has been waiting for long.',
    longWait: `${longWaits(handles)} open handles outside background work have been waiting for long.`,
    stuck: `${handles.summary.potentiallyStuck} open handles that a request caused have been waiting for long.`,
  }[health];
  return (
    <span class={`pill tone-${look.tone}`} data-test="health" data-health={health} title={why}>
      <Icon name={look.icon} />
      {look.label}
    </span>
  );
}

function Actions({ session, host }: { readonly session: SessionInfo; readonly host: Host }) {
  const { action } = STATE_LOOKS[session.state];
  const canDump = action === 'stop' && session.state !== 'connecting';
  const sessionId = session.id;
  return (
    <div class="actions">
      {canDump && (
        <Button text="Open raw handle dump" icon="output" shrinks onClick={() => host.post({ type: 'openRawHandleDump' })} />
      )}
      {action === 'stop' && <Button text="Stop profiling" icon="debug-stop" shrinks onClick={() => host.post({ type: 'stop', sessionId })} />}
      {action === 'start' && <Button text="Start profiling" icon="play" primary shrinks onClick={() => host.post({ type: 'start', sessionId })} />}
    </div>
  );
}

function Notice({ session, text }: { readonly session: SessionInfo; readonly text: string }) {
  const { tone } = STATE_LOOKS[session.state];
  const icon = tone === 'error' ? 'error' : tone === 'warning' ? 'warning' : 'info';
  return (
    <p class={`notice tone-${tone}`} data-test="notice" role="status">
      <Icon name={icon} />
      <span>{visibleText(text, 1000)}</span>
    </p>
  );
}
