import * as l10n from '@vscode/l10n';
import type { SessionState } from '../../protocol/reports';

/** How a session's state looks and what can be done about it. */
export interface StateLook {
  readonly label: string;
  readonly icon: string;
  readonly spin?: true;
  readonly tone: 'good' | 'info' | 'warning' | 'error' | 'idle';
  /** What the button in the header does; none when there is nothing to do. */
  readonly action?: 'start' | 'stop';
  /** Said when there is nothing else to show. */
  readonly text: string;
}

export const STATE_LOOKS: Readonly<Record<SessionState, StateLook>> = {
  available: { label: l10n.t('Not profiled'), icon: 'circle-large-outline', tone: 'idle', action: 'start', text: l10n.t('This program is not being profiled yet.') },
  connecting: { label: l10n.t('Connecting'), icon: 'loading', spin: true, tone: 'info', action: 'stop', text: l10n.t('Connecting to the program…') },
  live: { label: l10n.t('Live'), icon: 'pulse', tone: 'good', action: 'stop', text: l10n.t('Waiting for the first figures…') },
  paused: { label: l10n.t('Paused'), icon: 'debug-pause', tone: 'warning', action: 'stop', text: l10n.t('The program is paused in the debugger.') },
  busy: { label: l10n.t('Busy'), icon: 'watch', tone: 'warning', action: 'stop', text: l10n.t('The program is busy and does not answer at the moment.') },
  reconnecting: { label: l10n.t('Reconnecting'), icon: 'loading', spin: true, tone: 'warning', action: 'stop', text: l10n.t('The connection to the program was cut.') },
  ended: { label: l10n.t('Ended'), icon: 'circle-slash', tone: 'idle', text: l10n.t('The program has ended before anything was measured.') },
  saved: { label: l10n.t('Saved profile'), icon: 'file', tone: 'idle', text: l10n.t('The saved profile has no figures.') },
  stopped: { label: l10n.t('Stopped'), icon: 'debug-stop', tone: 'idle', action: 'start', text: l10n.t('Profiling was stopped before anything was measured.') },
  failed: { label: l10n.t('Failed'), icon: 'error', tone: 'error', action: 'start', text: l10n.t('The program could not be profiled.') },
};

/** States in which figures are still to come. */
export function isRunning(state: SessionState): boolean {
  return STATE_LOOKS[state].action === 'stop';
}
