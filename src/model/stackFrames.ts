import type { Frame } from '../protocol/frames';

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
 * Beyond the first ten frames, folds each run of frames that the user did not write. A run of one is shown: the fold would
 * take the same line.
 */
export function foldStack(stack: readonly Frame[], kept = KEPT_FRAMES): readonly StackPart[] {
  const parts: StackPart[] = stack.slice(0, kept).map((frame) => ({ kind: 'frame', frame }));
  let run: Frame[] = [];
  const endRun = () => {
    const [only] = run;
    if (only !== undefined) parts.push(run.length === 1 ? { kind: 'frame', frame: only } : { kind: 'folded', frames: run });
    run = [];
  };
  for (const frame of stack.slice(kept)) {
    if (frame.origin === 'user') {
      endRun();
      parts.push({ kind: 'frame', frame });
    } else {
      run.push(frame);
    }
  }
  endRun();
  return parts;
}
