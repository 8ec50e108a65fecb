/** A profiler among fake debug sessions, whose programs a server stands for. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import type { ProfiledSession } from '../../src/host/session/profiledSession';
import { Profiler } from '../../src/host/session/profiler';
import type { ProfilerSettings } from '../../src/host/session/settings';
import type { SessionState } from '../../src/protocol/reports';
import { CdpServer } from './cdpServer';
import { goodProgram } from './collectorReplies';
import { debugSession, FakeDebug } from './fakeDebug';
import { SETTINGS } from './settings';
import { waitFor } from './waitFor';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export class ProfilerSetup {
  readonly server: CdpServer;
  readonly debug = new FakeDebug();
  settings: ProfilerSettings = SETTINGS;
  isTrusted = true;
  /** Sessions whose address was asked for. */
  readonly asked: unknown[] = [];
  readonly heard: string[] = [];
  profiler: Profiler;

  private constructor(server: CdpServer) {
    this.server = server;
    this.profiler = this.newProfiler();
  }

  static async open(): Promise<ProfilerSetup> {
    return new ProfilerSetup(await CdpServer.listen(goodProgram));
  }

  async close(): Promise<void> {
    await this.profiler.dispose();
    await this.server.close();
  }

  newProfiler(): Profiler {
    const made = new Profiler(
      this.debug,
      (command, id) => {
        assert.equal(command, 'extension.js-debug.requestCDPProxy');
        this.asked.push(id);
        return Promise.resolve(this.server.address);
      },
      { collectorBundle: 'the collector', addonPackage: 'no-package', sourceMaps: new FileSourceMaps(), settings: () => this.settings, isTrusted: () => this.isTrusted, log },
    );
    made.events.on('sessions', () => this.heard.push('sessions')).on('current', () => this.heard.push('current'));
    return made;
  }

  ids(): string[] {
    return this.profiler.sessions.map(({ id }) => id);
  }

  states(): Record<string, SessionState> {
    return Object.fromEntries(this.profiler.sessions.map(({ id, state }) => [id, state]));
  }

  /** Starts a launch, and the program in it. */
  launch(name: string): { root: vscode.DebugSession; main: vscode.DebugSession } {
    const root = this.debug.start(debugSession(`${name}Root`));
    return { root, main: this.debug.start(debugSession(name, { parentSession: root, isTarget: true })) };
  }

  found(id: string): ProfiledSession {
    const session = this.profiler.find(id);
    assert.ok(session, `${id} is not listed`);
    return session;
  }

  /** A session with something to keep: profiled until its first point. */
  async profiled(id: string): Promise<ProfiledSession> {
    const session = this.found(id);
    await this.profiler.start(session);
    await waitFor('the first point', () => session.store.history[0]);
    return session;
  }
}
