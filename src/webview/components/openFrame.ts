import type { Frame } from '../../protocol/frames';
import type { Page } from './context';

/** With Ctrl, Cmd or Alt the source is shown as a preview, and the focus stays here. */
export function openFrame(page: Page | null, frame: Frame | null, { ctrlKey, metaKey, altKey }: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'altKey'>): void {
  if (!frame || frame.file === '' || page?.sessionId == null) return;
  page.host.post({ type: 'openFrame', sessionId: page.sessionId, frame, preview: ctrlKey || metaKey || altKey });
}

/** As much text as the host takes for the clipboard. */
const COPIED_CHARACTERS = 10_000;

export function copyText(page: Page | null, text: string): void {
  page?.host.post({ type: 'copyText', text: text.slice(0, COPIED_CHARACTERS) });
}
