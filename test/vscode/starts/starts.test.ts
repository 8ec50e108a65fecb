/** The ways in which programs are started for debugging, with `bifrost.profileOnLaunch`: in terminals, by tools, again and again. */
import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import type { SessionInfo } from '../../../src/protocol/reports';
import { bifrost, debug, launchOf, stateOf, stopDebugging, workspaceFile, workspaceFolder } from '../../helpers/debugging';
import { CHOICE, choose, runCommand } from '../../helpers/dialogs';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

/** Anything with a shell in it takes seconds on a busy machine. */
const START_TIMEOUT = 40_000;

let api: BifrostApi;
let known: Set<string>;
before(async () => {
  api = await bifrost();
});
beforeEach(() => {
  known = new Set(api.sessions.map(({ id }) => id));
});
afterEach(async () => {
  await stopDebugging();
  for (const terminal of vscode.window.terminals) terminal.dispose();
});

const newSessions = (): SessionInfo[] => api.sessions.filter(({ id }) => !known.has(id));
const described = (): string => newSessions().map(({ name, state }) => `${name} ${state}`).join(', ');

/** Whether Bifrost was there before the program's first line: it knows where the timer of a file was set. */
async function knowsTimerOf({ id }: SessionInfo, file: string): Promise<boolean> {
  const { groups } = await api.getHandles(id);
  return groups.some(({ label, stack }) => label === 'Timer' && stack.some((line) => line.includes(file)));
}

/** Sessions whose programs were profiled from their first line. */
async function preloaded(count: number, file: string): Promise<SessionInfo[]> {
  return waitFor(() => `${count} programs with the timer of ${file}; there are ${described()}`, async () => {
    const live = newSessions().filter(({ state }) => state === 'live');
    const known = await Promise.all(live.map((session) => knowsTimerOf(session, file)));
    const found = live.filter((_session, index) => known[index]);
    return found.length === count ? found : undefined;
  }, START_TIMEOUT);
}

describe('a command in a terminal', () => {
  it('is profiled from the first line, with its children', async () => {
    const started = await vscode.debug.startDebugging(workspaceFolder(), { type: 'node-terminal', request: 'launch', name: 'npm start', command: 'npm start' });
    assert(started);
    const programs = await preloaded(2, 'service.js');
    assert.equal(new Set(programs.map(({ pid }) => pid)).size, 2);
  });
});

describe('the JavaScript Debug Terminal', () => {
  it('has what is started in it profiled', async () => {
    await vscode.commands.executeCommand('extension.js-debug.createDebuggerTerminal', `node ${workspaceFile('service.js').fsPath}`, workspaceFolder());
    const programs = await waitFor(() => `two programs; there are ${described()}`, () => {
      const live = newSessions().filter(({ state }) => state === 'live');
      return live.length === 2 ? live : undefined;
    }, START_TIMEOUT);
    assert.equal(new Set(programs.map(({ pid }) => pid)).size, 2);
  });

  it('has it profiled from the first line, with its children, when Bifrost opens it', async () => {
    await runCommand('Bifrost: Show Profiler');
    await workbench.waitFor({ selector: CHOICE, text: 'JavaScript Debug Terminal' });
    await screenshot('starts-choices');
    await choose('JavaScript Debug Terminal');
    const terminal = await waitFor('the terminal', () => vscode.window.terminals[0]);
    terminal.sendText(`node ${workspaceFile('service.js').fsPath}`);
    const programs = await preloaded(2, 'service.js');
    assert.equal(new Set(programs.map(({ pid }) => pid)).size, 2);
  });
});

describe('mocha', () => {
  it('is profiled from the first line', async () => {
    const program = require.resolve('mocha/bin/mocha.js');
    await debug(launchOf('timers.test.js', { program, args: [workspaceFile('timers.test.js').fsPath] }));
    await preloaded(1, 'timers.test.js');
  });
});

describe('jest', () => {
  it('is profiled from the first line', async () => {
    const program = path.join(process.env.BIFROST_JEST ?? '', 'bin', 'jest.js');
    await debug(launchOf('jest', { program, args: ['--runInBand', '--watchman=false', '--testRegex', 'timers\\.jest\\.js$'] }));
    await preloaded(1, 'timers.jest.js');
  });
});

describe('vitest', () => {
  it('is profiled from the first line, in the process that runs the tests', async () => {
    const program = path.join(path.dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
    await debug(launchOf('vitest', { program, args: ['run', '--globals', 'timers.spec.js'] }));
    await preloaded(1, 'timers.spec.js');
  });
});

for (const [what, configuration] of [
  ['nodemon', launchOf('nodemon', { program: require.resolve('nodemon/bin/nodemon.js'), args: ['watched.js'] })],
  ['node --watch', launchOf('watched.js', { runtimeArgs: ['--watch', '--watch-preserve-output'] })],
  ['a restarter', launchOf('restarter.js')],
] as const) {
  describe(what, () => {
    it('has each run profiled, and the history of those that ended is kept', async () => {
      await vscode.debug.startDebugging(workspaceFolder(), configuration);
      const runs: SessionInfo[] = [];
      for (let run = 0; run < 3; run++) {
        const [program] = await preloaded(1, 'watched.js');
        assert(program);
        runs.push(program);
        await waitFor('some history', async () => ((await api.getProfile(program.id)).history.length > 1 ? true : undefined));
        if (run < 2) {
          await appendFile(workspaceFile('watched.js').fsPath, '// Changed.\n');
          await stateOf(program.id, 'ended');
        }
      }
      assert.equal(new Set(runs.map(({ pid }) => pid)).size, 3);
      for (const { id } of runs.slice(0, 2)) {
        const { history, session } = await api.getProfile(id);
        assert.equal(session.state, 'ended');
        assert(history.length > 1);
      }
      await vscode.commands.executeCommand('bifrost.showProfiler');
      await panel.showTab('processes');
      await panel.waitFor({ selector: '[data-test="processes"] [data-test="row"]', text: 'Ended' });
      await screenshot(`starts-${what}`);
    });
  });
}
