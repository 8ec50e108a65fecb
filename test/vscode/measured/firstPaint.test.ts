/** How long the panel takes to paint after the command, in a window that has shown it before. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../../../src/host/contributions';
import { debugProfiled, stopDebugging } from '../../helpers/debugging';
import { panel } from '../../helpers/driver';
import { keepFigures } from '../../helpers/measured';
import { waitFor } from '../../helpers/waitFor';

const WARM_ROUNDS = 7;

/** Both as milliseconds since 1970; null before both were. */
const PAINTED = `(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const [loaded] = performance.getEntriesByName('bifrost-loaded');
  return paint && loaded ? { paint: performance.timeOrigin + paint.startTime, loaded: performance.timeOrigin + loaded.startTime } : null;
})()`;

interface Painted {
  readonly paint: number;
  readonly loaded: number;
}

describe('the panel', () => {
  before(async () => {
    await debugProfiled('program.js');
  });
  after(stopDebugging);

  it('paints in a moment after the command', async () => {
    const first = await shown();
    const warm: Painted[] = [];
    for (let round = 0; round < WARM_ROUNDS; round++) warm.push(await shown());
    assert(warm.every(({ paint, loaded }) => paint > 0 && loaded > 0));
    await keepFigures('firstPaint', [
      { subject: 'panel, the first in a window', figure: 'command to first contentful paint', unit: 'ms', samples: [first.paint], limit: null },
      { subject: 'panel, in a warm window', figure: 'command to first contentful paint', unit: 'ms', samples: warm.map(({ paint }) => paint), limit: 500 },
      { subject: 'panel, in a warm window', figure: 'command to the figures drawn', unit: 'ms', samples: warm.map(({ loaded }) => loaded), limit: 500 },
    ]);
  });
});

/** Opens the panel by its command and closes it again. Gives the times from the command on. */
async function shown(): Promise<Painted> {
  const begin = Date.now();
  await vscode.commands.executeCommand('bifrost.showProfiler');
  await panel.waitFor({ selector: '[data-test="state"][data-state="live"]', timeoutMs: 30_000 });
  const { paint, loaded } = (await waitFor('the first paint', async () => ((await panel.evaluate(PAINTED)) as Painted | null) ?? undefined));
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE));
  await vscode.window.tabGroups.close(tabs);
  return { paint: paint - begin, loaded: loaded - begin };
}
