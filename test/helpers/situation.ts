/**
 * Runs one program in one situation several times, with and without Bifrost, and compares what it says and how it ends.
 *
 * A program stops at `debugger` statements. At the first one Bifrost begins, at the second it reads and is checked.
 */
import assert from 'node:assert/strict';
import path, { delimiter, dirname } from 'node:path';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { withPreload } from '../../src/host/session/launchPreload';
import { ProfiledSession } from '../../src/host/session/profiledSession';
import type { Target } from '../../src/host/session/target';
import type { AllocationQuery } from '../../src/protocol/allocations';
import type { CurrentFigures, HandlesView } from '../../src/protocol/profile';
import type { SessionInfo } from '../../src/protocol/reports';
import { NodeDebugger } from './nodeDebugger';
import { ROOT } from './program';
import { SETTINGS } from './settings';
import { showsTimers } from './shownTimers';
import { Subject, type Ending, type Run } from './situationSubject';

export type { Ending };

/** How Bifrost gets in: with the first line, at the first stop, or with nobody who connects to it. */
export type Way = 'preloaded' | 'late' | 'alone';

/** What is done to a running program from outside, with Bifrost and without. */
export interface Control {
  readonly pid: number;
  /** Null in the run without Bifrost. */
  readonly session: ProfiledSession | null;
  evaluate(expression: string): Promise<void>;
  /** Until the program has printed a text. */
  said(text: string): Promise<void>;
}

