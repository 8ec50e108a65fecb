import * as l10n from '@vscode/l10n';
import type { Frame } from '../protocol/frames';
import { formatCount } from './format';

/** Frames of a stack that are always shown, as in the reference. */
const KEPT_FRAMES = 10;

/** A part of a stack on show: one frame, or a run of frames that stay folded until asked for. */
export type StackPart =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'folded'; readonly frames: readonly Frame[] };

/** The frame that names a group: the first one the user wrote, since the top is often Node's or a library's. */
export function headlineFrame(stack: readonly Frame[]): Frame | undefined {
  return stack.find((frame) => frame.origin === 'user') ?? stack[0];
}

/**
 * Folds each run of frames that Node wrote, and beyond the first ten frames each run that the user did not write. A run of
 * one is shown: the fold would take the same line. A stack of Node's frames alone is all that there is to see.
 */
export function foldStack(stack: readonly Frame[], kept = KEPT_FRAMES): readonly StackPart[] {
  const isNodesAlone = stack.every(({ origin }) => origin === 'node' || origin === 'native');
  const parts: StackPart[] = [];
  let shown = 0;
  let run: Frame[] = [];
  const endRun = () => {
    const [only] = run;
    if (only !== undefined) parts.push(run.length === 1 ? { kind: 'frame', frame: only } : { kind: 'folded', frames: run });
    run = [];
  };
  for (const frame of stack) {
    if (frame.origin === 'user' || (shown < kept && (frame.origin !== 'node' || isNodesAlone))) {
      endRun();
      parts.push({ kind: 'frame', frame });
      shown++;
    } else {
      run.push(frame);
    }
  }
  endRun();
  return parts;
}

/** What a folded run is called: `3 frames of Node.js`, `12 more frames`. */
export function foldedText(frames: readonly Frame[]): string {
  const areNodes = frames.every(({ origin }) => origin === 'node');
  const count = formatCount(frames.length);
  if (areNodes) return frames.length === 1 ? l10n.t('1 frame of Node.js') : l10n.t('{0} frames of Node.js', count);
  return frames.length === 1 ? l10n.t('1 more frame') : l10n.t('{0} more frames', count);
}
