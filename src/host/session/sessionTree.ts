import type * as vscode from 'vscode';
import { suitability } from './debugTargets';

/**
 * Which session belongs to which, also after they have ended: a launch has a root session without a program, below it the
 * program's, and below that one those of its child processes and workers.
 */
export class SessionTree {
  readonly #parents = new Map<string, string>();
  readonly #launches = new Map<string, string>();

  add(session: vscode.DebugSession): void {
    const { parentSession } = session;
    if (parentSession && suitability(parentSession) !== 'root') this.#parents.set(session.id, parentSession.id);
    let top = session;
    while (top.parentSession) top = top.parentSession;
    this.#launches.set(session.id, top.id);
  }

  /** The session that is no longer kept. */
  forget(id: string): void {
    this.#parents.delete(id);
    this.#launches.delete(id);
  }

  /** The session of the process that started this one; null for the program of a launch. */
  parentOf(id: string): string | null {
    return this.#parents.get(id) ?? null;
  }

  /** The root session of the launch that this one belongs to. */
  launchOf(id: string): string | undefined {
    return this.#launches.get(id);
  }

  /** Whether one session was started by another, or by one that it started. */
  isBelow(id: string, above: string): boolean {
    // As many steps as there are sessions, whatever the editor tells.
    for (let parent = this.parentOf(id), steps = this.#parents.size; parent !== null && steps >= 0; parent = this.parentOf(parent), steps--) {
      if (parent === above) return true;
    }
    return false;
  }
}
