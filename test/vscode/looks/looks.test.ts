/** Every tab and state of the panel, in every kind of theme: axe finds nothing wrong, what is stuck says so, tiles have room for their figures, and a picture of each is for people to look at. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bifrost, debug, evaluate, launchOf, stateOf, stopDebugging, workspaceFile, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

interface Theme {
  /** As the setting names it. */
  readonly name: string;
  /** What VS Code puts on the body of a webview. */
  readonly bodyClass: string;
}

const THEMES: Readonly<Record<string, Theme>> = {
  dark: { name: 'Default Dark Modern', bodyClass: 'vscode-dark' },
  light: { name: 'Default Light Modern', bodyClass: 'vscode-light' },
  'high-contrast-dark': { name: 'Default High Contrast', bodyClass: 'vscode-high-contrast' },
  'high-contrast-light': { name: 'Default High Contrast Light', bodyClass: 'vscode-high-contrast-light' },
};

const WIDE = { width: 1600, height: 1000 };
/** The panel is then some 320 pixels wide, beside an editor. */
const NARROW = { width: 800, height: 900 };

let program: DebuggedProgram;

describe('the looks of the panel', () => {
  after(async () => {
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
    await stopDebugging();
  });

  it('with a program that runs, in every theme and tab', async function () {
    this.timeout(240_000);
    const api = await bifrost();
    program = await debug(launchOf('out/server.js', { outFiles: [`${workspaceFile('out').fsPath}/**/*.js`] }));
    await vscode.window.showTextDocument(workspaceFile('src', 'orders.ts'));
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    await panel.waitFor({ selector: '#bifrost[data-ready="true"]', timeoutMs: 60_000 });
    await waitFor('requests that hang', async () => ((await api.getHandles(program.sessionId)).groups.some(({ category }) => category === 'per_request') ? true : undefined), 40_000);
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await inEveryTheme('live', tabs);
  });

  it('when it is narrow', async function () {
    this.timeout(120_000);
    await workbench.resize(NARROW.width, NARROW.height);
    await inEveryTheme('narrow', tabs, ['dark', 'high-contrast-light']);
    await workbench.resize(WIDE.width, WIDE.height);
  });

  it('in one line', async function () {
    this.timeout(120_000);
    await panel.click({ selector: '[data-tool="one-line"]' });
    await inEveryTheme('one-line', just('overview'));
    await panel.click({ selector: '[data-tool="one-line"]' });
  });

  it('when the program is paused', async function () {
    this.timeout(120_000);
    // Else what it stopped in is shown over the panel.
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    // By a statement: "Pause" lands in Node's own code, out of which the debugger steps for seconds before it says so.
    await evaluate('setTimeout(() => { debugger; })');
    await stateOf(program.sessionId, 'paused');
    await inEveryTheme('paused', just('overview'));
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await stateOf(program.sessionId, 'live');
  });

  it('when the program does not answer', async function () {
    this.timeout(120_000);
    const busy = evaluate("require('node:child_process').execSync('sleep 20')");
    await stateOf(program.sessionId, 'busy');
    await inEveryTheme('busy', just('overview'), ['dark', 'light']);
    await busy;
    await stateOf(program.sessionId, 'live');
  });

  it('when profiling was stopped, and when the program has ended', async function () {
    this.timeout(120_000);
    await vscode.commands.executeCommand('bifrost.stopProfiler');
    await stateOf(program.sessionId, 'stopped');
    await inEveryTheme('stopped', just('overview'));
    await stopDebugging();
    await stateOf(program.sessionId, 'ended');
    await inEveryTheme('ended', just('overview'));
  });
});

/** What is looked at, by name: each is brought on show by a function. */
type Places = Readonly<Record<string, () => Promise<void>>>;

/** What is above the tabs, and every tab that the panel has, with its list right below the header. */
async function tabs(): Promise<Places> {
  const ids = (await panel.evaluate(`[...document.querySelectorAll('[role="tab"][data-tab]')].map((tab) => tab.dataset.tab)`)) as string[];
  assert.ok(ids.length >= 3, `tabs: ${ids.join(', ')}`);
  const show = async (id: string, below: string) => {
    await panel.click({ selector: `[role="tab"][data-tab="${id}"]` });
    await panel.evaluate(`scrollBy(0, document.querySelector('${below}').getBoundingClientRect().top - document.querySelector('.header').getBoundingClientRect().bottom)`);
  };
  return {
    charts: () => show('overview', '#bifrost'),
    ...Object.fromEntries(ids.map((id) => [id, () => show(id, '.tabbed')])),
  };
}

/** The panel as it is. */
const just = (name: string) => (): Promise<Places> => Promise.resolve({ [name]: () => Promise.resolve() });

async function inEveryTheme(state: string, findPlaces: () => Promise<Places>, only = Object.keys(THEMES)): Promise<void> {
  const complaints: string[] = [];
  for (const [key, { name, bodyClass }] of Object.entries(THEMES)) {
    if (!only.includes(key)) continue;
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global);
    await panel.waitFor({ selector: `body.${bodyClass}` });
    for (const [place, show] of Object.entries(await findPlaces())) {
      await show();
      await panel.evaluate(TWO_FRAMES);
      await screenshot(`${state}-${place}-${key}`);
      const found = [...(await panel.accessibility()), ...((await panel.evaluate(STUCK_UNSAID)) as string[]), ...((await panel.evaluate(FIGURES_CUT)) as string[])];
      complaints.push(...found.map((complaint) => `${place}, ${key}: ${complaint}`));
    }
  }
  assert.deepEqual(complaints, []);
}

/** Charts are drawn in the frame after the one in which their page changed. */
const TWO_FRAMES = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))))';

/** Figures of tiles that have no room. */
const FIGURES_CUT = `[...document.querySelectorAll('.tile-value, .tile-detail, .tile-part')]
  .filter(({ scrollWidth, clientWidth, innerText }) => scrollWidth > clientWidth && innerText.trim() !== '')
  .map(({ innerText }) => 'has no room for ' + innerText)`;

/** Rows of what is stuck whose chip that says so is cut off. */
const STUCK_UNSAID = `[...document.querySelectorAll('.row[data-stuck="true"] > .row-head')].flatMap((head) => {
  const [row, chip] = [head, head.querySelector('.chip.tone-error')].map((element) => element.getBoundingClientRect());
  return chip.bottom <= row.bottom && chip.right <= row.right ? [] : ['does not say that it is stuck: ' + head.innerText];
})`;
