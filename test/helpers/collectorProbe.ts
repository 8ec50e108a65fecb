/** The real collector in a real program, over the program's own inspector. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CdpConnection } from '../../src/host/session/cdpConnection';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { heapAddonPath } from '../../src/host/session/heapAddon';
import type { Hello, HandleGroup, HandleReading, HandleRequest, PendingMode, Started, StartOptions } from '../../src/protocol/collector';
import type { RawFrame } from '../../src/protocol/frames';
import type { Milliseconds } from '../../src/protocol/units';
import { ROOT, type Program } from './program';
import { waitFor } from './waitFor';
import { WorkerDoor } from './workerDoor';

const ADDON_PACKAGE = path.join(ROOT, 'node_modules', '@datadog', 'pprof');
export const COLLECTOR_BUNDLE = readFileSync(path.join(ROOT, 'dist', 'collector.js'), 'utf8');

/** Loads the collector before the first line of a program. */
export const PRELOADED: readonly string[] = ['--require', path.join(ROOT, 'dist', 'bifrost-preload.cdp')];

/** Lists everything, and reads each stack at once: in the extension the youngest wait a second. */
export const ALL_HANDLES: HandleRequest = {
  limit: 10_000,
  longWait: 60_000,
  stuckAfter: 60_000,
  readStacksAfter: 0,
  pauses: [],
  backgroundPatterns: [],
  perRequestPatterns: [],
};

export interface ProbeOptions {
  readonly allocations?: boolean;
  readonly handles?: boolean;
  readonly samplingIntervalBytes?: number;
  readonly pendingMode?: PendingMode;
  readonly cumulative?: boolean;
  /** Starts the collector without its native sampler. */
  readonly withoutAddon?: boolean;
  readonly idleLimit?: Milliseconds;
  readonly overheadBudgetPercent?: number;
}

export interface Probe {
  readonly client: CollectorClient;
  readonly connection: CdpConnection;
  readonly hello: Hello;
  readonly started: Started;
  readonly close: () => void;
}

/** What the extension starts the collector with. */
export function startOptions(hello: Hello, options: ProbeOptions): StartOptions {
  const { allocations = true, handles = true, samplingIntervalBytes = 512 * 1024, cumulative = true, pendingMode = 'sampled', idleLimit = 60_000, withoutAddon = false } = options;
  // A limit would have counts estimated: no test but its own has one.
  const { overheadBudgetPercent = 100 } = options;
  const addon = withoutAddon ? null : heapAddonPath(ADDON_PACKAGE, hello);
  return { allocations, handles, heapAddonPath: addon, samplingIntervalBytes, cumulative, pendingMode, overheadBudgetPercent, idleLimit };
}

/** Injects and starts the collector. */
export async function probe(program: Program, options: ProbeOptions = {}): Promise<Probe> {
  return probeOver(await program.connect(), options);
}

/** The same in the first worker thread of a program. */
export async function probeWorker(program: Program, options: ProbeOptions = {}): Promise<Probe> {
  const door = await WorkerDoor.open(await program.inspectorAddress());
  const connection = await CdpConnection.open(door.address, 10_000);
  return probeOver(connection, options);
}

async function probeOver(connection: CdpConnection, options: ProbeOptions): Promise<Probe> {
  // As js-debug has done on its own connection.
  await connection.send('Runtime.enable', undefined, 10_000);
  const client = new CollectorClient(connection, COLLECTOR_BUNDLE);
  const hello = await client.inject(10_000);
  const started = await client.start(startOptions(hello, options), 10_000);
  return { client, connection, hello, started, close: () => connection.close() };
}

/** One reading in which every creation stack has been read. */
export async function wholeReading(client: CollectorClient, request: Partial<HandleRequest> = {}): Promise<HandleReading> {
  const { handles } = await client.collectWhole({ handles: { ...ALL_HANDLES, ...request } }, 10_000);
  if (!handles) throw new Error('The collector was asked for handles and gave none.');
  return handles;
}

/** Reads again and again until the reading is as wanted. @param what Completes "Waited 20 s for …". */
export async function readingWith(
  what: string | (() => string),
  client: CollectorClient,
  isWanted: (reading: HandleReading) => boolean,
  request: Partial<HandleRequest> = {},
): Promise<HandleReading> {
  return waitFor(what, async () => {
    const reading = await wholeReading(client, request);
    return isWanted(reading) ? reading : undefined;
  });
}

/** `function file:line` of each frame, files by their base name: what a test compares. */
export function frameTexts(frames: readonly RawFrame[], stack: readonly number[]): string[] {
  return stack.map((index) => {
    const frame = frames[index];
    return frame ? `${frame.functionName} ${path.basename(frame.url)}:${frame.line}` : '?';
  });
}

/** `file:line` of the nearest frame of one file, of what caused the group where its own stack has none; '' for neither. */
export function lineIn(file: string, frames: readonly RawFrame[], group: Pick<HandleGroup, 'stack' | 'causeStack'>): string {
  const { stack, causeStack } = group;
  const own = [...stack, ...causeStack].map((index) => frames[index]).find((frame) => frame && path.basename(frame.url) === file);
  return own ? `${file}:${own.line}` : '';
}
