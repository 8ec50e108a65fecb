import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { displayName } from '../../model/displayName';
import { foldedText, foldStack } from '../../model/stackFrames';
import type { Frame } from '../../protocol/frames';
import { FrameLink } from './frameLink';
import { pure } from './pure';

interface StackProps {
  readonly frames: readonly Frame[];
  readonly label: string;
}

/** The frames of a stack, innermost first. Their order is what tells them apart, so it is their key. */
export const Stack = pure<StackProps>(({ frames, label }) => (
  <ol class="stack" aria-label={label}>
    {foldStack(frames).map((part, index) =>
      part.kind === 'frame' ? <FrameItem key={index} frame={part.frame} /> : <FoldedFrames key={index} frames={part.frames} />,
    )}
  </ol>
));

function FrameItem({ frame, item }: { readonly frame: Frame; readonly item?: RefObject<HTMLLIElement | null> }) {
  return (
    <li class="stack-item" {...(item && { ref: item, tabIndex: -1 })}>
      <FrameLink frame={frame}>
        <span class="frame-function">{displayName(frame.functionName)}</span>
      </FrameLink>
    </li>
  );
}

function FoldedFrames({ frames }: { readonly frames: readonly Frame[] }) {
  const [open, setOpen] = useState(false);
  const first = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    // The button that had the focus is gone, and the focus with it.
    if (open) (first.current?.querySelector('button') ?? first.current)?.focus();
  }, [open]);
  if (open) return <>{frames.map((frame, index) => <FrameItem key={index} frame={frame} {...(index === 0 && { item: first })} />)}</>;
  return (
    <li class="stack-item">
      <button type="button" class="unfold" onClick={() => setOpen(true)}>
        {foldedText(frames)}
      </button>
    </li>
  );
}
