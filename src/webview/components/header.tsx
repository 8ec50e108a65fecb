import './header.css';
import { visibleText } from '../../model/displayName';
import { formatClock, formatCount } from '../../model/format';
import { healthOf, longWaits, stuckMembers, type Health } from '../../model/health';
import type { HandlesView, Hidden } from '../../protocol/profile';
import type { SessionInfo } from '../../protocol/reports';
import type { EpochMilliseconds } from '../../protocol/units';
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
        {session && state.handles?.missing === null && <HealthBadge handles={state.handles} hidden={state.hidden} />}
        <span class="spring" />
        {session && <Actions session={session} markedAt={state.handles?.markedAt ?? null} host={host} />}
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

function HealthBadge({ handles, hidden }: { readonly handles: HandlesView; readonly hidden: Hidden }) {
  const health = healthOf(handles, hidden);
  const look = HEALTH_LOOKS[health];
  const why = {
    healthy: 'Nothing outside background work has been waiting for long.',
    longWait: `Waiting for long, outside background work: ${formatCount(longWaits(handles, hidden))}.`,
    stuck: `Caused by a request and waiting for long: ${formatCount(stuckMembers(handles, hidden))}.`,
  }[health];
  return (
    <span class={`pill tone-${look.tone}`} data-test="health" data-health={health} title={why}>
      <Icon name={look.icon} />
      {look.label}
    </span>
  );
}

const MARK_TITLE = 'Mark now: from then on the lists show what has changed since.';

interface ActionsProps {
  readonly session: SessionInfo;
  readonly markedAt: EpochMilliseconds | null;
  readonly host: Host;
}

function Actions({ session, markedAt, host }: ActionsProps) {
  const { action } = STATE_LOOKS[session.state];
  const isRead = action === 'stop' && session.state !== 'connecting';
  const sessionId = session.id;
  return (
    <div class="actions">
      {isRead && (
        <>
          <Button
            text="Mark now"
            title={markedAt === null ? MARK_TITLE : `${MARK_TITLE} The mark was set at ${formatClock(markedAt, true)}.`}
            detail={markedAt === null ? '' : formatClock(markedAt, true)}
            icon="bookmark"
            shrinks
            onClick={() => host.post({ type: 'markNow', sessionId })}
          />
          <Button
            text="Find abandoned awaits"
            title="Follow every promise for a while, and list those that were thrown away while something still awaited them"
            icon="search"
            shrinks
            onClick={() => host.post({ type: 'deepCheck', sessionId })}
          />
          <Button text="CPU profile" title="Take a CPU profile" icon="dashboard" shrinks onClick={() => host.post({ type: 'command', command: 'takeCpuProfile', sessionId })} />
          <Button text="Heap snapshot" title="Take a heap snapshot" icon="device-camera" shrinks onClick={() => host.post({ type: 'command', command: 'takeHeapSnapshot', sessionId })} />
          <Button text="Open raw handle dump" icon="output" shrinks onClick={() => host.post({ type: 'openRawHandleDump' })} />
        </>
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
