import type * as vscode from 'vscode';

/** js-debug's session types that run on Node.js: launched or attached, in a debug terminal, an extension host. */
const NODE_TYPES: ReadonlySet<string> = new Set(['pwa-node', 'node-terminal', 'pwa-extensionHost', 'node', 'extensionHost']);

const EXTENSION_HOST_TYPES: ReadonlySet<string> = new Set(['pwa-extensionHost', 'extensionHost']);

/** Why a session can't be profiled: `root` is only the parent of the sessions that can. */
export type Suitability = 'node' | 'root' | 'unsupported';

/**
 * js-debug makes one root session per launch, without a program, and one child per process and worker. Only the children
 * have a target to connect to; the root never answers.
 */
export function suitability(session: Pick<vscode.DebugSession, 'type' | 'configuration' | 'parentSession'>): Suitability {
  if (!NODE_TYPES.has(session.type) && !isOfExtensionHost(session)) return 'unsupported';
  return session.configuration.__pendingTargetId === undefined ? 'root' : 'node';
}

/** js-debug gives the sessions below an extension host's the type of a browser's, as its webviews are among them. */
function isOfExtensionHost({ parentSession }: Pick<vscode.DebugSession, 'parentSession'>): boolean {
  return parentSession !== undefined && EXTENSION_HOST_TYPES.has(parentSession.type);
}

/** Whether the session is the program that a launch started, and not a worker or a child process of it. */
export function isMainProgram(session: vscode.DebugSession): boolean {
  return suitability(session) === 'node' && session.parentSession !== undefined && suitability(session.parentSession) === 'root';
}
