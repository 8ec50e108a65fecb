import { useCallback, useMemo } from 'preact/hooks';
import { Timeline } from '../charts/timeline';
import type { Interval } from '../../protocol/profile';
import type { Host } from '../host';
import type { PageState } from '../state';
import { PageContext } from './context';
import { NoFigures, NoSession } from './emptyState';
import { ErrorGuard } from './errorGuard';
import { Footer } from './footer';
import { Header } from './header';
import { Lists } from './lists';
import { OneLine } from './oneLine';
import { usePageSize, type PageSize } from './pageSize';
import { isRunning, STATE_LOOKS } from './sessionStates';
import { Summary } from './summary';
import { Tiles } from './tiles';

interface AppProps {
  readonly state: PageState;
  readonly host: Host;
  /** Whether the page is in a side bar, where only the figures of the moment and the problems are shown. */
  readonly isCompact: boolean;
}

/** The whole page. */
export function App({ state, host, isCompact }: AppProps) {
  const sessionId = state.status?.session.id ?? null;
  const { workspaceFolders } = state;
  const page = useMemo(() => ({ host, sessionId, workspaceFolders }), [host, sessionId, workspaceFolders]);
  return (
    <PageContext.Provider value={page}>
      <ErrorGuard host={host}>
        <Page state={state} host={host} isCompact={isCompact} />
      </ErrorGuard>
    </PageContext.Provider>
  );
}

function Page({ state, host, isCompact }: AppProps) {
  const size = usePageSize();
  return (
    <>
      {!isCompact && <Header state={state} host={host} size={size} />}
      <Content key={state.status?.session.id ?? null} state={state} host={host} isCompact={isCompact} size={size} />
    </>
  );
}

function Content({ state, host, isCompact, size }: AppProps & { readonly size: PageSize }) {
  const session = state.status?.session;
  const sessionId = session?.id;
  const select = useCallback(
    (interval: Interval | null) => {
      if (sessionId !== undefined) host.post(interval ? { type: 'selectInterval', sessionId, interval } : { type: 'clearInterval', sessionId });
    },
    [host, sessionId],
  );
  if (!session) return <NoSession host={host} />;
  const hasFigures = state.current !== null || state.history.length > 0 || state.allocations?.readAt != null;
  if (!hasFigures && !isRunning(session.state)) return <NoFigures session={session} notice={isCompact ? state.status.notice : null} host={host} />;
  const waiting = STATE_LOOKS[session.state].text;
  const selected = state.allocations?.interval ?? null;
  const past = !isRunning(session.state);
  if (isCompact) return <Summary state={state} host={host} size={size} />;
  return (
    <main class={`content${past ? ' past' : ''}`}>
      {size.isOneLine ? (
        <OneLine state={state} isCard />
      ) : (
        <>
          <Tiles state={state} />
          <Timeline state={state} waiting={waiting} selected={selected} onSelect={select} />
        </>
      )}
      <Lists state={state} waiting={past ? null : waiting} />
      <Footer state={state} />
    </main>
  );
}
