import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SettingDefaults } from '../../../src/host/contributions';
import { FileSourceMaps } from '../../../src/host/session/fileSourceMaps';
import { ProfiledSession } from '../../../src/host/session/profiledSession';
import type { ProfilerSettings } from '../../../src/host/session/settings';
import { ROOT } from '../../helpers/program';
import { SETTINGS } from '../../helpers/settings';
import type { JsDebugSession } from './jsDebugSession';

/** As a user has them who has changed nothing. */
const DEFAULTS: ProfilerSettings = {
  ...SETTINGS,
  interval: SettingDefaults['history.intervalSeconds'].default * 1000,
  samplingIntervalBytes: SettingDefaults['allocations.samplingIntervalKiB'].default * 1024,
  pendingMode: SettingDefaults['pendingOperations.mode'].default,
};

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Profiles one thread of a program with the extension's own session layer, as it does while the panel is on show: lists are
 * read with every tick.
 *
 * @param lists False as it is for all programs but the one on show.
 * @throws Error when profiling did not start.
 */
export async function startBifrost(debugged: Pick<JsDebugSession, 'proxyAddress'>, settings: Partial<ProfilerSettings>, lists = true): Promise<ProfiledSession> {
  const session = new ProfiledSession(
    {
      id: 'bench',
      name: 'bench',
      requestCdpProxy: () => debugged.proxyAddress(),
      // What has no source map comes back as it was.
      mapLocation: (location) => Promise.resolve(location),
    },
    {
      collectorBundle: readFileSync(path.join(ROOT, 'dist', 'collector.js'), 'utf8'),
      addonPackage: path.join(ROOT, 'node_modules', '@datadog', 'pprof'),
      isTrusted: () => true,
      settings: () => ({ ...DEFAULTS, ...settings }),
      sourceMaps: new FileSourceMaps(),
      log: silent,
    },
  );
  await session.start();
  if (!session.isRunning) throw new Error(`Bifrost did not start: ${session.status.notice ?? 'no reason given'}`);
  if (lists) session.readLists();
  return session;
}
