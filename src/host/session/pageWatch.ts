import type { Milliseconds } from '../../protocol/units';
import { CdpError, type CdpConnection } from './cdpConnection';
import { watchPauses, type ProgramEvents } from './programWatch';

/**
 * Hears from the debugger when a page is paused, resumed, and loads another document. A page is not over with its document: its
 * session ends when the browser closes it. As for programs, no `disable` is ever sent.
 */
export async function watchPage(connection: CdpConnection, events: ProgramEvents, timeout: Milliseconds): Promise<void> {
  watchPauses(connection, events);
  connection.on('Page.frameNavigated', ({ frame }) => {
    // Only the page's word says that it is of this form. One with a parent is a frame within the page.
    const loaded = frame as { readonly parentId?: unknown } | null | undefined;
    if (loaded != null && loaded.parentId === undefined) events.onLoaded();
  });
  await connection.send('JsDebug.subscribe', { events: ['Debugger.paused', 'Debugger.resumed', 'Page.frameNavigated'] }, timeout);
  await connection.send('Debugger.enable', {}, timeout);
  try {
    await connection.send('Page.enable', undefined, timeout);
  } catch (error) {
    // A page's worker is no page, and loads nothing.
    if (!(error instanceof CdpError) || error.code !== 'refused') throw error;
  }
}
