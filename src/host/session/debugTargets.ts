import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { messageText, NAME_LIMIT, withoutParent } from '../../model/displayName';

/** js-debug's session types that run on Node.js: launched or attached, in a debug terminal, an extension host. */
const NODE_TYPES: ReadonlySet<string> = new Set(['pwa-node', 'node-terminal', 'pwa-extensionHost', 'node', 'extensionHost']);

/** Those of browsers. Below an extension host js-debug gives them to Node.js too: its webviews are among the sessions there. */
const BROWSER_TYPES: ReadonlySet<string> = new Set(['pwa-chrome', 'pwa-msedge', 'pwa-editor-browser', 'chrome', 'msedge', 'editor-browser']);

/** Why a session can't be profiled: `root` is only the parent of the sessions that can. */
export type Suitability = 'program' | 'root' | 'unsupported';

/**
 * js-debug makes one root session per launch, without a program, and one child per process, worker and page. Only the children
 * have a target to connect to; the root never answers.
 */
export function suitability({ type, configuration }: Pick<vscode.DebugSession, 'type' | 'configuration'>): Suitability {
  if (!NODE_TYPES.has(type) && !BROWSER_TYPES.has(type)) return 'unsupported';
  return configuration.__pendingTargetId === undefined ? 'root' : 'program';
}

/** Whether the session is the program or page that a launch started, and not a worker or a child process of it. */
export function isMainProgram(session: vscode.DebugSession): boolean {
  return suitability(session) === 'program' && session.parentSession !== undefined && suitability(session.parentSession) === 'root';
}

/** Whether the session may be of a page: what it is the program itself tells. */
export function mayBePage({ type }: Pick<vscode.DebugSession, 'type'>): boolean {
  return BROWSER_TYPES.has(type);
}

/** Whether the session belongs to the launch of a browser. */
export function isOfBrowser(session: vscode.DebugSession): boolean {
  let top = session;
  while (top.parentSession) top = top.parentSession;
  return BROWSER_TYPES.has(top.type);
}

/**
 * What tells a program among all that the workspace launches, the same in every run of it: the launch configuration and the
 * program's name in it. js-debug writes the process's id into the name.
 */
export function runName(session: vscode.DebugSession): string {
  let top = session;
  while (top.parentSession) top = top.parentSession;
  return `${top.configuration.name} › ${withoutParent(session.name).replace(/ \[\d+\]$/, '')}`;
}

/** Why a session that is not supported isn't, in one sentence for the user. */
export function whyUnsupported({ name, type }: Pick<vscode.DebugSession, 'name' | 'type'>): string {
  return l10n.t('“{0}” ({1}) can’t be profiled: Bifrost reads programs through VS Code’s JavaScript debugger, which runs Node.js, and pages in Chrome and Edge.', messageText(name, NAME_LIMIT), messageText(type, NAME_LIMIT));
}
