/** What a user waits for, and how much there is to load: times are printed, sizes are limits. The first file, since it activates the extension. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, stop, type BuildOptions } from 'esbuild';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../../../src/host/contributions';
import { panel } from '../../helpers/driver';
import { flatAllocations } from '../../helpers/hostileNames';
import { largeHandles } from '../../helpers/largeHandles';
import { openProfile } from '../../helpers/openProfile';
import { TextTable } from '../../helpers/textTable';
import { waitFor } from '../../helpers/waitFor';

/** In bytes, minified as they are shipped. */
const LIMITS = { 'webview.js': 200_000, 'webview.css': 70_000 } as const;
const GROUPS = 300;

/** When the page has painted something for the first time, as milliseconds since 1970; null before. */
const FIRST_PAINT = `(() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return paint ? performance.timeOrigin + paint.startTime : null;
})()`;

describe('Bifrost', () => {
  const table = new TextTable('what is waited for or loaded');
  after(() => table.print());

  it('is activated in a moment', async () => {
    const extension = vscode.extensions.getExtension('bifrost.bifrost-profiler');
    assert(extension);
    assert.equal(extension.isActive, false, 'nothing has activated it');
    const begin = performance.now();
    await extension.activate();
    table.set('activation, its code loaded with it', 'measured', `${(performance.now() - begin).toFixed(0)} ms`);
    table.set('activation, its code loaded with it', 'limit', '50 ms, printed only');
  });

  it('shows its panel in a moment', async () => {
    for (const row of ['first paint of the panel, the first in a window', 'first paint of the panel, in a warm window']) {
      const begin = Date.now();
      await openProfile('figures', flatAllocations(['one', 'two']), largeHandles(GROUPS));
      await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]', timeoutMs: 30_000 });
      const painted = await waitFor('the first paint', async () => (await panel.evaluate(FIRST_PAINT)) ?? undefined);
      const ms = Number(painted) - begin;
      assert(ms > 0, `painted ${ms} ms after the command`);
      table.set(row, 'measured', `${ms.toFixed(0)} ms`);
      await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE)));
    }
    table.set('first paint of the panel, in a warm window', 'limit', '500 ms, printed only');
  });

  it('has a page of at most 200 KB of script', async () => {
    const root = vscode.extensions.getExtension('bifrost.bifrost-profiler')?.extensionPath ?? '';
    const { bundles } = (await import(pathToFileURL(path.join(root, 'esbuild.mjs')).href)) as { bundles(options: object): Promise<BuildOptions[]> };
    const page = (await bundles({ production: true })).find(({ entryPoints }) => JSON.stringify(entryPoints).includes('webview'));
    assert(page);
    const { outputFiles } = await build({ ...page, absWorkingDir: root, write: false });
    await stop();
    for (const [name, limit] of Object.entries(LIMITS)) {
      const size = outputFiles.find((file) => path.basename(file.path) === name)?.contents.length ?? Infinity;
      table.set(`${name}, minified`, 'measured', `${size} bytes`);
      table.set(`${name}, minified`, 'limit', `${limit} bytes`);
      assert(size <= limit, `${name} has ${size} bytes`);
    }
  });
});
