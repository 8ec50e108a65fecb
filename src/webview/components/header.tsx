import './header.css';
import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { visibleText } from '../../model/displayName';
import { formatCount } from '../../model/format';
import type { HandlesFacts, Health } from '../../protocol/panel';
import type { SessionInfo } from '../../protocol/reports';
import type { Host } from '../host';
import { headerTools, type HeaderState } from './headerTools';
import { Icon } from './icon';
import type { PageSize } from './pageSize';
import { pureOf } from './pure';
import { SessionSelect } from './sessionSelect';
import { STATE_LOOKS } from './sessionStates';
import { Toolbar } from './toolbar';

interface HeaderProps {
  readonly state: HeaderState;
  readonly host: Host;
  readonly size: PageSize;
}

/** Which program is on show, how it is, and what can be done. Stays in sight while the page scrolls. */
export const Header = pureOf<HeaderProps>({ sessions: true, status: true, current: true, handles: true, allocations: true }, ({ state, host, size }) => {
  const session = state.status?.session;
  const notice = state.status?.notice ?? null;
  const bar = useRef<HTMLElement>(null);
  useToldHeight(bar);
  return (
    <header class="header" ref={bar}>
      <div class="header-bar">
        <span class="product">Bifrost</span>
        <SessionSelect sessions={state.sessions} selected={session ?? null} host={host} />
        {session && <ProcessFacts session={session} />}
        {session && <StatePill session={session} />}
        {session && state.handles?.missing === null && <HealthBadge handles={state.handles} />}
        {session ? <Toolbar label={l10n.t('Profiler')} {...headerTools(state, session, host, size)} /> : <span class="spring" />}
      </div>
      {session && notice !== null && <Notice session={session} text={notice} />}
    </header>
  );
});

/** What else stays in sight while the page scrolls stands below the header, which may be of several lines. */
function useToldHeight(bar: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return undefined;
    const tell = () => document.documentElement.style.setProperty('--header-height', `${element.offsetHeight}px`);
    tell();
    const resizes = new ResizeObserver(tell);
    resizes.observe(element);
    return () => resizes.disconnect();
  }, []);
}

function ProcessFacts({ session }: { readonly session: SessionInfo }) {
  const facts = [
    session.pid === null ? '' : l10n.t('pid {0}', session.pid),
    session.nodeVersion === null ? '' : l10n.t('Node {0}', visibleText(session.nodeVersion.replace(/^v/, ''), 30)),
  ];
  return <span class="process-facts">{facts.filter((fact) => fact !== '').join(' · ')}</span>;
}

export function StatePill({ session }: { readonly session: SessionInfo }) {
  const look = STATE_LOOKS[session.state];
  return (
    <span class={`pill tone-${look.tone}`} data-test="state" data-state={session.state} role="status">
      <Icon name={look.icon} spin={look.spin ?? false} />
      {look.label}
    </span>
  );
}

const HEALTH_LOOKS: Readonly<Record<Health, { readonly label: string; readonly icon: string; readonly tone: string }>> = {
  healthy: { label: l10n.t('Healthy'), icon: 'pass', tone: 'good' },
  longWait: { label: l10n.t('Long wait'), icon: 'history', tone: 'warning' },
  stuck: { label: l10n.t('Stuck'), icon: 'error', tone: 'error' },
};

export function HealthBadge({ handles: { health, longWaits, stuckMembers } }: { readonly handles: HandlesFacts }) {
  const look = HEALTH_LOOKS[health];
  const why = {
    healthy: l10n.t('Nothing outside background work has been waiting for long.'),
    longWait: l10n.t('Waiting for long, outside background work: {0}.', formatCount(longWaits)),
    stuck: l10n.t('Caused by a request and waiting for long: {0}.', formatCount(stuckMembers)),
  }[health];
  return (
    <span class={`pill tone-${look.tone}`} data-test="health" data-health={health} title={why}>
      <Icon name={look.icon} />
      {look.label}
    </span>
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
