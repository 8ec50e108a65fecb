/** A service under load whose worker and child come and go, watched for minutes: 3 in every run, 30 when asked for. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ProfileReport } from '../../../src/protocol/reports';
import { bifrost, launchOf, stateOf, stopDebugging, workspaceFolder } from '../../helpers/debugging';
import { heldBytes, watchRejections } from '../../helpers/hostProcess';
import { minutesOf } from '../../helpers/longRun.mjs';
import { waitFor } from '../../helpers/waitFor';

const WATCHED_MS = minutesOf(3) * 60_000;
/** Until everything has been compiled, and lists and caches have their size. */
const WARM_UP_MS = Math.min(60_000, WATCHED_MS / 3);
const REPLACED_EVERY_MS = 20_000;
const MARGIN_MS = 120_000;
/** Between two points, and what the next may be late without a word. */
const INTERVAL_MS = 1_000;
const SILENCE_MS = INTERVAL_MS + 4_000;
const MIB = 1024 * 1024;
const HOST_GROWTH = 20 * MIB;
const COLLECTOR_GROWTH = 5 * MIB;

describe('a service that is watched for a long time', () => {
  it('is not lost for a moment, and neither it nor the extension host grows', async () => {
    const api = await bifrost();
    await vscode.workspace.getConfiguration('bifrost').update('history.windowMinutes', 60, vscode.ConfigurationTarget.Global);
    const rejections = watchRejections();
    const printed: string[] = [];
    const tracker = vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: ({ event, body }: { event?: string; body?: { output?: string } }) => {
          if (event === 'output') printed.push(body?.output ?? '');
        },
      }),
    });
    const measured = () => [...printed.join('').matchAll(/heap (\d+)/g)].map(([, bytes]) => Number(bytes));
    try {
      await vscode.debug.startDebugging(workspaceFolder(), launchOf('service.js', { runtimeArgs: ['--expose-gc'] }));
      await vscode.commands.executeCommand('bifrost.showProfiler');
      const main = await waitFor('the service to be profiled', () => api.sessions.find(({ state, name }) => state === 'live' && name.includes('service.js')));

      await reached('the warm-up', WARM_UP_MS);
      const hostBefore = heldBytes();
      const programBefore = measured().at(-1);
      const seen = new Set<string>();
      const listener = api.onDidUpdate(() => {
        for (const { id } of api.sessions) seen.add(id);
      });
      await reached('the end of the watch', WATCHED_MS - WARM_UP_MS);
      listener.dispose();
      await stateOf(main.id, 'live');
      const profile = await api.getProfile(main.id);
      const hostGrowth = heldBytes() - hostBefore;
      const programGrowth = (measured().at(-1) ?? Number.NaN) - (programBefore ?? Number.NaN);
      const silences = unmarkedSilences(profile);
      process.stdout.write(
        `  watched for ${WATCHED_MS / 60_000} min: ${profile.history.length} points, ${silences.length} silences without a mark, ${profile.history_bands.length} bands; ` +
          `${seen.size} programs; extension host ${mib(hostGrowth)}, program with its collector ${mib(programGrowth)}\n`,
      );
      assert.deepEqual(silences, []);
      assert.ok(hostGrowth < HOST_GROWTH, `the extension host holds ${mib(hostGrowth)} more`);
      assert.ok(programGrowth < COLLECTOR_GROWTH, `the program holds ${mib(programGrowth)} more`);
      // One that is ended while it is being connected to fails first, and then has ended.
      assert.deepEqual(api.sessions.filter(({ state }) => state === 'failed').map(({ name }) => name), []);
      const replacements = Math.floor((WATCHED_MS - WARM_UP_MS) / REPLACED_EVERY_MS);
      assert.ok(seen.size >= 2 * (replacements - 1), `${seen.size} programs were seen of ${2 * replacements} that came`);
    } finally {
      tracker.dispose();
      await stopDebugging();
    }
    assert.deepEqual(rejections().filter((text) => text.includes('bifrost')), []);
  }).timeout(WATCHED_MS + MARGIN_MS);
});

/** Waits until so much time has gone by: this test is about time. */
function reached(what: string, milliseconds: number): Promise<true> {
  const end = Date.now() + milliseconds;
  return waitFor(what, () => (Date.now() >= end ? true : undefined), milliseconds + MARGIN_MS);
}

/** Stretches longer than a late tick in which the history has no point and no band says why. */
function unmarkedSilences({ history, history_bands: bands }: ProfileReport): string[] {
  const silences: string[] = [];
  for (let index = 1; index < history.length; index++) {
    const from = history[index - 1]?.timestamp ?? '';
    const to = history[index]?.timestamp ?? '';
    if (Date.parse(to) - Date.parse(from) <= SILENCE_MS) continue;
    const isMarked = bands.some((band) => band.from < to && (band.to ?? to) > from);
    if (!isMarked) silences.push(`${from} to ${to}`);
  }
  return silences;
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
