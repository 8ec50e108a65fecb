import * as l10n from '@vscode/l10n';
import { visibleText } from '../../model/displayName';
import type { SessionInfo } from '../../protocol/reports';
import type { Host } from '../host';
import { STATE_LOOKS } from './sessionStates';

interface SessionSelectProps {
  readonly sessions: readonly SessionInfo[];
  readonly selected: SessionInfo | null;
  readonly host: Host;
}

const NAME_CHARACTERS = 80;

/** The program's name; a choice when there is more than one, or one that is not on show. */
export function SessionSelect({ sessions, selected, host }: SessionSelectProps) {
  const others = sessions.filter((session) => session.id !== selected?.id);
  if (others.length === 0) {
    return selected && <h1 class="process-name" title={visibleText(selected.name, 500)}>{visibleText(selected.name, NAME_CHARACTERS)}</h1>;
  }
  const listed = selected && others.length === sessions.length ? [selected, ...sessions] : sessions;
  return (
    <select
      class="session-select"
      data-test="session-select"
      aria-label={l10n.t('Program on show')}
      value={selected?.id ?? ''}
      onChange={(event) => host.post({ type: 'selectSession', sessionId: event.currentTarget.value })}
    >
      {!selected && (
        <option value="" disabled>
          {l10n.t('Choose a program')}
        </option>
      )}
      {listed.map((session) => (
        <option key={session.id} value={session.id}>
          {optionText(session)}
        </option>
      ))}
    </select>
  );
}

/** An option cannot hold a pill, so the state is part of its text. */
function optionText(session: SessionInfo): string {
  const pid = session.pid === null ? '' : ` (${session.pid})`;
  return `${visibleText(session.name, NAME_CHARACTERS)}${pid} – ${STATE_LOOKS[session.state].label.toLowerCase()}`;
}
