/** A deep check finds the awaits that were thrown away, and fails in one sentence. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import type { DeepCheckReport } from '../../../src/protocol/reports';
import { bifrost, evaluate, stateOf } from '../../helpers/debugging';
import { screenshot, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';
import { lineOf, placeOf, PlantedService } from './plantedService';

const NOTIFICATION = '.notification-list-item-message';

describe('a deep check', () => {
  let api: BifrostApi;
  let service: PlantedService;

  before(async () => {
    api = await bifrost();
    service = await PlantedService.start();
  });
  after(() => service.stop());
  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const following = () => service.handlesWith('every promise to be followed', ({ pending_mode: mode }) => mode === 'all');
  const sampledAgain = () => service.handlesWith('promises to be sampled again', ({ pending_mode: mode }) => mode === 'sampled');
  /** The sentence with which a check fails. */
  const failure = (check: Promise<unknown>) => check.then(() => 'It did not fail.', (error: unknown) => (error as Error).message);

  it('finds exactly the 50 abandoned awaits, and opens what it found', async () => {
    const check = vscode.commands.executeCommand<DeepCheckReport>('bifrost.deepCheck');
    await following();
    await evaluate('abandon(50)');
    const report = await check;
    const line = await lineOf('await new Promise(() => {})');
    const found = report.abandoned.map(({ count, label, ...group }) => `${count} ${label} at ${placeOf(group)}`);
    assert.deepEqual(found, [`50 Await at abandoned:${line}`]);
    assert.equal(report.abandoned_total, 50);
    assert.equal(report.seconds, 2);
    assert(report.promises_followed >= 50);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'bifrost-dump');
    assert.match(document.getText(), /^50 abandoned awaits in .*service\.js/);
    assert(document.getText().includes(`abandoned\n\t${report.abandoned[0]?.stack[1]?.trim() ?? '?'}`), document.getText());
    await screenshot('waiting-deep-check');
    await assertReadOnly(document);
    assert.equal((await sampledAgain()).pending_mode, 'sampled');
  });

  it('finds nothing where everything may still go on', async () => {
    const report = await api.deepCheck(service.sessionId, { seconds: 1 });
    assert.equal(report.abandoned_total, 0);
    assert.deepEqual(report.abandoned, []);
  });

  it('is cancelled by who asked for it', async () => {
    const cancel = new AbortController();
    const outcome = failure(api.deepCheck(service.sessionId, { seconds: 600, signal: cancel.signal }));
    await following();
    cancel.abort();
    assert.equal(await outcome, 'The deep check was cancelled.');
    await sampledAgain();
  });

  it('does not begin while the program is paused, and says so', async () => {
    await evaluate('pause()');
    await stateOf(service.sessionId, 'paused');
    const sentence = 'The program is paused: resume it, then run the deep check again.';
    assert.equal(await failure(api.deepCheck(service.sessionId)), sentence);
    assert.equal(await vscode.commands.executeCommand('bifrost.deepCheck'), undefined);
    await vscode.commands.executeCommand('notifications.showList');
    await workbench.waitFor({ selector: NOTIFICATION, text: sentence });
    await screenshot('waiting-deep-check-paused');
    await resume();
  });

  it('ends when the program is paused meanwhile, and says so', async () => {
    const outcome = failure(api.deepCheck(service.sessionId, { seconds: 600 }));
    await following();
    await evaluate('pause()');
    assert.match(await outcome, /^The program was paused before the deep check was through: [^.]+\.$/);
    await stateOf(service.sessionId, 'paused');
    await resume();
    await sampledAgain();
  });

  it('ends with the program, and says so', async () => {
    const outcome = failure(api.deepCheck(service.sessionId, { seconds: 600 }));
    await following();
    await evaluate('end()');
    assert.match(await outcome, /^The program ended before the deep check was through\.$/);
    await stateOf(service.sessionId, 'ended');
    assert.match(await failure(api.deepCheck(service.sessionId)), /is not being profiled: start profiling first\.$/);
  });

  async function resume(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await stateOf(service.sessionId, 'live');
  }
});

/** Typing into it changes nothing. */
async function assertReadOnly(document: vscode.TextDocument): Promise<void> {
  const text = document.getText();
  await vscode.commands.executeCommand('type', { text: 'x' });
  assert.equal(document.getText(), text);
  assert(!document.isDirty);
  await waitFor('the document to stay on show', () => (vscode.window.activeTextEditor?.document === document ? true : undefined));
}
