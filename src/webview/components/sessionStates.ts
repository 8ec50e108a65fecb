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
  available: { label: 'Not profiled', icon: 'circle-large-outline', tone: 'idle', action: 'start', text: 'This program is not being profiled yet.' },
  connecting: { label: 'Connecting', icon: 'loading', spin: true, tone: 'info', action: 'stop', text: 'Connecting to the program…' },
  live: { label: 'Live', icon: 'pulse', tone: 'good', action: 'stop', text: 'Waiting for the first figures…' },
  paused: { label: 'Paused', icon: 'debug-pause', tone: 'warning', action: 'stop', text: 'The program is paused in the debugger.' },
  busy: { label: 'Busy', icon: 'watch', tone: 'warning', action: 'stop', text: 'The program is busy and does not answer at the moment.' },
  reconnecting: { label: 'Reconnecting', icon: 'loading', spin: true, tone: 'warning', action: 'stop', text: 'The connection to the program was cut.' },
  ended: { label: 'Ended', icon: 'circle-slash', tone: 'idle', text: 'The program has ended before anything was measured.' },
  saved: { label: 'Saved profile', icon: 'file', tone: 'idle', text: 'The saved profile has no figures.' },
  stopped: { label: 'Stopped', icon: 'debug-stop', tone: 'idle', action: 'start', text: 'Profiling was stopped before anything was measured.' },
  failed: { label: 'Failed', icon: 'error', tone: 'error', action: 'start', text: 'The program could not be profiled.' },
};

/** States in which figures are still to come. */
export function isRunning(state: SessionState): boolean {
  return STATE_LOOKS[state].action === 'stop';
}
