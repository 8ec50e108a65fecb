/** A real program with the real session layer on it, over a connection as js-debug offers it. */
import path from 'node:path';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { ProfiledSession } from '../../src/host/session/profiledSession';
import type { ProfilerSettings } from '../../src/host/session/settings';
import type { SessionState } from '../../src/protocol/reports';
import { COLLECTOR_BUNDLE } from './collectorProbe';
import { InspectorProxy } from './inspectorProxy';
import { ROOT, type Program } from './program';
import { SETTINGS } from './settings';
import { waitFor } from './waitFor';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export interface ProfiledProgram {
  readonly session: ProfiledSession;
  readonly proxy: InspectorProxy;
  state(...wanted: SessionState[]): Promise<SessionState>;
  /** A session anew on the same program, as after a reload of the window. */
  anew(): ProfiledSession;
  close(): Promise<void>;
}

/** Profiles a program, until its first point. */
export async function profile(program: Program, changed: Partial<ProfilerSettings> = {}): Promise<ProfiledProgram> {
  const proxy = await InspectorProxy.listen(await program.inspectorAddress());
  const settings: ProfilerSettings = { ...SETTINGS, interval: 250, samplingIntervalBytes: 64 * 1024, ...changed };
  const anew = () =>
    new ProfiledSession(
      {
        id: 'program',
        name: 'Program',
        // As js-debug, which knows no address any more when the program has ended.
        requestCdpProxy: () => Promise.resolve(program.hasEnded ? undefined : proxy.address),
        mapLocation: (location) => Promise.resolve(location),
      },
      {
        collectorBundle: COLLECTOR_BUNDLE,
        addonPackage: path.join(ROOT, 'node_modules', '@datadog', 'pprof'),
        sourceMaps: new FileSourceMaps(),
        settings: () => settings,
        isTrusted: () => true,
        log: quiet,
      },
    );
  const session = anew();
  await session.start();
  await waitFor(() => `the first point; the session is ${session.info.state}: ${session.status.notice ?? ''}`, () => session.store.history[0]);
  return {
    session,
    proxy,
    anew,
    state: (...wanted) =>
      waitFor(
        () => `the session to be ${wanted.join(' or ')}; it is ${session.info.state}: ${session.status.notice ?? ''}`,
        () => (wanted.includes(session.info.state) ? session.info.state : undefined),
      ),
    close: async () => {
      session.end();
      await proxy.close();
    },
  };
}
