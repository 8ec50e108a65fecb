import './frames.css';
import { useContext } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { visibleText } from '../../model/displayName';
import { displayPath, frameTitle } from '../../model/displayPath';
import type { Frame } from '../../protocol/frames';
import { PageContext } from './context';

interface FrameLinkProps {
  readonly frame: Frame;
  /** Shown before the place. */
  readonly children?: ComponentChildren;
}

/** A place in the source that opens when clicked. A frame without a file is plain text: there is nothing to open. */
export function FrameLink({ frame, children }: FrameLinkProps) {
  const page = useContext(PageContext);
  const title = frameTitle(frame);
  if (frame.file === '') {
    return (
      <span class={`frame-plain origin-${frame.origin}`} title={title}>
        {children}
        <span class="location">no source</span>
      </span>
    );
  }
  const open = () => {
    if (page?.sessionId != null) page.host.post({ type: 'openFrame', sessionId: page.sessionId, frame });
  };
  const path = displayPath(frame.file, page?.workspaceFolders ?? []);
  return (
    <button
      type="button"
      class={`frame origin-${frame.origin}`}
      data-file={visibleText(frame.file, 1000)}
      data-line={frame.line}
      title={title}
      onClick={open}
    >
      {children}
      <span class="location">
        {path.folder !== '' && <span class="location-folder">{path.folder}</span>}
        <span class="location-name">{frame.line === 0 ? path.name : `${path.name}:${frame.line}`}</span>
      </span>
    </button>
  );
}
