/** The real collector in a real program, over the program's own inspector. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { heapAddonPath } from '../../src/host/session/heapAddon';
import type { Hello, HandleRequest, Started } from '../../src/protocol/collector';
import type { RawFrame } from '../../src/protocol/frames';
import { ROOT, type Program } from './program';

export const ADDON_PACKAGE = path.join(ROOT, 'node_modules', '@datadog', 'pprof');
export const COLLECTOR_BUNDLE = readFileSync(path.join(ROOT, 'dist', 'collector.js'), 'utf8');

export const ALL_HANDLES: HandleRequest = {
  limit: 10_000,
  longWait: 60_000,
  pauses: [],
  backgroundPatterns: [],
  perRequestPatterns: [],
};

export interface Probe {
  readonly client: CollectorClient;
  readonly hello: Hello;
  readonly started: Started;
  readonly close: () => void;
}

/** Injects and starts the collector. */
export async function probe(program: Program, samplingIntervalBytes = 512 * 1024): Promise<Probe> {
  const connection = await program.connect();
  // As js-debug has done on its own connection.
  await connection.send('Runtime.enable', undefined, 10_000);
  const client = new CollectorClient(connection, COLLECTOR_BUNDLE);
  const hello = await client.inject(10_000);
  const started = await client.start(
    { heapAddonPath: heapAddonPath(ADDON_PACKAGE, hello), samplingIntervalBytes, idleLimit: 60_000 },
    10_000,
  );
  return { client, hello, started, close: () => connection.close() };
}

/** `function file:line` of each frame, files by their base name: what a test compares. */
export function frameTexts(frames: readonly RawFrame[], stack: readonly number[]): string[] {
  return stack.map((index) => {
    const frame = frames[index];
    return frame ? `${frame.functionName} ${path.basename(frame.url)}:${frame.line}` : '?';
  });
}
