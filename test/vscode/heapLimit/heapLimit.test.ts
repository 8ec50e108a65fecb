/** A program that dies of memory: its last profile is saved, and names the function that leaked. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import { bifrost, debug, editorAt, evaluate, launchOf, stateOf, workspaceFile, type DebuggedProgram } from '../../helpers/debugging';
import { panel, screenshot, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

const LEAK_AT = 4;
const ROW = '[data-test="allocations"] [data-test="row"]';
const NOTIFICATION = '.notification-list-item';
const DEATH_TIMEOUT_MS = 180_000;
/** V8 does not hold two in ten of them before they die: the chance that it holds none of so many is below one in 10,000. */
const PROGRAMS_UNTIL_HELD = 6;

const nodes = JSON.parse(process.env.BIFROST_NODES ?? '{}') as Record<string, string>;

let api: BifrostApi;
before(async () => {
  api = await bifrost();
  await vscode.workspace.getConfiguration('bifrost').update('allocations.samplingIntervalKiB', 64);
});

afterEach(async () => {
  await vscode.debug.stopDebugging();
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

async function startToFill(major: string): Promise<DebuggedProgram> {
  const program = await debug(launchOf('cache.js', { runtimeExecutable: nodes[major], runtimeArgs: ['--max-old-space-size=32'] }));
  await program.printed('ready');
  await api.start(program.sessionId);
  await evaluate('fill()');
  return program;
}

/** Until it has ended. Where V8 holds it, as its heap is full, it is sent on, as a user does. */
async function ended(sessionId: string): Promise<void> {
  const state = () => api.sessions.find(({ id }) => id === sessionId)?.state;
  await waitFor(
    () => `the program to die; it is ${state() ?? 'unknown'}`,
    async () => {
      if (state() === 'paused') await vscode.commands.executeCommand('workbench.action.debug.continue');
      return state() === 'ended' ? true : undefined;
    },
    DEATH_TIMEOUT_MS,
  );
}

/** Starts programs until V8 holds one, as its heap is full. */
async function startUntilHeld(major: string): Promise<DebuggedProgram> {
  for (let tries = 1; tries <= PROGRAMS_UNTIL_HELD; tries++) {
    const program = await startToFill(major);
    const { state } = await stateOf(program.sessionId, 'paused', 'ended');
    if (state === 'paused') return program;
    await vscode.commands.executeCommand('notifications.clearAll');
  }
  throw new Error(`V8 held none of ${PROGRAMS_UNTIL_HELD} programs whose heap was full.`);
}

for (const major of Object.keys(nodes)) {
  describe(`a program that dies of memory on Node ${major}`, () => {
    it('leaves its last profile, whose first site is what leaked, at its line', async function () {
      this.timeout(DEATH_TIMEOUT_MS + 60_000);
      const { sessionId } = await startToFill(major);
      await ended(sessionId);
      await vscode.commands.executeCommand('notifications.showList');
      await workbench.waitFor({ selector: NOTIFICATION, text: 'ended with its heap nearly full' });
      await screenshot(`heap-limit-notice-${major}`);
      await workbench.click({ selector: `${NOTIFICATION} .monaco-button`, text: 'Open Last Profile' });
      await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]' });
      await panel.showTab('allocations');
      await panel.waitFor({ selector: ROW, text: 'keepMore' });
      const [first] = await panel.text(`${ROW} .row-name`);
      assert.equal(first, 'keepMore');
      await screenshot(`heap-limit-saved-${major}`);
      await panel.click({ selector: `${ROW} .frame[data-line="${LEAK_AT}"]` });
      await editorAt(workspaceFile('cache.js'), LEAK_AT);
    });
  });
}

describe('a program whose heap is full', () => {
  it('is shown as such while V8 holds it', async () => {
    await startUntilHeld('24');
    // The editor at the line where it is held comes up after the panel's, if that is open already.
    await waitFor('the line where it is held', () => vscode.window.activeTextEditor);
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await panel.waitFor({ selector: '[data-test="notice"]', text: 'The heap is full' });
    await panel.showTab('allocations');
    await panel.waitFor({ selector: ROW, text: 'keepMore' });
    await screenshot('heap-limit-paused');
    // Stopped there it has ended with its heap full too.
    await vscode.debug.stopDebugging();
    await vscode.commands.executeCommand('notifications.showList');
    await workbench.waitFor({ selector: NOTIFICATION, text: 'ended with its heap nearly full', timeoutMs: 30_000 });
  });

  it('leaves nothing when the user does not want that', async () => {
    await vscode.workspace.getConfiguration('bifrost').update('allocations.saveNearHeapLimit', false);
    const { sessionId } = await startUntilHeld('24');
    await vscode.debug.stopDebugging();
    const { name } = await stateOf(sessionId, 'ended');
    await vscode.workspace.getConfiguration('bifrost').update('allocations.saveNearHeapLimit', undefined);
    await vscode.commands.executeCommand('notifications.showList');
    // What the programs before it left may still be on its way to the disk, and is told of when it is there.
    const notices = await workbench.text(NOTIFICATION);
    assert.deepEqual(notices.filter((text) => text.includes(name)), []);
  });
});
