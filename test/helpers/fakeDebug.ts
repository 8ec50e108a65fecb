/** Debug sessions and the part of `vscode.debug` that tells of them, for tests outside VS Code. */
import type * as vscode from 'vscode';
import type { DebugSessions } from '../../src/host/session/profiler';

export interface SessionOptions {
  readonly type?: string;
  readonly parentSession?: vscode.DebugSession;
  /** As js-debug marks a session that has a program: the others are only parents. */
  readonly isTarget?: boolean;
}

export function debugSession(id: string, { type = 'pwa-node', parentSession, isTarget = false }: SessionOptions = {}): vscode.DebugSession {
  return {
    id,
    type,
    name: `Session ${id}`,
    workspaceFolder: undefined,
    ...(parentSession && { parentSession }),
    configuration: { type, name: id, request: 'launch', ...(isTarget && { __pendingTargetId: id }) },
    // Echoes a place, as js-debug does for what has no source map.
    customRequest: (_command, parameters: unknown) => Promise.resolve(parameters),
    getDebugProtocolBreakpoint: () => Promise.resolve(undefined),
  };
}

class FakeEvent<T> {
  readonly listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}

/** Fires what VS Code fires when sessions come, go and become active. */
export class FakeDebug implements DebugSessions {
  activeDebugSession: vscode.DebugSession | undefined;
  readonly #started = new FakeEvent<vscode.DebugSession>();
  readonly #terminated = new FakeEvent<vscode.DebugSession>();
  readonly #activated = new FakeEvent<vscode.DebugSession | undefined>();
  readonly onDidStartDebugSession = this.#started.event;
  readonly onDidTerminateDebugSession = this.#terminated.event;
  readonly onDidChangeActiveDebugSession = this.#activated.event;

  get listenerCount(): number {
    return this.#started.listeners.size + this.#terminated.listeners.size + this.#activated.listeners.size;
  }

  start(session: vscode.DebugSession): vscode.DebugSession {
    this.#started.fire(session);
    return session;
  }

  end(session: vscode.DebugSession): void {
    if (this.activeDebugSession === session) this.activate(undefined);
    this.#terminated.fire(session);
  }

  activate(session: vscode.DebugSession | undefined): void {
    this.activeDebugSession = session;
    this.#activated.fire(session);
  }
}
