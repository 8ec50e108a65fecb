import type * as vscode from 'vscode';
import type { DeepCheckReport, HandlesReport, ProcessesReport, ProfileReport, SessionInfo } from '../protocol/reports';

/**
 * What `vscode.extensions.getExtension('bifrost.bifrost-profiler').exports` offers. Without a session id the session on
 * show is meant, else the active one. Everything rejects with an Error whose message can be shown to a person.
 */
export interface BifrostApi {
  /** The debug sessions that can be profiled, and those that ended and kept their history. */
  readonly sessions: readonly SessionInfo[];
  /** All programs as one tree with sums: processes, their children, and worker threads. */
  readonly processes: ProcessesReport;
  /** Starts profiling; resolves once the first figures are on their way. Does nothing while it is on. */
  start(sessionId?: string): Promise<SessionInfo>;
  /** Stops profiling a program and all below it, and undoes it there; the history stays. */
  stop(sessionId?: string): Promise<SessionInfo>;
  /** Reads the program now. When it has ended: the last figures, with a note that says so. */
  getProfile(sessionId?: string): Promise<ProfileReport>;
  /** Reads the open handles now. `raw` adds every single handle with its stack, as text. */
  getHandles(sessionId?: string, options?: { raw?: boolean }): Promise<HandlesReport>;
  /** Reads the handles and marks them: from then on groups say how many came since. */
  markNow(sessionId?: string): Promise<SessionInfo>;
  /**
   * Looks for awaits that can never continue: follows every promise for `seconds` (1 to 600; by default what the setting
   * says), then has garbage collected. The program must run, and is slower meanwhile.
   */
  deepCheck(sessionId?: string, options?: { seconds?: number; signal?: AbortSignal }): Promise<DeepCheckReport>;
  /** Fires with every point of a history and every change of a session's state. */
  readonly onDidUpdate: vscode.Event<SessionInfo>;
}
