/** What Bifrost must show of every program in which it can do all: two timers whose places are known, and sound figures. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from '../../src/protocol/frames';
import { ROOT } from './program';
import type { Shown } from './situation';

export type { Shown };

/**
 * The program's line marked `// early` sets a timer before the first stop, `// late` one between the two stops. Preloaded, both
 * are known with their lines; injected late, the early one is only counted.
 */
export function showsTimers(shown: Shown): void {
  compareTimers(shown, timerLines(shown.program), ({ line }) => line);
}

/** The same of a program whose lines a compiler has moved, by the names of the functions that set the two timers. */
export function showsTimersByName(early: string, late: string): (shown: Shown) => void {
  return (shown) => compareTimers(shown, { early, late }, ({ functionName }) => functionName);
}

function compareTimers<T>(shown: Shown, { early, late }: { readonly early: T; readonly late: T }, placeOf: (frame: Frame) => T): void {
  const rows = (shown.handles?.rows ?? []).filter(({ label }) => label === 'Timer');
  const places = rows.flatMap(({ stack }) => stack.filter(({ file }) => path.basename(file) === shown.script).slice(0, 1).map(placeOf));
  assert.deepEqual(new Set(places), new Set(shown.way === 'preloaded' ? [early, late] : [late]), `${shown.way}: ${shown.session.state} ${shown.notice ?? ''} ${JSON.stringify(rows)}`);
  if (shown.way === 'late') assert(rows.some(({ origin, count }) => origin === 'earlier' && count > 0), 'the timer from before is not counted');
  showsFigures(shown);
}

/** Figures that cannot be otherwise in any small program. */
export function showsFigures({ figures, session, notice }: Shown): void {
  // A pause is shown once it has lasted a moment.
  assert(['live', 'paused'].includes(session.state), `${session.state}: ${notice ?? ''}`);
  assert.equal(notice, null);
  assert(figures, 'there are no figures');
  const { rssBytes, heapLimitBytes, cpuUserSeconds, cpuPercent } = figures;
  assert(rssBytes !== null && rssBytes > 20e6 && rssBytes < 2e9, `${rssBytes ?? 'unknown'} bytes resident`);
  assert(figures.usedHeapBytes > 1e6 && figures.usedHeapBytes < rssBytes, `${figures.usedHeapBytes} bytes of heap`);
  assert(heapLimitBytes !== null && heapLimitBytes > figures.usedHeapBytes);
  assert(cpuUserSeconds !== null && cpuUserSeconds >= 0 && cpuPercent !== null && cpuPercent >= 0);
  assert(figures.openHandles !== null && figures.openHandles >= 1, `${String(figures.openHandles)} open handles`);
}

/** Where a program of fixtures/situations sets its timers. */
export function timerLines(program: string): { readonly early: number; readonly late: number } {
  const lines = readFileSync(path.join(ROOT, 'test', 'fixtures', 'situations', program), 'utf8').split('\n');
  const lineOf = (mark: string) => lines.findIndex((line) => line.includes(`// ${mark}`)) + 1;
  return { early: lineOf('early'), late: lineOf('late') };
}
