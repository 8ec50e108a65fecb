import './frames.css';
import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { visibleText } from '../../model/displayName';
import { displayPath, frameTitle } from '../../model/displayPath';
import type { Frame } from '../../protocol/frames';
import { PageContext } from './context';
import { openFrame } from './openFrame';

interface FrameLinkProps {
  readonly frame: Frame;
  /** In a row's head it is no stop for the Tab key: Enter opens the frame of the row. */
  readonly isInHead?: boolean;
  /** Shown before the place. */
  readonly children?: ComponentChildren;
}

/** A place in the source that opens when clicked. A frame without a file is plain text: there is nothing to open. */
export function FrameLink({ frame, isInHead = false, children }: FrameLinkProps) {
  const page = useContext(PageContext);
  const title = frameTitle(frame);
  if (frame.file === '') {
    return (
      <span class={`frame-plain origin-${frame.origin}`} title={title}>
        {children}
        <span class="location">{l10n.t('no source')}</span>
      </span>
    );
  }
  const path = displayPath(frame.file, page?.workspaceFolders ?? []);
  return (
    <button
      type="button"
      class={`frame origin-${frame.origin}`}
      data-file={visibleText(frame.file, 1000)}
      data-line={frame.line}
      title={l10n.t('{0}\nClick: open. Ctrl, Cmd or Alt: preview.', title)}
      tabIndex={isInHead ? -1 : 0}
      onClick={(event) => openFrame(page, frame, event)}
    >
      {children}
      <span class="location">
        {path.folder !== '' && <span class="location-folder">{path.folder}</span>}
        <span class="location-name">{frame.line === 0 ? path.name : `${path.name}:${frame.line}`}</span>
      </span>
    </button>
  );
}
