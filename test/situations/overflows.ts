/** Programs that come to the end of their stack, where also a hook has no room. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Shown, Situation } from '../helpers/situation';
import { showsFigures, timerLines } from '../helpers/shownTimers';

/**
 * Tracking goes on, and knows the two timers, or says that V8 gave no stack: on Node 26 one of them had none in 1 of 60 runs on a
 * busy machine. Which handles at the end of the stack are listed, and with which stacks, is another each time.
 */
function showsTimersAmongOthers(shown: Shown): void {
  assert.equal(shown.handles?.missing, null, `${shown.way}: handles are not tracked any more`);
  const { rows } = shown.handles;
  const frames = rows.flatMap(({ stack }) => stack.filter(({ file }) => path.basename(file) === shown.script));
  const lines = new Set(frames.map(({ line }) => line));
  const { early, late } = timerLines(shown.program);
  const missed = (shown.way === 'preloaded' ? [early, late] : [late]).filter((line) => !lines.has(line));
  const withoutStack = rows.filter(({ label, origin }) => label === 'Timer' && origin === 'empty').reduce((sum, { count }) => sum + count, 0);
  assert(missed.length <= withoutStack, `${shown.way}: no timer of line ${missed.join()} in ${JSON.stringify(rows.map(({ label, count, origin, stack }) => [label, count, origin, stack[0]?.line]))}`);
  // It is told for as long as the program dwells there, and a moment longer.
  const isOfStack = shown.notice?.includes('stack is nearly full') === true;
  showsFigures({ ...shown, notice: isOfStack ? null : shown.notice });
}

/** Where V8 says that the stack was at its end is another place each time. */
const FRAMES: NonNullable<Situation['masks']> = [
  [/^(?:node:|\/).*:\d+\n.*\n.*\n/gm, 'at a place\n'],
  [/^ {4}at .*\n/gm, ''],
];

export const OVERFLOWS: readonly Situation[] = [
  { name: 'a stack that overflows, caught and not', program: 'overflows.cjs', shows: showsTimersAmongOthers, masks: FRAMES, ends: { code: 1 }, says: /caught Maximum call[^]*RangeError/ },
  { name: 'handles at the end of the stack', program: 'overflowsInHandles.cjs', shows: showsTimersAmongOthers, says: /timer true \n[^]*back on the ground/ },
  // Node 20 itself ends a process in which two hooks of promises have no room, also two empty ones.
  { name: 'awaits at the end of the stack', program: 'overflowsInPromises.cjs', shows: showsTimersAmongOthers, from: 22, says: /await true \ncaught Maximum call/ },
];
