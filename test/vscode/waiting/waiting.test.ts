/** What a program waits for, through the API: what was planted in it is found, and nothing else is called stuck. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BifrostApi } from '../../../src/host/api';
import type { HandleGroupEntry } from '../../../src/protocol/reports';
import { bifrost, evaluate, stateOf } from '../../helpers/debugging';
import { panel } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';
import { isProblem, lineOf, membersOf, NEVER, placeOf, PlantedService, STUCK, UNENDED } from './plantedService';

describe('a program that waits', () => {
  let api: BifrostApi;
  let service: PlantedService;

  before(async () => {
    api = await bifrost();
    service = await PlantedService.start();
  });
  after(() => service.stop());
  afterEach(() => vscode.workspace.getConfiguration('bifrost').update('pendingOperations.mode', undefined));

  it('has exactly the planted groups stuck, in the order of their waits, with routes and lines', async () => {
    const { groups } = await service.stuck();
    const text = ({ count, label, state, category, routes, outlived_request: outlived, ...group }: HandleGroupEntry) => {
      const requests = routes.map(({ route, count: times }) => `${route} ×${times}`).join();
      return `${count} ${label}, ${state}, ${category}, ${requests}, at ${placeOf(group)}, ${outlived} outlived`;
    };
    const listens = await lineOf('server.listen(');
    const awaits = (await lineOf('async function loadOrder')) + 1;
    const leaks = await lineOf('setInterval(() => {}, HOUR)');
    assert.deepEqual(groups.filter(({ stuck }) => stuck).map(text), [
      `${UNENDED} HTTP request in, handling, per_request, GET /unended/:id ×${UNENDED}, at (anonymous):${listens}, 0 outlived`,
      `${NEVER} HTTP request in, handling, per_request, GET /never/:id ×${NEVER}, at (anonymous):${listens}, 0 outlived`,
      `${NEVER} Await, pending, per_request, GET /never/:id ×${NEVER}, at loadOrder:${awaits}, 0 outlived`,
      `1 Interval, repeating, per_request, GET /leak ×1, at refreshForever:${leaks}, 1 outlived`,
    ]);
  });

  it('says what would end each of them', async () => {
    const { groups } = await service.stuck();
    const advice = groups.filter(({ stuck }) => stuck).map((group) => group.advice);
    const expected = [/response\.end\(\)/, /response\.end\(\)/, /promise settles .* AbortSignal/, /clearInterval\(\)/];
    assert.equal(advice.length, expected.length);
    for (const [index, pattern] of expected.entries()) assert.match(advice[index] ?? '', pattern);
  });

  it('has nothing healthy among what waits for long, and what is stuck before all else', async () => {
    const { groups } = await service.stuck();
    const long = groups.filter((group) => isProblem(group) && !group.stuck);
    // A request that hangs leaves its connection without a word.
    assert.deepEqual(long.map(({ count, label }) => `${count} ${label}`), [`${UNENDED + NEVER} TCP socket`]);
    const stuck = groups.map((group) => group.stuck);
    assert(stuck.lastIndexOf(true) < stuck.indexOf(false), stuck.join());
  });

  it('has a summary that adds up', async () => {
    const { groups, summary, ...report } = await service.stuck();
    const members = (isPart: (group: HandleGroupEntry) => boolean) => membersOf(groups, isPart);
    assert.equal(report.total_goroutines, members(() => true));
    assert.equal(report.total_pending, members(({ kind }) => kind === 'pending'));
    assert.deepEqual(summary, {
      background: members(({ category }) => category === 'background'),
      per_request: STUCK,
      long_waiting: members((group) => group.long_waiting),
      potentially_stuck: STUCK,
    });
  });

  it('has a line in the raw dump for each planted request', async () => {
    const { raw_profile: dump = '' } = await service.stuck();
    const line = /^handle \d+ \[HTTP request in, handling, \d+\.\d s, GET \/unended\/\d, per_request GET \/unended\/:id\]:$/gm;
    assert.equal(dump.match(line)?.length, UNENDED);
    assert.match(dump, /^handle \d+ \[Interval, .*keeps alive, per_request GET \/leak, answered\]:$/m);
    assert.equal(dump.match(/^pending \d+ \[Await, pending, \d+\.\d s, per_request GET \/never\/:id\]:\nloadOrder$/gm)?.length, NEVER);
  });

  it('does not wait while the debugger holds it', async () => {
    const age = async () => (await service.stuck()).groups.find(({ routes }) => routes[0]?.route === 'GET /unended/:id')?.oldest_ms ?? -1;
    await evaluate('pause()');
    await stateOf(service.sessionId, 'paused');
    const atPause = await age();
    const pausedAt = Date.now();
    await waitFor('three seconds of pause', () => (Date.now() - pausedAt > 3_000 ? true : undefined));
    const later = await age();
    assert(later - atPause < 300, `it waited ${later - atPause} ms of a pause of 3 s`);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await stateOf(service.sessionId, 'live');
    // The debugger has shown the line over it.
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await waitFor('it to wait on', async () => ((await age()) > later + 300 ? true : undefined));
    const waited = (await age()) - atPause;
    assert(waited < Date.now() - pausedAt - 2_500, `it waited ${waited} ms, the pause of 3 s included`);
  });

  it('has estimates of what is too much to follow, and says so', async () => {
    await evaluate('plantAwaits(5000)');
    const awaits = ({ kind, count }: HandleGroupEntry) => kind === 'pending' && count > 1_000;
    const { groups, pending_mode: mode } = await service.handlesWith('the planted awaits', (report) => report.groups.some(awaits));
    const planted = groups.find(awaits);
    assert.equal(mode, 'sampled');
    assert.equal(planted?.estimated, true);
    assert(Math.abs(planted.count / 5_000 - 1) < 0.1, `${planted.count} of 5000`);
    await panel.showTab('handles');
    await panel.waitFor({ selector: '[data-test="handles"] [data-kind="pending"] .count', text: '~' });
    await panel.waitFor({ selector: '[data-test="handles"] .card-note', text: 'Counts marked ~ are estimates' });
  });

  it('says that no promises are followed when that is switched off', async () => {
    await vscode.workspace.getConfiguration('bifrost').update('pendingOperations.mode', 'off');
    const report = await service.handlesWith('no promise to be followed', ({ pending_mode: mode }) => mode === 'off');
    assert.equal(report.total_pending, 0);
    assert(report.notes.some((note) => note.includes('switched off in the settings')), report.notes.join());
    await panel.waitFor({ selector: '[data-test="handles"] .card-note', text: 'Pending operations are not followed' });
    assert.deepEqual(await panel.text('[data-test="handles"] [data-kind="pending"]'), []);
  });

  it('has exact counts while every promise is followed', async () => {
    await vscode.workspace.getConfiguration('bifrost').update('pendingOperations.mode', 'all');
    await service.handlesWith('every promise to be followed', ({ pending_mode: mode }) => mode === 'all');
    await evaluate('plantAwaits(5000)');
    const { groups } = await service.handlesWith('the planted awaits', (report) => (report.total_pending ?? 0) >= 5_000);
    const pending = groups.filter(({ kind }) => kind === 'pending');
    assert.deepEqual(pending.map(({ count, estimated }) => ({ count, estimated })), [{ count: 5_000, estimated: false }]);
    await panel.waitFor({ selector: '[data-test="handles"] [data-kind="pending"][data-count="5000"]' });
    assert(!(await panel.text('[data-test="handles"]')).join().includes('~'));
  });

  it('has what came since the mark', async () => {
    await vscode.commands.executeCommand('bifrost.markNow');
    await evaluate('plantTimers(25)');
    const { groups } = await service.handlesWith('25 new timers', (report) => report.groups.some(({ count }) => count === 25));
    const grown = groups.filter((group) => group.since_mark !== 0);
    const texts = grown.map((group) => `${String(group.since_mark)} ${group.label} at ${placeOf(group)}`);
    assert.deepEqual(texts, [`25 Timer at globalThis.plantTimers:${await lineOf('kept.push(setTimeout')}`]);
    await panel.waitFor({ selector: '[data-test="handles"] [data-count="25"] [data-test="since-mark"]', text: '+25' });
    await panel.waitFor({ selector: '[data-test="filter"][data-filter="grown"]', text: '25' });
    assert.equal((await api.markNow(service.sessionId)).state, 'live');
    await service.handlesWith('the new mark', (report) => report.groups.every((group) => group.since_mark === 0));
  });
});
