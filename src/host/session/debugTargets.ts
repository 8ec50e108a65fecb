import type * as vscode from 'vscode';

/** js-debug's session types that run on Node.js: launched or attached, in a debug terminal, an extension host. */
const NODE_TYPES: ReadonlySet<string> = new Set(['pwa-node', 'node-terminal', 'pwa-extensionHost', 'node', 'extensionHost']);

/** Why a session can't be profiled: `root` is only the parent of the sessions that can. */
export type Suitability = 'node' | 'root' | 'unsupported';

/**
 * js-debug makes one root session per launch, without a program, and one child per process and worker. Only the children
 * have a target to connect to; the root never answers.
 */
export function suitability(session: Pick<vscode.DebugSession, 'type' | 'configuration'>): Suitability {
  if (!NODE_TYPES.has(session.type)) return 'unsupported';
  return session.configuration.__pendingTargetId === undefined ? 'root' : 'node';
}

/** Whether the session is the program that a launch started, and not a worker or a child process of it. */
export function isMainProgram(session: vscode.DebugSession): boolean {
  return suitability(session) === 'node' && session.parentSession !== undefined && suitability(session.parentSession) === 'root';
}
