/** The program of this scenario with its planted requests, and what tests ask of it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import path from 'node:path';
import * as vscode from 'vscode';
import type { HandleGroupEntry, HandlesReport } from '../../../src/protocol/reports';
import { bifrost, debug, evaluate, launchOf, stateOf, stopDebugging, workspaceFile } from '../../helpers/debugging';
import { HangingRequests } from '../../helpers/httpLoad';
import { waitFor } from '../../helpers/waitFor';

export const UNENDED = 5;
export const NEVER = 4;

/** What is stuck in the end: the requests, the awaits of those that await, and one interval. */
export const STUCK = UNENDED + NEVER + NEVER + 1;

const PROGRAM = 'service.js';

export class PlantedService {
  readonly sessionId: string;
  readonly #requests: HangingRequests;

  /** Debugs and profiles the service, and has requests hang in it, the ones never ended first. */
  static async start(): Promise<PlantedService> {
    const program = await debug(launchOf(PROGRAM));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    const requests = new HangingRequests();
    const service = new PlantedService(program.sessionId, requests);
    const port = Number(await evaluate('port()'));
    for (let id = 1; id <= UNENDED; id++) requests.send(port, `/unended/${id}`);
    await service.#received(UNENDED);
    for (let id = 1; id <= NEVER; id++) requests.send(port, `/never/${id}`);
    await service.#received(UNENDED + NEVER);
    for (const route of ['/leak', '/', '/']) await answer(port, route);
    return service;
  }

  private constructor(sessionId: string, requests: HangingRequests) {
    this.sessionId = sessionId;
    this.#requests = requests;
  }

  /** The API's reading, once it is as wanted. @param what Completes "Waited 20 s for …". */
  async handlesWith(what: string, isWanted: (report: HandlesReport) => boolean): Promise<HandlesReport> {
    const api = await bifrost();
    let summary: HandlesReport['summary'] | undefined;
    return waitFor(
      () => `${what}; there are ${JSON.stringify(summary)}`,
      async () => {
        const report = await api.getHandles(this.sessionId, { raw: true });
        summary = report.summary;
        return isWanted(report) ? report : undefined;
      },
    );
  }

  /** The reading in which all that was planted has waited long enough, and the connections of the requests have too. */
  stuck(): Promise<HandlesReport> {
    const isReached = ({ summary, groups }: HandlesReport) =>
      summary.potentially_stuck === STUCK && membersOf(groups, isProblem) === STUCK + UNENDED + NEVER;
    return this.handlesWith(`${STUCK} to be stuck and ${UNENDED + NEVER} more to have waited long`, isReached);
  }

  async stop(): Promise<void> {
    this.#requests.drop();
    await stopDebugging();
  }

  async #received(count: number): Promise<void> {
    const isThere = async () => ((await evaluate('received()')) === String(count) ? true : undefined);
    await waitFor(`the service to have ${count} requests`, isThere);
  }
}

export function isProblem({ long_waiting: isLong, category }: HandleGroupEntry): boolean {
  return isLong && category !== 'background';
}

export function membersOf(groups: readonly HandleGroupEntry[], isPart: (group: HandleGroupEntry) => boolean): number {
  return groups.filter(isPart).reduce((sum, { count }) => sum + count, 0);
}

/** `function:line` of the group's nearest frame in the program; '' when it has none. */
export function placeOf({ stack }: Pick<HandleGroupEntry, 'stack'>): string {
  const at = stack.findIndex((line) => line.includes(`${path.sep}${PROGRAM}:`));
  return at === -1 ? '' : `${stack[at - 1] ?? ''}:${stack[at]?.split(':').at(-1) ?? ''}`;
}

/** The line of the program that has this text, counted from 1. */
export async function lineOf(text: string): Promise<number> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(PROGRAM));
  const [before = '', ...after] = document.getText().split(text);
  assert.equal(after.length, 1, `${PROGRAM} has ${text} once`);
  return before.split('\n').length;
}

/** On a connection that is closed afterwards. */
async function answer(port: number, route: string): Promise<void> {
  const request = http.get({ port, host: '127.0.0.1', path: route, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'close');
}