export interface Situation {
  readonly name: string;
  /** A file of fixtures/situations. */
  readonly program: string;
  /** Arguments of node before the program. */
  readonly nodeArguments?: readonly string[];
  /** What comes after node's arguments in place of the program. */
  readonly runs?: readonly string[];
  /** What is started in place of node, which it finds by its name. */
  readonly command?: readonly string[];
  /** What V8 calls the program's script; by default its file. */
  readonly shownAs?: string;
  /** Parts of its output that no two runs have alike, and what stands for them. */
  readonly masks?: readonly (readonly [RegExp, string])[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdinClosed?: boolean;
  /** The oldest and the newest major version that has what the situation is about. */
  readonly from?: number;
  readonly until?: number;
  /** How it is known to end; by default with code 0. */
  readonly ends?: Ending;
  /** What it is known to say, so that two runs that fail alike do not pass. */
  readonly says: RegExp;
  /** Done once Bifrost has begun. */
  readonly during?: (control: Control) => Promise<void>;
  /** How Bifrost gets in; by default in every way. */
  readonly ways?: readonly Way[];
  /** What Bifrost shows at the second stop; by default the program's two timers and sound figures. */
  readonly shows?: (shown: Shown) => void;
  /** How the session stands when the program has ended. */
  readonly leaves?: (session: ProfiledSession) => void;
}

/** What Bifrost shows of a program at its second stop. */
export interface Shown {
  readonly way: Way;
  /** The file in fixtures/situations, and what V8 calls it. */
  readonly program: string;
  readonly script: string;
  readonly session: SessionInfo;
  readonly notice: string | null;
  readonly figures: CurrentFigures | null;
  readonly handles: HandlesView | null;
  readonly sites: number;
  /** What is said about the figures of allocations. */
  readonly notes: readonly string[];
  /** Why there are none. */
  readonly missing: string | null;
}

const PRELOAD = path.join(ROOT, 'dist', 'bifrost-preload.cdp');
const WAYS: readonly Way[] = ['preloaded', 'late', 'alone'];
const SITES_IN_USE: AllocationQuery = { grouping: 'sites', measure: 'inUse', expanded: [], limit: 1_000, filter: '' };
const READ_TIMEOUT = 15_000;
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function isOn(situation: Situation, major: number): boolean {
  return major >= (situation.from ?? 0) && major <= (situation.until ?? Infinity);
}

/** @throws AssertionError with the first difference that Bifrost made, or the first thing it shows wrong. */
export async function runSituation(situation: Situation, node: string, bundle: string): Promise<void> {
  const ways = situation.ways ?? WAYS;
  const isDebugged = ways.some((way) => way !== 'alone');
  const debugged = isDebugged ? await runDebugged(situation, node, null, bundle) : null;
  const bare = ways.includes('alone') ? await runAlone(situation, node, false) : null;
  for (const reference of [debugged, bare]) {
    if (reference === null) continue;
    assert.deepEqual(reference.ending, situation.ends ?? { code: 0 }, `Without Bifrost it ends otherwise than thought:\n${reference.stdout}\n${reference.stderr}`);
    assert.match(reference.stdout + reference.stderr, situation.says, 'Without Bifrost it says something else than thought.');
  }
  for (const way of ways) {
    const run = way === 'alone' ? await runAlone(situation, node, true) : await runDebugged(situation, node, way, bundle);
    const reference = way === 'alone' ? bare : debugged;
    assert.deepEqual(run, reference, `${way}: the program's output or end differs from a run without Bifrost`);
  }
}

/** Without an inspector, and so without a host. */
async function runAlone(situation: Situation, node: string, preloaded: boolean): Promise<Run> {
  const subject = subjectOf(situation, node, [], preloaded);
  try {
    return masked(situation, await subject.end());
  } finally {
    await subject.kill();
  }
}

/** Under a debugger. @param way How Bifrost gets in; null: not at all. */
async function runDebugged(situation: Situation, node: string, way: Way | null, bundle: string): Promise<Run> {
  const subject = subjectOf(situation, node, ['--inspect-wait=127.0.0.1:0'], way === 'preloaded');
  let session: ProfiledSession | null = null;
  try {
    const nodeDebugger = await NodeDebugger.attach(await subject.inspector());
    if (way !== null) session = sessionOn(nodeDebugger, bundle);
    const evaluate = async (expression: string) => {
      await nodeDebugger.send('Runtime.evaluate', { expression: `${expression}\n//# sourceURL=test.cdp` });
    };
    const control: Control = { pid: subject.pid, session, evaluate, said: (text) => subject.said(text) };
    let stops = 0;
    let during = Promise.resolve();
    nodeDebugger.onStop = async () => {
      stops++;
      if (stops === 1) {
        await session?.start();
        during = situation.during?.(control) ?? during;
      }
      if (stops === 2 && session !== null && way !== null) await checkStop(situation, session, way);
    };
    await nodeDebugger.run();
    const run = masked(situation, await subject.end());
    await nodeDebugger.stopped();
    await during;
    assert(stops > 0, `The program never came to its first debugger statement: ${JSON.stringify(run)}`);
    if (session) assert(stops > 1, `${way ?? ''}: the program never came to its second debugger statement, and the session was ${session.info.state} (${session.status.notice ?? ''}): ${JSON.stringify(run)}`);
    await nodeDebugger.gone;
    session?.end();
    if (session) (situation.leaves ?? leavesEnded)(session);
    return run;
  } finally {
    session?.end();
    await subject.kill();
  }
}

/** Late, Bifrost also leaves at the second stop: the rest of the program must not notice that it was there. */
async function checkStop(situation: Situation, session: ProfiledSession, way: Way): Promise<void> {
  await session.read(READ_TIMEOUT);
  const { store, status, info } = session;
  const allocations = store.allocations.view(SITES_IN_USE);
  (situation.shows ?? showsTimers)({
    way,
    program: situation.program,
    script: situation.shownAs ?? situation.program,
    session: info,
    notice: status.notice,
    figures: store.current,
    handles: store.handles,
    sites: allocations.rows.length,
    notes: allocations.notes,
    missing: allocations.missing,
  });
  if (way === 'late') await session.stop();
}

function leavesEnded(session: ProfiledSession): void {
  assert.equal(session.info.state, 'ended', session.status.notice ?? '');
  assert.match(session.status.notice ?? '', /^The program ended at .*last figures/);
}

function sessionOn(nodeDebugger: NodeDebugger, collectorBundle: string): ProfiledSession {
  const target: Target = {
    id: 'subject',
    name: 'Subject',
    requestCdpProxy: () => Promise.resolve(nodeDebugger.address),
    // Echoes a place, as js-debug does for what has no source map.
    mapLocation: (place) => Promise.resolve({ source: { ...place.source, name: '' }, line: place.line, column: place.column }),
  };
  const settings = { ...SETTINGS, interval: 50, samplingIntervalBytes: 64 * 1024 };
  const addonPackage = path.join(ROOT, 'node_modules', '@datadog', 'pprof');
  return new ProfiledSession(target, { isTrusted: () => true, collectorBundle, addonPackage, settings: () => settings, sourceMaps: new FileSourceMaps(), log });
}

function subjectOf(situation: Situation, node: string, inspect: readonly string[], preloaded: boolean): Subject {
  const { program, nodeArguments = [], runs = [program], stdinClosed = false } = situation;
  const command = situation.command ?? [node, ...inspect, ...nodeArguments, ...runs];
  // What finds node by its name finds the one under test.
  const searched = [dirname(node), process.env.PATH].join(delimiter);
  return new Subject(command, { env: { ...environment(situation, preloaded), PATH: searched }, stdinClosed });
}

function masked({ masks = [] }: Situation, { ending, stdout, stderr }: Run): Run {
  const mask = (text: string) => masks.reduce((rest, [pattern, stand]) => rest.replace(pattern, stand), text);
  return { ending, stdout: mask(stdout), stderr: mask(stderr) };
}

/** As a launch configuration makes it: the preload comes beside the user's own options. */
function environment({ env = {} }: Situation, preloaded: boolean): Record<string, string> {
  const configuration = { type: 'pwa-node', name: '', request: 'launch', env };
  return (preloaded ? withPreload(configuration, PRELOAD) : configuration).env as Record<string, string>;
}
